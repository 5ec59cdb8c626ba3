import type { Gateway, GatewayConfig, Manifest } from '@wamux/core'
import { didYouMean } from './did-you-mean.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

type Env = Terminal['env']
type Module = Readonly<Record<string, unknown>>

interface Known {
  readonly name: string
  readonly packageName: string
  readonly manifest: () => Promise<Module>
  readonly plugin: () => Promise<Module>
}

const KNOWN: Readonly<Record<string, Known>> = {
  waha: {
    name: 'WAHA',
    packageName: '@wamux/waha',
    manifest: () => import('@wamux/waha/manifest'),
    plugin: () => import('@wamux/waha'),
  },
  wawp: {
    name: 'Wawp',
    packageName: '@wamux/wawp',
    manifest: () => import('@wamux/wawp/manifest'),
    plugin: () => import('@wamux/wawp'),
  },
  warest: {
    name: 'WARest',
    packageName: '@wamux/warest',
    manifest: () => import('@wamux/warest/manifest'),
    plugin: () => import('@wamux/warest'),
  },
  sparkbot: {
    name: 'SparkBot',
    packageName: '@wamux/sparkbot',
    manifest: () => import('@wamux/sparkbot/manifest'),
    plugin: () => import('@wamux/sparkbot'),
  },
}

/** The gateways that the CLI knows, installed or not. */
export const gatewayIds: readonly string[] = Object.keys(KNOWN)

/**
 * Which gateway is meant: the one asked for, else the only one whose environment is set.
 *
 * @throws UsageError that names the choices
 */
export function chooseGateway(asked: string | undefined, env: Env): string {
  if (asked !== undefined) {
    if (Object.hasOwn(KNOWN, asked)) return asked
    const near = didYouMean(asked, gatewayIds)
    throw new UsageError(`There is no gateway "${asked}"; known are ${gatewayIds.join(', ')}.`, near ? `Did you mean ${near}?` : undefined)
  }
  const set = gatewayIds.filter((id) => isSetUp(id, env))
  const [only] = set
  if (only !== undefined && set.length === 1) return only
  if (set.length > 1) {
    throw new UsageError(`Several gateways are set up: ${set.join(', ')}.`, `Say which one with --gateway ${set.join('|')}`)
  }
  throw new UsageError(
    `No gateway is set up, and none was named; known are ${gatewayIds.join(', ')}.`,
    'Set its variables, for WAHA: export WAMUX_WAHA_BASE_URL=… WAMUX_WAHA_API_KEY=…\nor try it without an account: wamux emulate',
  )
}

function isSetUp(id: string, env: Env): boolean {
  const prefix = `WAMUX_${id.toUpperCase()}_`
  return Object.entries(env).some(([name, value]) => name.startsWith(prefix) && value !== undefined && value !== '')
}

/** The environment variable that says where a gateway is. */
export function baseUrlVariable(id: string): string {
  return `WAMUX_${id.toUpperCase()}_BASE_URL`
}

/** What a gateway is, without loading its client. @throws UsageError when its plugin is not installed */
export async function loadManifest(id: string): Promise<Manifest> {
  const known = knownGateway(id)
  const { manifest } = await load(known, known.manifest)
  const { contract } = (manifest ?? {}) as { contract?: unknown }
  if (contract !== 1) {
    throw new UsageError(
      `${known.packageName} speaks version ${String(contract)} of the wamux contract, and this CLI speaks 1.`,
      `Bring both up to date: npm install -g wamux@latest ${known.packageName}@latest`,
    )
  }
  return manifest as Manifest
}

/** The manifests of all gateways that are installed and work. */
export async function installedManifests(): Promise<readonly Manifest[]> {
  const found = await Promise.allSettled(gatewayIds.map(loadManifest))
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

/** Connects to a gateway with what the environment says. @throws GatewayError or UsageError of the configuration */
export async function openGateway(manifest: Manifest, env: Env, config: Omit<GatewayConfig, 'baseUrl'>): Promise<Gateway> {
  const fromEnv = readEnv(manifest, env)
  const known = knownGateway(manifest.id)
  const factory = (await load(known, known.plugin))[manifest.factory]
  if (typeof factory !== 'function') throw new UsageError(`${known.packageName} has no ${manifest.factory}: it does not fit this CLI.`)
  // keep-alive agents of node:http start sooner and cost less than native fetch
  const { createNodeFetch } = await import('@wamux/core/node')
  return (factory as (config: object) => Gateway)({ fetch: createNodeFetch(), ...config, ...fromEnv })
}

/** Base URL and credentials of a gateway. @throws UsageError that names the missing variables, never their values */
export function readEnv(manifest: Manifest, env: Env): { readonly baseUrl: string } & Readonly<Record<string, string>> {
  const baseUrl = env[baseUrlVariable(manifest.id)] || manifest.api.defaultBaseUrl
  const missing = manifest.credentials.filter((one) => one.required && !env[one.env]).map((one) => one.env)
  if (!baseUrl) missing.unshift(baseUrlVariable(manifest.id))
  if (!baseUrl || missing.length > 0) {
    throw new UsageError(
      `${manifest.name} needs ${missing.join(' and ')} in the environment.`,
      `export ${missing.map((name) => `${name}=…`).join(' ')}`,
    )
  }
  const credentials = manifest.credentials.flatMap(({ field, env: name }) => (env[name] ? [[field, env[name]]] : []))
  return { ...(Object.fromEntries(credentials) as Record<string, string>), baseUrl }
}

function knownGateway(id: string): Known {
  const known = Object.hasOwn(KNOWN, id) ? KNOWN[id] : undefined
  if (!known) throw new UsageError(`There is no gateway "${id}".`)
  return known
}

async function load(known: Known, importIt: () => Promise<Module>): Promise<Module> {
  try {
    return await importIt()
  } catch (error) {
    throw isMissing(error, known.packageName) ? notInstalled(`The plugin for ${known.name}`, known.packageName) : error
  }
}

/** True when it is the package itself that is not there, not something that it needs. */
export function isMissing(error: unknown, packageName: string): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  return code === 'ERR_MODULE_NOT_FOUND' && String(message).includes(`'${packageName}'`)
}

/** The error for an optional package that is not installed. @param what `The plugin for WAHA` */
export function notInstalled(what: string, packageName: string): UsageError {
  return new UsageError(`${what} is not installed.`, `npm install -g ${packageName}   (or, in a project: npm install ${packageName})`)
}
