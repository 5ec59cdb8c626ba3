import type { CommandGroup } from '../../command/command.ts'
import { CONFIRM_FLAGS } from '../../command/flags.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { type Config, configFile, type Profile, readConfig, updateConfig } from '../../gateway/profile-store.ts'
import { type Column, pairs, table } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { verbCommands } from '../../verb/verb-commands.ts'
import { profileVerbs } from './verbs.ts'

/** A profile as it is shown: everything but its secrets. */
interface Row {
  readonly name: string
  readonly gateway: string
  readonly inUse: boolean
  readonly baseUrl: string | null
  /** The session that commands mean when they name none. */
  readonly session: string | null
  readonly credentials: Readonly<Record<string, string>>
  /** Where its secrets are. */
  readonly secrets: 'keychain' | 'file' | null
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'PROFILE', text: ({ name }) => name, whole: true, paint: (cell, _row, { bold }) => bold(cell) },
  { title: 'GATEWAY', text: ({ gateway }) => gateway },
  { title: 'IN USE', text: ({ inUse }) => (inUse ? 'yes' : ''), paint: (cell, _row, { green }) => green(cell) },
  { title: 'WHERE', text: ({ baseUrl }) => baseUrl ?? '' },
  { title: 'SESSION', text: ({ session }) => session ?? '' },
  { title: 'SECRETS', text: ({ secrets }) => secrets ?? '' },
]

const NAME = { about: 'name of the profile', required: true }

