import type { CallOptions, PluginContext, SessionInfo, SessionQr, SessionVerbs, StateTable, TypedVerbs } from '@wamux/core'
import { accountOf, GatewayError, invalidInput, meaningOf, parseAddress, sessionInfo, waitForSession } from '@wamux/core/plugin'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Schemas = components['schemas']
type Session = Schemas['Session']

/**
 * The session verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#sessions
 */
export interface WarestSession
  extends TypedVerbs<
    SessionVerbs,
    {
      list: Schemas['SessionListAnswer']
      get: Session
      create: Schemas['SessionCreatedAnswer']
      update: Schemas['SessionConfiguredAnswer']
      delete: unknown
      start: Schemas['SessionCreatedAnswer']
      restart: unknown
      logout: Schemas['SessionLoggedOutAnswer']
      qr: Schemas['SessionCreatedAnswer']
      requestPairingCode: Schemas['PairCodeAnswer']
      waitFor: Session
    }
  > {}

/** WARest's names for session states. */
export const STATES: StateTable<'stopped' | 'starting' | 'connecting' | 'reconnecting' | 'open' | 'replaced' | 'logged_out'> = {
  stopped: { state: 'stopped' },
  starting: { state: 'starting' },
  connecting: { state: 'connecting' },
  reconnecting: { state: 'disconnected' },
  open: { state: 'connected' },
  replaced: { state: 'conflict' },
  logged_out: { state: 'logged_out' },
}

/** The session verbs of WARest. It has no stop and no reset; a QR code comes only from its create call. */
export function sessionVerbs({ send, clock, eventBus }: PluginContext<WarestConfig>): WarestSession {
  async function list(options?: CallOptions): Promise<Schemas['SessionListAnswer']> {
    return (await send(routes.sessionsList, {}, options)).data
  }

  async function find(session: string, options?: CallOptions): Promise<Session | undefined> {
    return itemsOf(await list(options)).find((one) => one.id === session)
  }

  // the create call would create a new session for a misspelt name
  async function mustExist(session: string, options?: CallOptions): Promise<Session> {
    const found = await find(session, options)
    if (!found) throw refuse('not_found', `session "${session}" does not exist`)
    return found
  }

  /** WARest's create call, which creates a session, starts it, and returns the QR code. */
  async function open(session: string, converge: boolean, options?: CallOptions): Promise<Schemas['SessionCreatedAnswer']> {
    const route = converge ? { ...routes.sessionsCreate, safety: 'converge' as const } : routes.sessionsCreate
    return (await send(route, { query: { sessionId: session } }, options)).data
  }

  const get: WarestSession['get'] = async ({ session }, options) => describe(await mustExist(session, options))

  return {
    async list(_input, options) {
      const raw = await list(options)
      return { sessions: itemsOf(raw).map(describe), raw }
    },

    get,

    async create({ session, start, config }, options) {
      if (config !== undefined)
        throw (await import('@wamux/core/verbs')).unsupportedInput(
          manifest,
          'config',
          'it makes a session without settings. Give them to session.update once it exists. Nothing was made.',
        )
      if (!session) throw invalidInput('session', 'required, expected a session id')
      if (start === false) throw refuse('unsupported', 'a session starts when it is created; start: false is not possible')
      if (await find(session, options)) throw refuse('conflict', `session "${session}" exists already`)
      return describeOpened(session, await open(session, false, options))
    },

    async update({ session, config }, options) {
      const data = await (await import('./update-config.ts')).updateConfig(send, session, config, options)
      // the response has only the settings
      const now = await find(session, { ...options, attempts: 1 }).catch(() => undefined)
      if (now) return { ...describe(now), raw: data }
      return sessionInfo(manifest, { session, state: 'unknown', reason: 'This answer does not tell the state.', raw: data })
    },

    async delete({ session }, options) {
      const { data } = await send(routes.sessionsDelete, { query: { sessionId: session } }, options)
      return { session, deleted: true, raw: data }
    },

    async start({ session }, options) {
      await mustExist(session, options)
      return describeOpened(session, await open(session, true, options))
    },

    async restart({ session }, options) {
      const { data } = await send(routes.sessionsReconnect, { query: { sessionId: session } }, options)
      return sessionInfo(manifest, { session, state: 'starting', raw: data })
    },

    async logout({ session }, options) {
      const { data } = await send(routes.sessionsLogout, { query: { sessionId: session } }, options)
      return sessionInfo(manifest, { session, state: 'stopped', raw: data })
    },

    async qr({ session }, options) {
      const { status } = await mustExist(session, options)
      if (status === 'open') throw refuse('conflict', `session "${session}" is connected already`)
      const raw = await open(session, true, options)
      const [created] = raw.results
      if (created?.createdAt !== undefined && !created.qr && !created.qrString) {
        throw refuse('conflict', `session "${session}" has no QR code now`, undefined, 'Ask again in some seconds.')
      }
      return { session, ...readQr(created), raw }
    },

    async requestPairingCode({ session, phone }, options) {
      const digits = parseAddress(phone, 'phone').user
      await mustExist(session, options)
      const { data } = await send(routes.sessionsCreatePairCode, { query: { sessionId: session, phone: digits } }, options)
      const code = data.results[0]?.pairCode
      if (code) return { session, code, raw: data }
      const connected = data.results[0]?.status === 'open'
      const problem = connected ? `session "${session}" is connected already` : 'the pairing code is not ready yet'
      throw refuse('conflict', problem, undefined, connected ? undefined : 'Ask again in some seconds.')
    },

    waitFor: waitForSession(get, clock, eventBus),
  }
}

