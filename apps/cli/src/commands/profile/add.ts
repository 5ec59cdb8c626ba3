import type { Credential, Manifest, SessionInfo } from '@wamux/core'
import type { Context } from '../../command/context.ts'
import { createSources } from '../../command/read-sources.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { connect, resolveAccess } from '../../gateway/connection.ts'
import { idOf } from '../../gateway/plugin-packages.ts'
import { type Profile, readConfig, updateConfig } from '../../gateway/profile-store.ts'
import { baseUrlVariable } from '../../gateway/variables.ts'
import { printSessions } from '../../print/session.ts'
import { createProgressLine } from '../../terminal/progress-line.ts'
import type { ProfileInput } from './check.ts'
import { nameProblem, urlProblem } from './check.ts'

/** Sets up an account. @throws GatewayError when the gateway does not take it, UsageError when something is missing */
export async function addProfile(context: Context): Promise<number | undefined> {
  const { values, terminal, plugins } = context
  const ids = plugins.installed().flatMap(({ name }) => idOf(name) ?? [])
  if (ids.length === 0) throw new UsageError('No plugin of a gateway is installed.', 'wamux plugins add waha')
  const asked = values.text('gateway') ?? (ids.length === 1 ? ids[0] : undefined)
  const ask = context.interactive && !values.is('secrets-stdin') ? await import('./ask.ts') : undefined
  const gateway = asked ?? (await ask?.askGateway(plugins))
  if (gateway === undefined) throw new UsageError('It is not known which gateway is meant.', `Say which one: --gateway ${ids.join('|')}`)
  if (ask?.isCancelled(gateway)) return cancelled(context)
  const manifest = await plugins.manifest(gateway)
  context.setSubject({ manifest, effect: 'read' })
  const given = await givenInput(context, manifest)
  const answers = ask && !isComplete(given, manifest) ? await ask.askForInput(manifest, given, readConfig(terminal.env)) : given
  if (answers === undefined) return cancelled(context)
  checkInput(answers, manifest)

  if (!values.is('no-test')) {
    const sessions = await testCredentials(manifest, answers, context)
    if (sessions === undefined) context.say(`${manifest.name} takes these credentials.`)
    else
      context.say(
        `${manifest.name} takes these credentials and has ${sessions.length === 1 ? 'one session' : `${sessions.length} sessions`}.`,
      )
    if (sessions && sessions.length > 0 && !context.json) {
      const view = { ...context, manifest, gatewayFlag: '' }
      terminal.stderr.write(printSessions(sessions, view))
    }
  }
  await saveProfile(answers, manifest, context)
  return undefined
}

function cancelled({ say }: Context): number {
  say('Nothing was kept.')
  return EXIT.interrupted
}

/** Collects what command line, stdin and environment variables give. */
async function givenInput({ values, terminal }: Context, manifest: Manifest): Promise<ProfileInput> {
  const { env } = terminal
  const fromEnv = values.is('from-env')
  const credentials: Record<string, string> = {}
  for (const { field, env: variable } of manifest.credentials) {
    const value = fromEnv ? env[variable] : undefined
    if (value) credentials[field] = value
  }
  for (const text of values.all('set')) {
    const [field = '', value] = text.split(/=(.*)/s, 2)
    const credential = manifest.credentials.find((one) => one.field === field)
    if (!credential || value === undefined) {
      throw new UsageError(`--set ${field}: ${manifest.name} has ${manifest.credentials.map((one) => one.field).join(', ')}.`)
    }
    if (credential.secret)
      throw new UsageError(`${field} is a secret, and command lines are seen by others.`, 'Pipe it in: --secrets-stdin')
    credentials[field] = value
  }
  if (values.is('secrets-stdin')) Object.assign(credentials, secretsIn(await createSources(terminal).stdin(), manifest))
  const baseUrl = values.text('base-url') ?? (fromEnv ? env[baseUrlVariable(manifest.id)] || undefined : undefined)
  return { name: values.text('name') ?? manifest.id, baseUrl, credentials }
}

// a single secret needs no name; several are lines of field=value
function secretsIn(text: string, { credentials, name }: Manifest): Record<string, string> {
  const secrets = credentials.filter(({ secret }) => secret)
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [only] = secrets
  const [line = ''] = lines
  if (only && secrets.length === 1 && lines.length === 1 && !line.startsWith(`${only.field}=`)) return { [only.field]: line.trim() }
  return Object.fromEntries(
    lines.map((one) => {
      const [field = '', value] = one.split(/=(.*)/s, 2)
      const credential = secrets.find((secret) => secret.field === field.trim())
      if (!credential || value === undefined) {
        throw new UsageError(`stdin: ${name} takes ${secrets.map((secret) => `${secret.field}=…`).join(' and ')}, each on a line.`)
      }
      return [credential.field, value.trim()]
    }),
  )
}

