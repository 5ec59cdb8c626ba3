import {
  type Answer,
  accountOf,
  type CallOptions,
  GatewayError,
  invalidInput,
  meaningOf,
  type PluginContext,
  parseAddress,
  type Route,
  type SessionInfo,
  type SessionQr,
  type SessionVerbs,
  type StateTable,
  type Success,
  sessionInfo,
  type TypedVerbs,
  waitForSession,
} from '@wamux/core'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Session = components['schemas']['Session']
type Created = components['schemas']['CreatedSession']

export type WawpSession = TypedVerbs<
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
>

const STATES: StateTable<
  'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED' | 'PASSKEY_REQUIRED' | 'PASSKEY_CONFIRMATION_REQUIRED'
> = {
  STOPPED: { state: 'stopped' },
  STARTING: { state: 'starting' },
  SCAN_QR_CODE: { state: 'pairing', challenge: 'qr' },
  // never seen from Wawp, but of the engine behind it
  PASSKEY_REQUIRED: { state: 'pairing', challenge: 'passkey' },
  PASSKEY_CONFIRMATION_REQUIRED: { state: 'pairing', challenge: 'passkey_confirmation' },
  WORKING: { state: 'connected' },
  FAILED: { state: 'failed' },
}

/** The session verbs of Wawp; a session is an instance id. It has no list, no update and no reset. */
export function sessionVerbs({ exchange, clock }: PluginContext<WawpConfig>): WawpSession {
  /** Performs a call for one instance: the plugin's auth takes it from the query to wherever credentials go. */
  function forInstance<Types>(route: Route<Types>, session: string, options?: CallOptions, body?: object): Promise<Answer<Success<Types>>> {
    return exchange(route as Route, { query: instanceOf(session), body }, options) as Promise<Answer<Success<Types>>>
  }

  const get: WawpSession['get'] = async ({ session }, options) => {
    const { data } = await forInstance(routes.sessionsGet, session, options)
    return describe(session, data)
  }

  return {
    get,

    async create({ start = true }, options) {
      const { data } = await exchange(routes.sessionsCreate, {}, options)
      const session = data.instance_id ?? ''
      if (!start || session === '') return sessionInfo(manifest, { session, state: 'unknown', raw: data })
      try {
        const started = await forInstance(routes.sessionsStart, session, options)
        return { ...describe(session, started.data), raw: data }
      } catch (error) {
        // the instance exists by now: its id must not get lost with the error
        const reason = `Created, but not started: ${GatewayError.is(error) ? error.message : String(error)}`
        return sessionInfo(manifest, { session, state: 'unknown', reason, raw: data })
      }
    },

    async delete({ session }, options) {
      const { data } = await forInstance(routes.sessionsDelete, session, options)
      return { session, deleted: true, raw: data }
    },

    async start({ session }, options) {
      const { data } = await forInstance(routes.sessionsStart, session, options)
      return describe(session, data)
    },

    async stop({ session }, options) {
      const { data } = await forInstance(routes.sessionsStop, session, options)
      return describe(session, data)
    },

    async restart({ session }, options) {
      const { data } = await forInstance(routes.sessionsRestart, session, options)
      return describe(session, data)
    },

    async logout({ session }, options) {
      const { data } = await forInstance(routes.sessionsLogout, session, options)
      return describe(session, data)
    },

    async qr({ session }, options) {
      const { data } = await forInstance(routes.authGetQr, session, options, { format: 'raw' })
      return { session, ...readQr(data), raw: data }
    },

    async requestPairingCode({ session, phone }, options) {
      const phone_number = parseAddress(phone, 'phone').user
      const { data } = await forInstance(routes.authRequestCode, session, options, { phone_number })
      return { session, code: data.code ?? '', raw: data }
    },

    waitFor: waitForSession(get, clock),
  }
}

/** The query that names an instance. @throws GatewayError `invalid_request` */
export function instanceOf(session: string): { readonly instance_id: string } {
  if (typeof session !== 'string' || session === '') throw invalidInput('session', 'required, expected an instance id')
  return { instance_id: session }
}

function describe<Raw extends Session | undefined>(session: string, raw: Raw): SessionInfo<Raw> {
  const meaning = meaningOf(STATES, raw?.status)
  const account = meaning.state === 'connected' ? 'ok' : 'unknown'
  return sessionInfo(manifest, { session, ...meaning, account, me: accountOf(raw?.me?.id, raw?.me?.pushName), raw })
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
