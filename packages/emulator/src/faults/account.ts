import { EmulatorError } from '../errors.ts'
import type { Account, Restrictions } from '../network/types.ts'
import type { Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import type { AccountFault } from './kinds.ts'
import { sessionsOf, tellLimits } from './limit-ends.ts'

/** Values of a fault after their check. */
export type Values = Readonly<Record<string, number | string>>

/** What an account fault is done to. */
export interface AccountParties {
  readonly state: State
  /** Absent for what is done to a phone. */
  readonly session: Session | undefined
  /** The phone that is meant, or that scans. */
  readonly phone: Account | undefined
  readonly values: Values
}

const MINUTE_MS = 60_000

/** What is done to a phone; all its sessions notice. */
export const PHONE_FAULTS: readonly AccountFault[] = ['banned', 'timelock', 'capping']

/** Puts an account or its session into each of the states; throws {@link EmulatorError} `conflict` where it cannot be in it now. */
export const DO: Readonly<Record<AccountFault, (parties: AccountParties) => void>> = {
  banned(parties) {
    const account = accountOf(parties)
    restrict(parties.state, account, { banned: true })
    for (const session of sessionsOf(parties.state, account)) session.bar()
  },

  timelock(parties) {
    const { state, values } = parties
    const account = accountOf(parties)
    const endsAt = state.clock.now() + Number(values.minutes) * MINUTE_MS
    restrict(state, account, { noNewChatsUntil: endsAt })
    tell(state, account, 'timelock')
    state.timelockEnds(endsAt - state.clock.now(), { phone: account.phone, until: endsAt })
  },

  capping(parties) {
    const { state, values } = parties
    const account = accountOf(parties)
    const now = state.clock.now()
    const cycle = { cycleStart: now, cycleEnd: now + Number(values.minutes) * MINUTE_MS }
    restrict(state, account, { newChats: { used: Number(values.used), quota: Number(values.quota), ...cycle } })
    tell(state, account, 'capping')
  },

  unpaid: (parties) => setStanding(parties, 'unpaid'),
  disabled: (parties) => setStanding(parties, 'disabled'),

  replaced(parties) {
    const session = sessionOf(parties)
    if (!session.replace()) throw wrongPhase(session, 'connected')
  },

  'logged-out'(parties) {
    const session = sessionOf(parties)
    if (!session.unlink()) throw new EmulatorError('conflict', `${nameOf(session)} is not linked to a phone`)
  },

  stuck: (parties) => sessionOf(parties).setStuck(true),

  crashed(parties) {
    const session = sessionOf(parties)
    if (!session.crash()) throw new EmulatorError('conflict', `${nameOf(session)} does not run`)
  },

  'qr-expired'(parties) {
    const session = sessionOf(parties)
    if (!session.expireQr(Number(parties.values.codes))) throw wrongPhase(session, 'pairing')
  },

  passkey(parties) {
    const session = sessionOf(parties)
    if (!session.askPasskey(parties.phone ?? parties.state.network.newAccount())) throw wrongPhase(session, 'pairing')
  },

  'passkey-confirmation'(parties) {
    const session = sessionOf(parties)
    if (session.phase !== 'passkey') DO.passkey(parties)
    session.answerPasskey()
  },
}

/** A state that lasts, and how it ends. */
export interface LastingState {
  readonly name: AccountFault
  /** Values that it was made with. */
  readonly values: Readonly<Record<string, number>>
  end(): void
}

/** The states that a phone is in until they end. */
export function statesOfPhone(state: State, account: Account): readonly LastingState[] {
  const { banned, noNewChatsUntil, newChats } = account.restrictions
  const now = state.clock.now()
  const states: LastingState[] = []
  if (banned) states.push({ name: 'banned', values: {}, end: () => pardon(state, account) })
  if (noNewChatsUntil !== undefined && now < noNewChatsUntil) {
    const end = () => {
      restrict(state, account, { noNewChatsUntil: state.clock.now() })
      tell(state, account, 'timelock')
    }
    states.push({ name: 'timelock', values: { minutes: Math.ceil((noNewChatsUntil - now) / MINUTE_MS) }, end })
  }
  if (newChats && now < newChats.cycleEnd) {
    const { used, quota, cycleEnd } = newChats
    const end = () => {
      restrict(state, account, { newChats: undefined })
      tell(state, account, 'capping')
    }
    states.push({ name: 'capping', values: { used, quota, minutes: Math.ceil((cycleEnd - now) / MINUTE_MS) }, end })
  }
  return states
}

/** The states that a session is in until they end. */
export function statesOfSession(state: State, session: Session): readonly LastingState[] {
  const { standing } = session.settings
  const states: LastingState[] = []
  if (session.stuck) states.push({ name: 'stuck', values: {}, end: () => session.setStuck(false) })
  if (standing === 'unpaid' || standing === 'disabled') {
    states.push({ name: standing, values: {}, end: () => setStanding({ state, session, phone: undefined, values: {} }, undefined) })
  }
  return states
}

function restrict(state: State, account: Account, changes: { readonly [Key in keyof Restrictions]?: Restrictions[Key] | undefined }): void {
  const restrictions = Object.fromEntries(
    Object.entries({ ...account.restrictions, ...changes }).filter(([, value]) => value !== undefined),
  )
  state.network.change(account, { restrictions })
}

function pardon(state: State, account: Account): void {
  restrict(state, account, { banned: undefined })
  for (const session of sessionsOf(state, account)) if (session.phase === 'disconnected') session.resume()
}

function tell(state: State, account: Account, changed: 'timelock' | 'capping'): void {
  tellLimits(state, account, changed, state.clock.now())
}

function setStanding(parties: AccountParties, standing: 'unpaid' | 'disabled' | undefined): void {
  const session = sessionOf(parties)
  if (standing === undefined) delete session.settings.standing
  else session.settings.standing = standing
  // of the gateways that know the standing of an account, only SparkBot reports a change of it
  if (session.gateway !== 'sparkbot') return
  parties.state.sessionEvents.emit(session, { type: 'session', phase: session.phase, at: parties.state.clock.now() })
}

function sessionOf({ session }: AccountParties): Session {
  if (!session) throw new EmulatorError('invalid', 'session: required')
  return session
}

function accountOf({ session, phone }: AccountParties): Account {
  const account = phone ?? session?.account
  if (!account)
    throw new EmulatorError('conflict', `${session ? nameOf(session) : 'it'} is not paired with a phone: scan its QR code first`)
  return account
}

function wrongPhase(session: Session, wanted: string): EmulatorError {
  return new EmulatorError('conflict', `${nameOf(session)} is ${session.phase}, not ${wanted}`)
}

function nameOf({ gateway, id }: Session): string {
  return `${gateway} session ${id}`
}