function isComplete({ baseUrl, credentials }: ProfileInput, manifest: Manifest): boolean {
  return (
    (baseUrl ?? manifest.api.defaultBaseUrl) !== undefined &&
    manifest.credentials.every(({ field, required }) => !required || credentials[field])
  )
}

function checkInput({ name, baseUrl, credentials }: ProfileInput, manifest: Manifest): void {
  const problem = nameProblem(name) ?? urlProblem(baseUrl ?? manifest.api.defaultBaseUrl)
  if (problem) throw new UsageError(problem)
  const missing = manifest.credentials.filter((one) => one.required && !credentials[one.field])
  if (missing.length > 0)
    throw new UsageError(`${manifest.name} needs ${missing.map(({ label }) => label).join(' and ')}.`, howToGive(missing))
}

function howToGive(missing: readonly Credential[]): string {
  const secret = missing.some((one) => one.secret)
  return secret ? 'Pipe it in: --secrets-stdin, or take it from the environment: --from-env' : `Give it: --set ${missing[0]?.field}=…`
}

/** Tries the credentials: asks the gateway for its sessions. @returns undefined when the gateway cannot list them */
export async function testCredentials(
  manifest: Manifest,
  answers: ProfileInput,
  context: Context,
): Promise<readonly SessionInfo[] | undefined> {
  const { plugins, terminal, signal, values } = context
  const { supports } = await import('@wamux/core')
  await context.hideSecrets(manifest.credentials.flatMap(({ field, secret }) => (secret ? (answers.credentials[field] ?? []) : [])))
  const settings: Profile = {
    gateway: manifest.id,
    ...(answers.baseUrl ? { baseUrl: answers.baseUrl } : {}),
    credentials: answers.credentials,
  }
  const access = await resolveAccess(manifest, { gateway: manifest.id, profile: answers.name, settings }, {})
  const gateway = await connect(await plugins.open(manifest.id), access, await context.transport())
  const progress = createProgressLine(terminal, values.is('quiet'))
  progress.show(`Trying ${manifest.name}…`)
  const timeoutMs = values.ms('timeout')
  const options = { signal, ...(timeoutMs === undefined ? {} : { timeoutMs }) }
  try {
    if (supports(gateway, 'session.list')) return (await gateway.session.list({}, options)).sessions
    // a gateway without a list: its credentials belong to one session
    const session = Object.entries(answers.credentials).find(([field]) => /^(instance|session|device)/i.test(field))?.[1]
    if (session !== undefined && supports(gateway, 'session.get')) return [await gateway.session.get({ session }, options)]
    return undefined
  } finally {
    progress.clear()
  }
}

async function saveProfile(
  { name, baseUrl, credentials }: ProfileInput,
  manifest: Manifest,
  { terminal, values, printResult, say, paint }: Context,
): Promise<void> {
  const { env } = terminal
  const { storeSecrets, secretsFile } = await import('../../gateway/secrets.ts')
  const isSecret = (field: string) => manifest.credentials.some((one) => one.field === field && one.secret)
  const part = (secret: boolean) => Object.fromEntries(Object.entries(credentials).filter(([field]) => isSecret(field) === secret))
  const secrets = part(true)
  const keeper = Object.keys(secrets).length > 0 ? await storeSecrets(env, name, secrets, say) : undefined
  const plain = part(false)
  // given again it keeps the session that it had
  const { profiles: known } = readConfig(env)
  const session = values.text('session') ?? (Object.hasOwn(known, name) ? known[name]?.session : undefined)
  const profile: Profile = {
    gateway: manifest.id,
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(session === undefined ? {} : { session }),
    ...(Object.keys(plain).length > 0 ? { credentials: plain } : {}),
    ...(keeper ? { secrets: keeper } : {}),
  }
  let first = false
  updateConfig(env, (config) => {
    first = Object.keys(config.profiles).length === 0
    const inUse = first || values.is('use') ? { default: name } : {}
    return { ...config, ...inUse, profiles: { ...config.profiles, [name]: profile } }
  })
  if (keeper === 'file') {
    const why = env.WAMUX_SECRETS === 'file' ? 'As WAMUX_SECRETS says' : 'No keychain can be reached'
    say(`${why}: the secret is in ${secretsFile(env)}, which only you can read.`)
  }
  await printResult({
    data: { name, ...profile },
    text: () => `${paint.bold(name)} is kept${first || values.is('use') ? ' and in use' : `: --profile ${name}`}\n`,
  })
}
