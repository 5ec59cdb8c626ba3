import { AccountLimited, NetworkError } from '../../errors.ts'
import type { Account } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { ENGINE_STATUS } from '../waha/serialize.ts'
import { type Failure, failureBody } from './errors.ts'

/** Ends a handler with Wawp's error answer. */
export class Refusal extends Error {
  override readonly name: string = 'Refusal'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.message)
    this.failure = failure
  }
}

/** What the handlers of Wawp's face share. */
export interface RequestContext {
  readonly state: State
  fail(call: Call, failure: Failure): Answer
  invalidSession(call: Call, message: string): Answer
  /** Makes a handler that needs the instance named by the call. */
  withInstance(act: (session: Session, call: Call) => Answer | Promise<Answer>): Handler
  /** Makes a handler that needs an instance waiting to be paired. */
  pairing(act: (session: Session, call: Call) => Answer | Promise<Answer>): Handler
  /** Lets a handler answer for connected instances only. */
  onlyConnected(handler: Handler): Handler
  /** Makes a handler that needs a connected instance. `act` gives the body of the answer, or throws a {@link Refusal}. */
  connected(act: (account: Account, call: Call, session: Session) => unknown): Handler
}

/** The answer that Wawp's documentation shows for most calls. */
export const SUCCESS: Readonly<Record<string, unknown>> = { success: true, message: 'Operation completed successfully' }

const STATUS_OF: Readonly<Record<NetworkError['code'], number>> = { invalid: 400, not_found: 404, forbidden: 403, conflict: 409 }

export function createRequestContext(state: State): RequestContext {
  const sessions = state.sessions('wawp')

  function fail(call: Call, failure: Failure): Answer {
    return failureBody(call, failure, state.settings.wawpErrors)
  }

  const invalidSession = (call: Call, message: string) => fail(call, { status: 404, code: 'invalid_session', message })

  const withInstance: RequestContext['withInstance'] = (act) => (call) => {
    const id = field(call, 'instance_id')
    if (id === undefined) return fail(call, { status: 400, message: 'instance_id is required' })
    const session = sessions.get(id)
    return session ? act(session, call) : invalidSession(call, `There is no session for instance ${id}`)
  }

  function notNow(session: Session, call: Call): Answer {
    const status = ENGINE_STATUS[session.phase]
    if (session.phase === 'failed') return invalidSession(call, `The session is ${status}: its phone is no longer linked`)
    return fail(call, { status: 400, message: `Session status is not as expected: ${status}` })
  }

  return {
    state,
    fail,
    invalidSession,
    withInstance,

    pairing: (act) =>
      withInstance(async (session, call) => {
        await session.settled()
        return session.phase === 'pairing' ? act(session, call) : notNow(session, call)
      }),

    onlyConnected: (handler) =>
      withInstance(async (session, call) => {
        await session.settled()
        return session.phase === 'connected' ? handler(call) : notNow(session, call)
      }),

    connected: (act) =>
      withInstance(async (session, call) => {
        await session.settled()
        const { account, phase } = session
        if (phase !== 'connected' || !account) return notNow(session, call)
        try {
          return json(200, await act(account, call, session))
        } catch (error) {
          if (error instanceof Refusal) return fail(call, error.failure)
          if (error instanceof AccountLimited) return fail(call, { status: 500, code: 'wawp_upstream_error', message: error.message })
          if (error instanceof NetworkError) return fail(call, { status: STATUS_OF[error.code], message: error.message })
          throw error
        }
      }),
  }
}

/** Whether the subscription of an instance is not paid. */
export function isUnpaid({ settings }: Session): boolean {
  return settings.standing === 'unpaid'
}

// the body wins: a POST has its credentials there
export function field({ body, query }: Call, name: string): string | undefined {
  return textOf(body[name]) ?? textOf(query.get(name))
}

/**
 * A required text of body or query.
 *
 * @throws {Refusal} when it is missing or empty
 */
export function required(call: Call, name: string): string {
  const value = field(call, name)
  if (value === undefined) throw new Refusal({ status: 400, message: `${name} is required` })
  return value
}

/**
 * A required text of body or query, which may be empty.
 *
 * @throws {Refusal} when it is missing
 */
export function given(call: Call, name: string): string {
  const value = call.body[name] ?? call.query.get(name)
  if (typeof value !== 'string') throw new Refusal({ status: 400, message: `${name} is required` })
  return value
}

/** A boolean of body or query, also as text. */
export function flag({ body, query }: Call, name: string): boolean | undefined {
  const value = body[name] ?? query.get(name) ?? undefined
  return value === undefined ? undefined : value === true || value === 'true'
}

/**
 * The JID of the chat that a call names.
 *
 * @throws {Refusal}
 */
export function chatIn(context: RequestContext, call: Call, name = 'chatId'): string {
  const value = call.params[name] ?? field(call, name)
  const chat = context.state.network.chatOf(value)
  if (chat !== undefined) return chat
  if (value?.endsWith('@lid')) throw new Refusal({ status: 404, message: `There is no chat ${value}` })
  throw new Refusal({ status: 400, message: `${name} is required: a chat id such as 4915112345678@c.us` })
}

/**
 * The phone that a call names.
 *
 * @throws {Refusal}
 */
export function personIn(context: RequestContext, call: Call, name: string): Account {
  return personAt(context, chatIn(context, call, name))
}

/**
 * The phone behind a JID.
 *
 * @throws {Refusal}
 */
export function personAt({ state }: RequestContext, jid: unknown): Account {
  const chat = state.network.chatOf(jid)
  if (chat === undefined || !chat.endsWith('@c.us')) throw new Refusal({ status: 400, message: `There is no person ${String(jid)}` })
  return state.network.account(chat.replace('@c.us', ''))
}

/** The part of a list that `offset` and `limit` ask for. */
export function page<Row>(call: Call, rows: readonly Row[]): readonly Row[] {
  const offset = Number(field(call, 'offset') ?? 0)
  const limit = field(call, 'limit')
  return rows.slice(offset, limit === undefined ? undefined : offset + Number(limit))
}

/** A list of the body; empty when it is no list. */
export function listIn({ body }: Call, name: string): readonly unknown[] {
  const value = body[name]
  return Array.isArray(value) ? value : []
}

/** Ids of the objects in a list in the body. */
export function idsIn(call: Call, name: string): readonly string[] {
  return listIn(call, name).flatMap((one) => textOf(isRecord(one) ? one.id : one) ?? [])
}
