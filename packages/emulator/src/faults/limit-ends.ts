import type { StartTimer, Timers } from '../clock/timers.ts'
import type { Network } from '../network/network.ts'
import type { Account } from '../network/types.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { SessionEvents } from '../sessions/session-events.ts'

/** A timelock that is over at some time, unless it was changed meanwhile. */
export interface TimelockEnd {
  readonly phone: string
  /** ms since the epoch. */
  readonly until: number
}

interface Told {
  readonly network: Pick<Network, 'account'>
  readonly sessionEvents: Pick<SessionEvents, 'emit'>
  sessions(gateway: GatewayId): { list(): readonly Session[] }
}

/** Sessions that are paired with a phone. */
export function sessionsOf(state: Pick<Told, 'sessions'>, account: Account): readonly Session[] {
  const all = (['waha', 'wawp', 'warest', 'sparkbot'] as const).flatMap((gateway) => state.sessions(gateway).list())
  return all.filter((session) => session.account === account)
}

/** Tells the sessions of a phone that WhatsApp changed what it may do. */
export function tellLimits(state: Told, account: Account, changed: 'timelock' | 'capping', at: number): void {
  for (const session of sessionsOf(state, account)) {
    if (session.phase === 'connected') state.sessionEvents.emit(session, { type: 'limits', changed, at })
  }
}

/** Lets sessions hear when a timelock is over. */
export function createTimelockEnds(timers: Timers, told: Told, now: () => number): StartTimer<TimelockEnd> {
  return timers.kind('account/timelock-end', ({ phone, until }: TimelockEnd) => {
    const account = told.network.account(phone)
    if (account.restrictions.noNewChatsUntil === until) tellLimits(told, account, 'timelock', now())
  })
}
