import { EmulatorError } from '../errors.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { GatewayId, Session, SessionPhase } from '../sessions/session.ts'
import type { State } from '../state.ts'

/** Ids of the emulated gateways. */
export const GATEWAYS: readonly GatewayId[] = ['waha', 'wawp', 'warest', 'sparkbot']

/** One session of one gateway. */
export interface SessionTarget {
  /** Which gateway. */
  readonly gateway: GatewayId
  /** Session id at the gateway. */
  readonly session: string
}

/** A session as the control shows it. */
export interface SessionView {
  /** Which gateway. */
  readonly gateway: GatewayId
  /** Session id at the gateway. */
  readonly session: string
  /** Its state. */
  readonly state: SessionPhase
  /** Digits of the phone it is paired with. */
  readonly phone?: string
  /** Text of the QR code that waits for a scan. */
  readonly qr?: string
  /** Pairing code that waits to be typed. */
  readonly code?: string
}

/**
 * The session that somebody names.
 *
 * @throws {EmulatorError} `not_found`: there is none; `invalid`: it is not named
 */
export function findSession(state: State, { gateway, session: id }: SessionTarget): Session {
  if (!GATEWAYS.includes(gateway)) throw new EmulatorError('invalid', `gateway: expected one of ${GATEWAYS.join(', ')}`)
  if (typeof id !== 'string' || id === '') throw new EmulatorError('invalid', 'session: required')
  const store = state.sessions(gateway)
  const session = store.get(id)
  if (session) return session
  const known = store.list().map((one) => one.id)
  const hint = known.length > 0 ? `it has ${known.join(', ')}` : 'it has none: create one through its API'
  throw new EmulatorError('not_found', `${gateway} has no session ${id}; ${hint}`)
}

/**
 * A number that may be left out.
 *
 * @throws {EmulatorError} `invalid`: it is no number
 */
export function phoneFrom(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  const phone = parsePhone(value)
  if (phone === undefined) throw new EmulatorError('invalid', `phone: expected a number with country code, not ${JSON.stringify(value)}`)
  return phone
}

/** The refusal of a session that is not pairing. */
export function notPairing(session: Session): EmulatorError {
  const hint = { stopped: 'start it first', starting: 'wait a moment', connected: 'it is paired already' }[session.phase as string]
  return new EmulatorError('conflict', `${nameOf(session)} is ${session.phase}, not pairing${hint ? `: ${hint}` : ''}`)
}

/** What messages call a session. */
export function nameOf({ gateway, id }: Session): string {
  return `${gateway} session ${id}`
}

/** A session as the control shows it. */
export function viewSession(session: Session): SessionView {
  const { gateway, id, phase, account, qr, code } = session
  return {
    gateway,
    session: id,
    state: phase,
    ...(account ? { phone: account.phone } : {}),
    ...(qr ? { qr: qr.value } : {}),
    ...(code === undefined ? {} : { code }),
  }
}

/** The sessions of all gateways. */
export function allSessions(state: State): readonly Session[] {
  return GATEWAYS.flatMap((gateway) => state.sessions(gateway).list())
}