function itemsOf(answer: Schemas['SessionListAnswer']): readonly Session[] {
  const [result] = answer.results
  // an answer without a list is not an empty one
  if (!Array.isArray(result?.items)) throw new TypeError('the answer has no list')
  return answer.results.flatMap((one) => one?.items ?? []).filter((one) => one?.id && typeof one.id === 'string')
}

function describe(raw: Session): SessionInfo<Session> {
  const meaning = meaningOf(STATES, raw.status)
  const connected = meaning.state === 'connected'
  // a session that waits for a new QR code still has the previous account
  const me = connected ? accountOf(raw.me?.id, raw.me?.name ?? raw.pushName) : undefined
  const reason = meaning.state === 'connecting' ? 'WARest says "connecting" also while it waits for a QR scan.' : undefined
  return sessionInfo(manifest, { session: raw.id, ...meaning, account: connected ? 'ok' : 'unknown', me, reason, raw })
}

const CODE_OPEN = 1104
const CODE_QR = 1107

function describeOpened(session: string, raw: Schemas['SessionCreatedAnswer']): SessionInfo<Schemas['SessionCreatedAnswer']> {
  if (raw.code === CODE_OPEN) return sessionInfo(manifest, { session, state: 'connected', account: 'ok', raw })
  if (raw.code === CODE_QR) return sessionInfo(manifest, { session, state: 'pairing', challenge: 'qr', raw })
  return sessionInfo(manifest, { session, state: 'connecting', raw })
}

function readQr(created: Schemas['SessionCreated'] | undefined): Pick<SessionQr, 'value' | 'image' | 'expiresInMs'> {
  const { qrString, qr, qrDuration } = created ?? {}
  const [, mimetype, base64] = /^data:([^;,]+);base64,([\s\S]*)$/.exec(typeof qr === 'string' ? qr : '') ?? []
  const value = typeof qrString === 'string' && qrString !== '' ? qrString : undefined
  return {
    ...(value ? { value } : {}),
    ...(mimetype && base64 ? imageOf(mimetype, base64) : {}),
    ...(typeof qrDuration === 'number' ? { expiresInMs: qrDuration * 1000 } : {}),
  }
}

function imageOf(mimetype: string, base64: string): Pick<SessionQr, 'image'> {
  try {
    return { image: { mimetype, data: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)) } }
  } catch {
    return {}
  }
}

function refuse(kind: 'not_found' | 'conflict' | 'unsupported', problem: string, status?: number, hint?: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${problem}`, { kind, gateway: manifest.id, status, hint })
}
