import type { Gateway, GatewayConfig, Manifest } from '@wamux/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { OFFICIAL } from './plugin-packages.ts'
import type { Plugins } from './plugins.ts'
import { type Profile, readConfig } from './profile-store.ts'
import { baseUrlVariable, variablePrefix } from './variables.ts'

type Env = Terminal['env']

/** The gateway that a command calls, and the account that it uses. */
export interface Target {
  readonly gateway: string
  /** Name of the profile with address and credentials; without a profile they come from environment variables. */
  readonly profile?: string
  readonly settings?: Profile
}

/** `--gateway` and `--profile` of the command line. */
export interface TargetOptions {
  readonly gateway?: string | undefined
  readonly profile?: string | undefined
}

/**
 * Finds the gateway of a command. The first of these that is set decides: `--profile`, `WAMUX_PROFILE`, the variables of a gateway
 * (`WAMUX_WAHA_…`), the profile in use. `--gateway` limits all of them to one gateway.
 *
 * @throws UsageError that names the choices
 */
export function chooseTarget({ gateway, profile }: TargetOptions, env: Env, plugins: Plugins): Target {
  if (gateway !== undefined) assertKnownGateway(gateway, plugins)
  const named = profile ?? (env.WAMUX_PROFILE || undefined)
  if (named !== undefined) {
    const target = profileTarget(named, env)
    if (gateway === undefined || gateway === target.gateway) return target
    if (profile !== undefined) throw new UsageError(`The profile "${named}" is for ${target.gateway}, not for ${gateway}.`)
  }
  const inEnv = gatewaysInEnv(env)
  if (gateway !== undefined) return inEnv.includes(gateway) ? { gateway } : (profileFor(gateway, env) ?? { gateway })
  // one whose plugin is not installed cannot be meant
  const usable = inEnv.filter((id) => plugins.isInstalled(id))
  const [only] = usable
  if (only !== undefined && usable.length === 1) return { gateway: only }
  if (usable.length > 1) {
    throw new UsageError(`Several gateways are set up: ${usable.join(', ')}.`, `Say which one with --gateway ${usable.join('|')}`)
  }
  const [missing] = inEnv
  return profileInUse(env) ?? (missing === undefined ? missingTarget(plugins) : { gateway: missing })
}

/** All accounts that a command without `--gateway` and `--profile` could mean; empty where it is clear which one it is. */
export function severalTargets({ gateway, profile }: TargetOptions, env: Env, plugins: Plugins): readonly Target[] {
  if (gateway !== undefined || profile !== undefined || env.WAMUX_PROFILE) return []
  const usable = gatewaysInEnv(env).filter((id) => plugins.isInstalled(id))
  if (usable.length > 0) return usable.length > 1 ? usable.map((id) => ({ gateway: id })) : []
  const { profiles, default: inUse } = readConfig(env)
  const names = Object.keys(profiles)
  return inUse === undefined && names.length > 1 ? names.map((name) => profileTarget(name, env)) : []
}

/** The gateways for which at least one variable is set. */
function gatewaysInEnv(env: Env): string[] {
  const names = Object.keys(env).filter((name) => name.startsWith('WAMUX_') && env[name])
  const ours = Object.keys(OFFICIAL).filter((id) => names.some((name) => name.startsWith(variablePrefix(id))))
  const others = names.flatMap((name) => /^WAMUX_(\w+)_(?:BASE_URL|API_KEY)$/.exec(name)?.[1]?.toLowerCase().replaceAll('_', '-') ?? [])
  return [...new Set([...ours, ...others])]
}

function profileTarget(name: string, env: Env): Target {
  const { profiles } = readConfig(env)
  const settings = Object.hasOwn(profiles, name) ? profiles[name] : undefined
  if (settings) return { gateway: settings.gateway, profile: name, settings }
  const names = Object.keys(profiles)
  const near = didYouMean(name, names)
  const known = names.length > 0 ? `There are ${names.join(', ')}.` : 'There is none yet: wamux profile add'
  throw new UsageError(`There is no profile "${name}".`, near ? `Did you mean ${near}?` : known)
}

function profileInUse(env: Env): Target | undefined {
  const config = readConfig(env)
  const names = Object.keys(config.profiles)
  const name = config.default ?? (names.length === 1 ? names[0] : undefined)
  if (name !== undefined) return profileTarget(name, env)
  if (names.length === 0) return undefined
  throw new UsageError(`There are several profiles, and none is in use: ${names.join(', ')}.`, 'wamux profile use NAME, or --profile NAME')
}

