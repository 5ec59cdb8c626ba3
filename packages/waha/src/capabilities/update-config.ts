import { type CallOptions, GatewayError, invalidInput, type PluginContext, type SessionInfo, type VerbId } from '@wamux/core'
import { inTurn } from '@wamux/core/verbs'
import { type Fields, incompleteResponse, recordOf } from '@wamux/engine'
import { engineSessionInfo } from '@wamux/engine/session'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type MaybeSession = components['schemas']['Session'] | undefined

/** Changes a part of a session's config. WAHA replaces the whole config, so webhooks and keys are read first and written back. */
export async function updateConfig(
  context: PluginContext<WahaConfig>,
  session: string,
  config: unknown,
  options: CallOptions | undefined,
): Promise<SessionInfo<MaybeSession>> {
  const changes = recordOf(config)
  if (changes === undefined) throw invalidInput('config', 'required, expected an object')
  return inTurn({ ...context, manifest }, 'session.update', session, options, () => write(context, session, changes, options))
}

async function write(
  { send }: PluginContext<WahaConfig>,
  session: string,
  changes: Fields,
  options: CallOptions | undefined,
): Promise<SessionInfo<MaybeSession>> {
  const { data: present } = await send(routes.sessionsGet, { path: { session } }, options)
  const merged = mergeConfig(configIn(present, 'session.update'), changes)
  refuseHidden(merged, 'config')
  const { data } = await send(routes.sessionsUpdate, { path: { session }, body: { config: merged } }, options)
  // the session is read again; when that fails, the response to the change is used
  const after = await send(routes.sessionsGet, { path: { session } }, { ...options, attempts: 1 }).then(
    (answer) => (recordOf(answer.data)?.status === undefined ? undefined : answer.data),
    () => undefined,
  )
  const lost = after?.config ? lostIn(merged, after.config, '') : []
  const reason = lost.length === 0 ? undefined : `WAHA did not keep these settings: ${lost.slice(0, 10).join(', ')}.`
  return engineSessionInfo(manifest, session, (after ?? data) as MaybeSession, reason)
}

/**
 * The config of a session that was read, to be written back with changes.
 *
 * @throws {GatewayError} `bad_response`: the answer is no session, or its config cannot be read; written back, it would be lost
 */
export function configIn(present: unknown, operation: VerbId): Fields {
  const { status, config } = recordOf(present) ?? {}
  const fields = recordOf(config || {})
  const webhooks = fields?.webhooks ?? []
  if (status === undefined || !fields || !Array.isArray(webhooks) || !webhooks.every(recordOf))
    throw incompleteResponse(manifest, operation, 'what the config is now; nothing was changed')
  return fields
}

/**
 * Refuses to write back a value that the server hides when it is read: it would replace the real one.
 *
 * @throws {GatewayError} `unsupported`: a value is hidden
 */
export function refuseHidden(value: unknown, path: string): void {
  if (typeof value === 'string' && HIDDEN.test(value)) {
    const text = `${path} is hidden by the server (${value.slice(0, 12)}), which would overwrite the real value. Give its value, too. Nothing was changed.`
    throw new GatewayError(text, { kind: 'unsupported', gateway: manifest.id, field: path, reached: 'yes' })
  }
  if (Array.isArray(value)) for (const [index, one] of value.entries()) refuseHidden(one, `${path}[${index}]`)
  else for (const [name, one] of Object.entries(recordOf(value) ?? {})) refuseHidden(one, `${path}.${name}`)
}

const HIDDEN = /^(?:\[(?:redacted|hidden|masked)\]|<(?:redacted|hidden|masked)>|.{0,4}[*•]{3,}.{0,4})$/i

/** The settings that were written and are not there. */
function lostIn(written: unknown, found: unknown, path: string): readonly string[] {
  if (written === undefined || written === null) return []
  const fields = recordOf(written)
  if (!fields) return sameJson(written, found) ? [] : [path]
  const there = recordOf(found)
  // an empty object has no setting that could be lost
  if (!there) return Object.keys(fields).length === 0 ? [] : [path]
  return Object.entries(fields).flatMap(([name, one]) =>
    lostIn(one, Object.hasOwn(there, name) ? there[name] : undefined, path === '' ? name : `${path}.${name}`),
  )
}

function sameJson(written: unknown, found: unknown): boolean {
  if (!Array.isArray(written)) return JSON.stringify(written) === JSON.stringify(found)
  // a server may complete the entries of a list, and hide a key in them
  return Array.isArray(found) && found.length >= written.length
}

/** The config with some of its fields changed: objects are joined field by field, all else is replaced. */
function mergeConfig(present: Fields, changes: Fields): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...present }
  for (const [name, value] of Object.entries(changes)) {
    const [before, after] = [recordOf(Object.hasOwn(present, name) ? present[name] : undefined), recordOf(value)]
    Object.defineProperty(merged, name, {
      value: before && after ? mergeConfig(before, after) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
  return merged
}
