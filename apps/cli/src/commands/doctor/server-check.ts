import type { Gateway, Manifest, OperationTable } from '@wamux/core'
import type { Check } from './check.ts'

/** Operations whose answer describes the server; a gateway has one of them or none. */
const TELLING = ['server.version', 'server.info']
/** Names of the fields that hold its version. */
const VERSION = ['version', 'serviceVersion']

/**
 * The version, tier and engine of the server, beside the version that its plugin was made for.
 *
 * @returns nothing where the gateway has no operation for its version
 */
export async function serverCheck(
  name: string,
  gateway: Gateway,
  { manifest, table, signal }: { readonly manifest: Manifest; readonly table: OperationTable; readonly signal: AbortSignal },
): Promise<Check[]> {
  const operation = TELLING.find((id) => Object.hasOwn(table.operations, id))
  if (operation === undefined) return []
  const check = `${name}: server`
  const { data } = await gateway.call(operation, {}, { signal, attempts: 1 })
  const fields = factsOf(data)
  const version = VERSION.map((field) => wordOf(fields[field])).find((one) => one !== '')
  if (version === undefined) return [{ check, status: 'skipped', about: 'its answer has no version' }]
  const kind = [wordOf(fields.tier), wordOf(fields.engine)].filter((one) => one !== '')
  const about = `${manifest.name} ${version}${kind.length > 0 ? ` (${kind.join(', ')})` : ''}`
  return [{ check, status: 'ok', about: `${about}; ${comparison(version, manifest.api.version)}` }]
}

function comparison(version: string, known: string): string {
  const order = version.localeCompare(known, 'en', { numeric: true })
  if (order === 0) return 'wamux is made for this version'
  if (order > 0) return `wamux is made for ${known}, and does not know what is newer`
  return `wamux is made for ${known}: what this server lacks ends as "unsupported"`
}

/** The fields of the answer, or of the first entry of its `results`. */
function factsOf(data: unknown): Readonly<Record<string, unknown>> {
  const { results } = recordOf(data)
  return Array.isArray(results) ? recordOf(results[0]) : recordOf(data)
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

// a server may say anything: only what looks like a version or a name is printed
function wordOf(value: unknown): string {
  return typeof value === 'string' && /^[\w.+-]{1,40}$/.test(value) ? value : ''
}