function profileFor(gateway: string, env: Env): Target | undefined {
  const config = readConfig(env)
  const names = Object.keys(config.profiles).filter((name) => config.profiles[name]?.gateway === gateway)
  const name = names.find((one) => one === config.default) ?? (names.length === 1 ? names[0] : undefined)
  if (name !== undefined) return profileTarget(name, env)
  if (names.length === 0) return undefined
  throw new UsageError(`There are several profiles for ${gateway}: ${names.join(', ')}.`, `Say which one with --profile ${names.join('|')}`)
}

function assertKnownGateway(gateway: string, plugins: Plugins): void {
  if (plugins.isKnown(gateway)) return
  const known = plugins.knownIds()
  const near = didYouMean(gateway, known)
  throw new UsageError(`There is no gateway "${gateway}"; known are ${known.join(', ')}.`, near ? `Did you mean ${near}?` : undefined)
}

function missingTarget(plugins: Plugins): never {
  throw new UsageError(
    `No gateway is set up, and none was named; known are ${plugins.knownIds().join(', ')}.`,
    'wamux profile add asks for what is needed. In scripts: export WAMUX_WAHA_BASE_URL=… WAMUX_WAHA_API_KEY=…\nor try it without an account: wamux emulate',
  )
}

/** Base URL and credentials of an account, by field. */
export type Access = { readonly baseUrl: string } & Readonly<Record<string, string>>

/**
 * Collects base URL and credentials: from the profile, and what is missing there from environment variables.
 *
 * @param say called when other users could read a file of secrets, and now cannot any more
 * @throws UsageError that names what is missing, never its value
 */
export async function resolveAccess(
  manifest: Manifest,
  { profile, settings }: Target,
  env: Env,
  say: (text: string) => void = () => {},
): Promise<Access> {
  for (const hint of misspelt(manifest, env)) say(hint)
  const baseUrl = settings?.baseUrl ?? (env[baseUrlVariable(manifest.id)] || manifest.api.defaultBaseUrl)
  const secretFields = manifest.credentials.filter(({ secret }) => secret).map(({ field }) => field)
  const kept =
    profile !== undefined && settings?.secrets
      ? await (await import('./secrets.ts')).readSecrets(env, profile, settings.secrets, secretFields, say)
      : {}
  const values = new Map<string, string>()
  const missing: string[] = baseUrl ? [] : [baseUrlVariable(manifest.id)]
  for (const { field, env: name, required } of manifest.credentials) {
    const value = settings?.credentials?.[field] ?? kept[field] ?? env[name]
    if (value) values.set(field, value)
    else if (required) missing.push(name)
  }
  if (baseUrl && missing.length === 0) return { ...Object.fromEntries(values), baseUrl }
  if (profile !== undefined) {
    const reason = settings?.secrets === 'keychain' ? 'the keychain does not give them' : 'they are not kept'
    throw new UsageError(
      `The profile "${profile}" lacks ${missing.join(' and ')}: ${reason}.`,
      `Give them again: wamux profile add ${profile}\nor in the environment: export ${missing.map((name) => `${name}=…`).join(' ')}`,
    )
  }
  throw new UsageError(
    `${manifest.name} needs ${missing.join(' and ')} in the environment, or a profile.`,
    `export ${missing.map((name) => `${name}=…`).join(' ')}\nor: wamux profile add --gateway ${manifest.id}`,
  )
}

/** Warnings about variables that begin like those of a gateway but are none, for example `WAMUX_WAHA_URL`. Their values are not looked at. */
function misspelt({ id, credentials }: Manifest, env: Env): string[] {
  const known = [baseUrlVariable(id), ...credentials.map(({ env: name }) => name)]
  return Object.keys(env)
    .filter((name) => env[name] && name.startsWith(variablePrefix(id)) && !known.includes(name))
    .map((name) => {
      const near = didYouMean(name, known) ?? known.find((one) => one.endsWith(name.slice(name.lastIndexOf('_'))))
      return `Note: ${name} means nothing to wamux; ${near ? `${near} does` : `known are ${known.join(', ')}`}.`
    })
}

/** The secrets among the credentials of an account. */
export function secretsOf({ credentials }: Manifest, access: Access): string[] {
  return credentials.flatMap(({ field, secret }) => (secret && access[field] ? [access[field]] : []))
}

/** Connects to a gateway. @throws GatewayError or UsageError of the configuration */
export async function connect(
  plugin: { readonly manifest: Manifest; create(config: object): Gateway },
  access: Access,
  config: Omit<Partial<GatewayConfig>, 'baseUrl'> = {},
): Promise<Gateway> {
  if (config.fetch) return plugin.create({ ...config, ...access })
  // node:http with keep-alive starts faster and uses less CPU than native fetch
  const { createNodeFetch } = await import('@wamux/node-transport')
  return plugin.create({ fetch: createNodeFetch(), ...config, ...access })
}
