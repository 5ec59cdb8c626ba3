import { AccountLimited, NetworkError } from '../../errors.ts'
import { phoneInJid } from '../../network/jid.ts'
import type { Account } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { nestError, noSession, versionOf, wrongStatus } from './serialize.ts'

/** A call and the connected session that it names. */
export interface ConnectedCall {
  readonly session: Session
  readonly account: Account
  readonly call: Call
}

/** An error inside the engine, with its own text. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly more: Readonly<Record<string, unknown>>

  constructor(message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.more = more
  }
}

/** Makes handlers for calls that need a connected session. A refusal by WhatsApp becomes the engine's error (500). */
export function createConnectedHandlers(state: State): (play: (at: ConnectedCall) => Answer | Promise<Answer>) => Handler {
  const sessions = state.sessions('waha')
  return (play) => async (call) => {
    const id = textOf(call.params.session) ?? textOf(call.body.session) ?? textOf(call.query.get('session'))
    if (id === undefined) return nestError(400, 'Bad Request', 'Session name is required')
    const session = sessions.get(id)
    if (!session) return noSession(id)
    await session.settled()
    if (session.phase !== 'connected' || !session.account) return wrongStatus(session, 'WORKING')
    try {
      return await play({ session, account: session.account, call })
    } catch (error) {
      if (error instanceof EngineError) return engineError(state, call, error.message, error.more)
      if (error instanceof AccountLimited) return engineError(state, call, error.message)
      if (!(error instanceof NetworkError)) throw error
      const [message, data] = REFUSALS[error.code]
      return engineError(state, call, message, boom(data))
    }
  }
}

const REFUSALS: Readonly<Record<NetworkError['code'], readonly [string, number]>> = {
  not_found: ['item-not-found', 404],
  forbidden: ['forbidden', 403],
  invalid: ['bad-request', 400],
  conflict: ['conflict', 409],
}

const NEED_APP_STATE: readonly string[] = [
  'chats.archive',
  'chats.unarchive',
  'chats.markUnread',
  'contacts.update',
  'messages.star',
  'profile.setName',
]

/** Fails like the engine on an account whose devices do not have the keys of the app state. */
export function requireAppState(account: Account): void {
  if (!account.appState) throw new EngineError('App state key not present!', boom(null))
}

/** Lets the handlers that need the keys of the app state fail on an account whose devices do not have them. */
export function withAppState(state: State, handlers: Readonly<Record<string, Handler>>): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  return Object.fromEntries(
    NEED_APP_STATE.flatMap((id) => {
      const handler = handlers[id]
      if (!handler) return []
      const checked = whenConnected(({ account, call }) =>
        account.appState ? handler(call) : engineError(state, call, 'App state key not present!', boom(null)),
      )
      return [[id, checked]]
    }),
  )
}

/** Fields of the errors that WhatsApp's answers become in the engine. */
export function boom(data: number | null): Record<string, unknown> {
  return { data, isBoom: true, isServer: data !== null, output: {} }
}

/** The answer to an error inside the engine: a 500 that repeats the request. */
export function engineError(
  state: State,
  { method, path, body, bytes, query }: Call,
  message: string,
  more: Record<string, unknown> = {},
): Answer {
  const request = { path, method, ...(bytes.length > 0 ? { body } : {}), query: Object.fromEntries(query) }
  const timestamp = new Date(state.clock.now()).toISOString()
  const exception = { message, ...more, name: 'Error', stack: `Error: ${message}` }
  return json(500, { statusCode: 500, timestamp, exception, request, version: versionOf(state) })
}

/** The chat that a call names in its path or body. */
export function chatIn(state: State, { params, body }: Call): string {
  return chatOf(state, params.chatId ?? body.chatId)
}

export function chatOf({ network }: State, value: unknown): string {
  const chat = network.chatOf(value)
  if (value === '' || value === '@c.us') {
    throw new EngineError('JID decoded but user is empty: "@s.whatsapp.net" -> user: "", server: "s.whatsapp.net", device: undefined')
  }
  if (chat === undefined) throw new NetworkError('not_found', `there is no chat ${String(value)}`)
  return chat
}

/** A person by number or JID; the network creates a person at the first mention. */
export function personOf(state: State, value: unknown): Account {
  const phone = phoneInJid(chatOf(state, value))
  if (phone === undefined) throw new NetworkError('not_found', `${String(value)} is no person`)
  return state.network.account(phone)
}

/** The persons in `[{ id }]`. */
export function personsIn(state: State, { body }: Call): readonly Account[] {
  const list = Array.isArray(body.participants) ? body.participants : []
  return list.flatMap((one) => (isRecord(one) ? [personOf(state, one.id)] : []))
}

/** The part of a list that `offset` and `limit` ask for. */
export function pageOf<Item>(items: readonly Item[], { query }: Call): readonly Item[] {
  const offset = Number(query.get('offset') ?? 0)
  const limit = query.get('limit')
  return items.slice(offset, limit === null ? undefined : offset + Number(limit))
}
