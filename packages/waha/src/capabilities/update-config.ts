import { type CallOptions, invalidInput, type PluginContext, type SessionInfo } from '@wamux/core'
import { inTurn } from '@wamux/core/verbs'
import { type Fields, notTold, recordOf } from '@wamux/engine'
import { engineSessionInfo } from '@wamux/engine/session'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type MaybeSession = components['schemas']['Session'] | undefined

/** Changes a part of a session's config: WAHA replaces the whole, so webhooks and their keys have to go along, and their changes wait. */
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
  if (recordOf(present)?.status === undefined) throw notTold(manifest, 'session.update', 'what the config is now; nothing was changed')
  const merged = mergeConfig(recordOf(present.config) ?? {}, changes)
  const { data } = await send(routes.sessionsUpdate, { path: { session }, body: { config: merged } }, options)
  const lost = Object.keys(merged).filter((name) => data?.config && !Object.hasOwn(data.config, name) && merged[name] !== undefined)
  const reason = lost.length === 0 ? undefined : `WAHA did not keep these settings: ${lost.join(', ')}.`
  return engineSessionInfo(manifest, session, data as MaybeSession, reason)
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
