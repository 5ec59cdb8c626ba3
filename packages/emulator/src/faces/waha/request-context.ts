import { NetworkError } from '../../errors.ts'
import { phoneInJid } from '../../network/jid.ts'
import type { Account } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { World } from '../../state.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, json, textOf } from '../http.ts'
import { nestError, noSession, VERSION, wrongStatus } from './serialize.ts'

/** A call on a session that is connected. */
export interface Linked {
  readonly session: Session
  readonly account: Account
  readonly call: Call
}

/** Makes handlers for calls that need a connected session; what WhatsApp refuses ends inside the engine. */
export function linkedTo(world: World): (play: (at: Linked) => Response | Promise<Response>) => Handler {
  const sessions = world.sessions('waha')
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
      if (!(error instanceof NetworkError)) throw error
      const [message, data] = REFUSALS[error.code]
      return crash(world, call, message, { data })
    }
  }
}

const REFUSALS: Readonly<Record<NetworkError['code'], readonly [string, number]>> = {
  not_found: ['item-not-found', 404],
  forbidden: ['forbidden', 403],
  invalid: ['bad-request', 400],
  conflict: ['conflict', 409],
}

/** What ends inside the engine comes back as a server error that repeats the request. */
export function crash(
  world: World,
  { method, path, body, bytes, query }: Call,
  message: string,
  more: Record<string, unknown> = {},
): Response {
  const request = { path, method, ...(bytes.length > 0 ? { body } : {}), query: Object.fromEntries(query) }
  const timestamp = new Date(world.clock.now()).toISOString()
  const exception = { message, ...more, name: 'Error', stack: `Error: ${message}` }
  return json(500, { statusCode: 500, timestamp, exception, request, version: VERSION })
}

/** The chat that a call names in its path or body. */
export function chatIn(world: World, { params, body }: Call): string {
  return chatAt(world, params.chatId ?? body.chatId)
}

export function chatAt({ network }: World, value: unknown): string {
  const chat = network.chatOf(value)
  if (chat === undefined) throw new NetworkError('not_found', `there is no chat ${String(value)}`)
  return chat
}

/** A person by number or JID; one that nobody has mentioned yet exists from now on. */
export function personAt(world: World, value: unknown): Account {
  const phone = phoneInJid(chatAt(world, value))
  if (phone === undefined) throw new NetworkError('not_found', `${String(value)} is no person`)
  return world.network.account(phone)
}

/** The persons in `[{ id }]`. */
export function personsIn(world: World, { body }: Call): readonly Account[] {
  const list = Array.isArray(body.participants) ? body.participants : []
  return list.flatMap((one) => (isRecord(one) ? [personAt(world, one.id)] : []))
}

/** A page out of a list. */
export function pageOf<Item>(items: readonly Item[], { query }: Call): readonly Item[] {
  const offset = Number(query.get('offset') ?? 0)
  const limit = query.get('limit')
  return items.slice(offset, limit === null ? undefined : offset + Number(limit))
}