/** `wamux profile`: the accounts that wamux knows. The verbs for a WhatsApp account's own profile are in verbs.ts. */
export const group: CommandGroup = {
  commands: {
    add: {
      about: 'set up an account: asks for what is needed, tests it, saves it',
      details:
        'Secrets are typed in, or come from stdin or the environment; never from the command line. They are kept in the keychain of the system where one can be reached, else in a file that only you can read.',
      args: { name: { about: 'name of the profile; default the gateway' } },
      flags: {
        'base-url': { about: 'where the gateway is', value: 'url' },
        set: { about: 'a credential that is no secret: instanceId=…', value: 'field=value', repeat: true },
        'secrets-stdin': { about: 'read the secret from stdin; several as field=value lines' },
        'from-env': { about: "take what there is in the gateway's variables" },
        'no-test': { about: 'save it without testing the credentials' },
        session: { about: 'session that commands mean when they name none', value: 'name' },
        use: { about: 'use this profile from now on' },
      },
      examples: [
        'wamux profile add',
        'wamux profile add shop --gateway waha --base-url https://waha.example.com --secrets-stdin < key.txt',
        'wamux profile add shop --gateway wawp --from-env --no-test',
        'wamux profile add shop --gateway waha --session sales --secrets-stdin < key.txt',
      ],
      run: async (context) => (await import('./add.ts')).addProfile(context),
    },
    list: {
      about: 'all profiles',
      examples: ['wamux profile list', 'wamux profile list --json'],
      async run({ terminal, printResult, say, paint, columns }) {
        const rows = rowsOf(readConfig(terminal.env))
        await printResult({ data: rows, text: () => (rows.length > 0 ? table(rows, COLUMNS, paint, columns) : '') })
        if (rows.length === 0) say('There is no profile yet: wamux profile add')
        return undefined
      },
    },
    use: {
      about: 'use a profile from now on; with --session keep its session',
      args: { name: NAME },
      flags: { session: { about: 'session that commands mean when they name none; --session= forgets it', value: 'name' } },
      examples: ['wamux profile use shop', 'wamux profile use shop --session sales'],
      async run({ values, terminal, printResult, paint }) {
        const name = values.required('name')
        const given = values.text('session')
        let session: string | undefined
        updateConfig(terminal.env, (config) => {
          const { session: kept, ...profile } = config.profiles[requireProfile(config, name)] as Profile
          session = given === undefined ? kept : given || undefined
          const changed: Profile = session === undefined ? profile : { ...profile, session }
          return { ...config, default: name, profiles: { ...config.profiles, [name]: changed } }
        })
        const data = { name, inUse: true, session: session ?? null }
        await printResult({
          data,
          text: () => `${paint.bold(name)} is in use now${session ? `, with its session ${plainText(session)}` : ''}\n`,
        })
        return undefined
      },
    },
    remove: {
      about: 'forget a profile with its secrets; nothing happens at the gateway',
      args: { name: NAME },
      flags: CONFIRM_FLAGS,
      examples: ['wamux profile remove shop --yes'],
      async run(context) {
        const { values, terminal, plugins, printResult } = context
        const config = readConfig(terminal.env)
        const name = requireProfile(config, values.required('name'))
        const { confirmed } = await import('../../command/confirm.ts')
        const ended = await confirmed({ what: `forgets the profile "${name}" and its secrets` }, context)
        if (ended !== undefined) return ended
        const gone = config.profiles[name]
        if (gone?.secrets) {
          const { deleteSecrets } = await import('../../gateway/secrets.ts')
          const manifest = await plugins.manifest(gone.gateway).catch(() => undefined)
          await deleteSecrets(
            terminal.env,
            name,
            gone.secrets,
            manifest?.credentials.map(({ field }) => field) ?? ['apiKey', 'accessToken'],
          )
        }
        updateConfig(terminal.env, ({ default: inUse, ...rest }) => {
          const { [name]: _gone, ...profiles } = rest.profiles
          return { ...rest, profiles, ...(inUse === undefined || inUse === name ? {} : { default: inUse }) }
        })
        await printResult({ data: { name, removed: true }, text: () => `${name} is forgotten\n` })
        return undefined
      },
    },
    show: {
      about: 'one profile without its secrets; the one in use if none is named',
      args: { name: { about: 'name of the profile' } },
      examples: ['wamux profile show', 'wamux profile show shop --json'],
      async run({ values, terminal, printResult, paint }) {
        const { env } = terminal
        const config = readConfig(env)
        const asked =
          values.text('name') ??
          values.text('profile') ??
          (env.WAMUX_PROFILE || undefined) ??
          config.default ??
          Object.keys(config.profiles)[0]
        if (asked === undefined) throw new UsageError('There is no profile yet.', 'wamux profile add')
        const name = requireProfile(config, asked)
        const row = rowsOf(config).find((one) => one.name === name)
        const text = () =>
          pairs(
            [
              ['profile', paint.bold(name)],
              ['gateway', row?.gateway],
              ['in use', row?.inUse ? 'yes' : 'no'],
              ['where', plainText(row?.baseUrl ?? '')],
              ['session', plainText(row?.session ?? '')],
              ...Object.entries(row?.credentials ?? {}).map(([field, value]) => [field, plainText(value)] as const),
              ['secrets', row?.secrets ? `kept in the ${row.secrets}` : undefined],
              ['file', configFile(env)],
            ],
            paint,
          )
        await printResult({ data: { ...row, file: configFile(env) }, text })
        return undefined
      },
    },
    ...verbCommands('profile', profileVerbs),
  },
}

function rowsOf(config: Config): Row[] {
  const names = Object.keys(config.profiles)
  return Object.entries(config.profiles).map(([name, profile]: [string, Profile]) => ({
    name,
    gateway: profile.gateway,
    inUse: name === (config.default ?? (names.length === 1 ? names[0] : undefined)),
    baseUrl: profile.baseUrl ?? null,
    session: profile.session ?? null,
    credentials: profile.credentials ?? {},
    secrets: profile.secrets ?? null,
  }))
}

function requireProfile(config: Config, name: string): string {
  if (Object.hasOwn(config.profiles, name)) return name
  const names = Object.keys(config.profiles)
  throw new UsageError(
    `There is no profile "${name}".`,
    names.length > 0 ? `There are ${names.join(', ')}.` : 'There is none yet: wamux profile add',
  )
}
