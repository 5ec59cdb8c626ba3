import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import type { Answer } from '../../wire/answer.ts'
import type { Call } from '../handler.ts'
import { textOf } from '../http.ts'
import { type ConnectedSession, failure, inputOf } from './serialize.ts'

/** The key of a call, from any of the places where the server looks for it. */
export function keyOf({ headers, query }: Call): string | undefined {
  const [, bearer] = /^(?:Bearer|Token|APIKey)\s+(\S.*)$/i.exec(headers.get('authorization') ?? '') ?? []
  const places = [
    headers.get('x-warest-api-key'),
    headers.get('x-api-key'),
    headers.get('api-key'),
    query.get('api_key'),
    query.get('apikey'),
    query.get('apiKey'),
    bearer,
  ]
  return places.find((key) => key) ?? undefined
}

/** What the answers of groups and profile differ in. */
export interface SessionAnswers {
  /** When the call names neither a session nor a number. */
  readonly unnamed: () => Answer
  /** When no open session of the user has the number. */
  readonly noNumber: () => Answer
}

/** The user's connected session, or the error answer of the calls of groups and profile. */
export function requireConnected(state: State, call: Call, adminKey: string, answers: SessionAnswers): ConnectedSession | Answer {
  const fields = inputOf(call)
  const id = textOf(fields.sessionId) ?? textOf(fields.id) ?? textOf(fields.session)
  const isOwn = ({ settings }: Session) => (settings.owner ?? adminKey) === keyOf(call)
  const all = state.sessions('warest')
  if (id === undefined) {
    const digits = (textOf(fields.phone) ?? textOf(fields.number) ?? '').replace(/\D+/g, '')
    if (digits === '') return answers.unnamed()
    const session = all.list().find((one) => one.phase === 'connected' && one.account?.phone === digits && isOwn(one))
    return session?.account ? { session, account: session.account } : answers.noNumber()
  }
  if (!/^[\w.-]{1,64}$/.test(id)) return failure(400, 2002, 'sessionId is invalid')
  const session = all.get(id)
  if (!session) return failure(404, 1101, 'Session not found')
  if (!isOwn(session)) return failure(403, 2201, 'Forbidden')
  const account = session.phase === 'connected' ? session.account : undefined
  return account ? { session, account } : failure(409, 1106, 'Login required (scan QR or pairing)')
}
