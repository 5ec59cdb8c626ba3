import { NetworkError } from '../../errors.ts'
import type { Account } from '../../network/types.ts'
import type { Session, SessionPhase } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call } from '../handler.ts'
import { textOf } from '../http.ts'

/** WARest's session states. It has none for waiting for a scan and none for failed: an unlinked session pairs again by itself. */
export const SESSION_STATUS: Readonly<Record<SessionPhase, string>> = {
  stopped: 'stopped',
  starting: 'starting',
  pairing: 'connecting',
  connecting: 'connecting',
  connected: 'open',
  disconnected: 'reconnecting',
  conflict: 'replaced',
  failed: 'logged_out',
  // it knows no passkeys
  passkey: 'connecting',
  passkey_confirmation: 'connecting',
}

export function success(status: number, code: number, message: string, results: readonly unknown[]): Answer {
  return json(status, { status: true, code, message, results })
}

/** A success of the calls below `/chats`, which have one object. */
export function successOne(message: string, result: unknown): Answer {
  return json(200, { status: true, code: 1000, message, result })
}

/** A failure; messages have `null` where the others have an empty list. */
export function failure(status: number, code: number, message: string, results: readonly [] | null = []): Answer {
  return json(status, { status: false, code, message, results })
}

/** A failure with more details. */
export function failed(status: number, code: number, message: string, results: readonly unknown[]): Answer {
  return json(status, { status: false, code, message, results })
}

/** A failure of the calls below `/chats`. */
export function failureOne(status: number, code: number, message: string): Answer {
  return json(status, { status: false, code, message, result: null })
}

/** A connected session and its account. */
export interface ConnectedSession {
  readonly session: Session
  readonly account: Account
}

/** The connected session that a call names; for messages and chats an unknown one and one that is not open look the same. */
export function findConnected(state: State, id: unknown): ConnectedSession | undefined {
  const session = state.sessions('warest').get(textOf(id) ?? '')
  const account = session?.phase === 'connected' ? session.account : undefined
  return session && account ? { session, account } : undefined
}

/** Query, JSON and form fields together. */
export function inputOf({ query, body, form }: Call): Readonly<Record<string, unknown>> {
  return { ...Object.fromEntries(query), ...body, ...Object.fromEntries(form ?? []) }
}

/** A JID as WARest writes it. */
export function toWarestJid(jid: string): string {
  return jid.replace(/@c\.us$/, '@s.whatsapp.net')
}

/**
 * A JID as WARest understands it; empty for what has no digits. Everything with an `@` that it does not know is read as a number, hidden
 * ids too, and numbers that begin with 0 as Indonesian ones.
 */
export function parseWarestJid(value: unknown): string {
  const raw = String(value ?? '').trim()
  if (/@(s\.whatsapp\.net|g\.us|newsletter|broadcast)$/i.test(raw)) return raw
  if (/@c\.us$/i.test(raw)) return toWarestJid(raw.toLowerCase())
  const digits = raw.replace(/\D+/g, '').replace(/^00/, '').replace(/^0+/, '62')
  return digits === '' ? '' : `${digits}@s.whatsapp.net`
}

export function isTrue(value: unknown, otherwise: boolean = false): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return otherwise
  return ['1', 'true', 'yes', 'y', 'on'].includes(value.trim().toLowerCase())
}

/** Unix seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}

const REFUSALS: Readonly<Record<NetworkError['code'], string>> = {
  not_found: 'item-not-found',
  forbidden: 'forbidden',
  invalid: 'bad-request',
  conflict: 'conflict',
}

/**
 * WhatsApp's error text for a refusal, which WARest passes on.
 *
 * @throws the error itself when it is no refusal
 */
export function networkErrorText(error: unknown): string {
  if (!(error instanceof NetworkError)) throw error
  return REFUSALS[error.code]
}

/**
 * Does something that WhatsApp may refuse.
 *
 * @returns whether it was accepted
 */
export function succeeds(act: () => unknown): boolean {
  try {
    act()
    return true
  } catch (error) {
    networkErrorText(error)
    return false
  }
}
