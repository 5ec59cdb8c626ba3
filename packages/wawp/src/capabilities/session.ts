import type {
  CallOptions,
  GatewayResponse,
  Parts,
  PluginContext,
  Route,
  Send,
  SessionQr,
  SessionVerbs,
  Success,
  TypedVerbs,
} from '@wamux/core'
import { GatewayError, invalidInput, parseAddress, sessionInfo, waitForSession } from '@wamux/core/plugin'
import { engineSessionInfo } from '@wamux/engine/session'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Session = components['schemas']['Session']
type Created = components['schemas']['CreatedSession']

/**
 * The session verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#sessions
 */
export interface WawpSession
  extends TypedVerbs<
    SessionVerbs,
    {
      get: Session
      create: Created
      delete: unknown
      start: Session
      stop: Session
      restart: Session
      logout: Session
      qr: unknown
      requestPairingCode: unknown
      waitFor: Session
    }
  > {}

/** The session verbs of Wawp; a session is an instance id. It has no list, no update and no reset. */
export function sessionVerbs({ send, clock, eventBus }: PluginContext<WawpConfig>): WawpSession {
  const forInstance = instanceCalls(send)

  const get: WawpSession['get'] = async ({ session }, options) => {
    const { data } = await forInstance(routes.sessionsGet, session, {}, options)
    return engineSessionInfo(manifest, session, data)
  }

  return {
    get,

    async create({ start = true, config }, options) {
      if (config !== undefined)
        throw (await import('@wamux/core/verbs')).unsupportedInput(manifest, 'config', 'an instance has no settings. Nothing was made.')
      const { data } = await send(routes.sessionsCreate, {}, options)
      const session = data.instance_id ?? ''
      if (!start || session === '') return sessionInfo(manifest, { session, state: 'unknown', raw: data })
      try {
        const started = await forInstance(routes.sessionsStart, session, {}, options)
        return { ...engineSessionInfo(manifest, session, started.data), raw: data }
      } catch (error) {
        // the instance exists now, so the error must contain its id
        const reason = `Created, but not started: ${GatewayError.is(error) ? error.message : String(error)}`
        return sessionInfo(manifest, { session, state: 'unknown', reason, raw: data })
      }
    },

    async delete({ session }, options) {
      const { data } = await forInstance(routes.sessionsDelete, session, {}, options)
      return { session, deleted: true, raw: data }
    },

    async start({ session }, options) {
      const { data } = await forInstance(routes.sessionsStart, session, {}, options)
      return engineSessionInfo(manifest, session, data)
    },

    async stop({ session }, options) {
      const { data } = await forInstance(routes.sessionsStop, session, {}, options)
      return engineSessionInfo(manifest, session, data)
    },

    async restart({ session }, options) {
      const { data } = await forInstance(routes.sessionsRestart, session, {}, options)
      return engineSessionInfo(manifest, session, data)
    },

    async logout({ session }, options) {
      const { data } = await forInstance(routes.sessionsLogout, session, {}, options)
      return engineSessionInfo(manifest, session, data)
    },

    async qr({ session }, options) {
      const { data } = await forInstance(routes.authGetQr, session, { body: { format: 'raw' } }, options)
      return { session, ...readQr(data), raw: data }
    },

    async requestPairingCode({ session, phone }, options) {
      const phone_number = parseAddress(phone, 'phone').user
      const { data } = await forInstance(routes.authRequestCode, session, { body: { phone_number } }, options)
      return { session, code: typeof data?.code === 'string' ? data.code : '', raw: data }
    },

    waitFor: waitForSession(get, clock, eventBus),
  }
}

/** Performs a call for one instance. */
export type InstanceCalls = <Types>(
  route: Route<Types>,
  session: string,
  parts: Parts<Types>,
  options?: CallOptions,
) => Promise<GatewayResponse<Success<Types>>>

/** Calls with the instance in the query. `authorize` moves it to where the credentials go. */
export function instanceCalls(send: Send): InstanceCalls {
  return (route, session, parts, options) => {
    if (typeof session !== 'string' || session === '') throw invalidInput('session', 'required, expected an instance id')
    const { query, ...others } = parts as Parts<unknown>
    return send(route, { ...others, query: { ...query, instance_id: session } } as typeof parts, options)
  }
}

// seen: base64 of JSON with the code's text and its expiry; an engine may give the text or a picture instead
function readQr(
  data: { readonly data?: string; readonly value?: unknown; readonly mimetype?: string } | undefined,
): Pick<SessionQr, 'value' | 'image'> {
  if (typeof data?.value === 'string') return { value: data.value }
  if (typeof data?.data !== 'string') return {}
  const bytes = fromBase64(data.data)
  if (!bytes) return { value: data.data }
  if (data.mimetype?.startsWith('image/')) return { image: { mimetype: data.mimetype, data: bytes } }
  const text = new TextDecoder().decode(bytes)
  try {
    const { value } = JSON.parse(text) as { value?: unknown }
    return typeof value === 'string' ? { value } : {}
  } catch {
    return { value: text }
  }
}

function fromBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
