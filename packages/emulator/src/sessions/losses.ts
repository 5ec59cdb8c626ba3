import type { GatewayId, SessionPhase } from './session-types.ts'

/** Where a session is that has no way to WhatsApp, by what came before. */
export interface Losses {
  /** It was never connected. */
  readonly outOfReach: SessionPhase
  /** It had been connected. */
  readonly lost: SessionPhase
  /** WhatsApp does not let it in. */
  readonly barred: SessionPhase
  /** Another client took it over. */
  readonly replaced: SessionPhase
}

/** What each gateway makes of it. */
export const LOSSES: Readonly<Record<GatewayId, Losses>> = {
  waha: { outOfReach: 'starting', lost: 'starting', barred: 'failed', replaced: 'failed' },
  wawp: { outOfReach: 'starting', lost: 'starting', barred: 'failed', replaced: 'failed' },
  warest: { outOfReach: 'disconnected', lost: 'disconnected', barred: 'disconnected', replaced: 'conflict' },
  sparkbot: { outOfReach: 'starting', lost: 'disconnected', barred: 'failed', replaced: 'conflict' },
}

/** The interval at which an engine reports that it is starting, ms. */
export const TRY_MS = 2_000
/** So often, and then it gives up: after 118 s. */
export const TRIES = 59

/** How long WARest waits before it connects again: 1 s, then twice as long each time, at most 30 s. */
export function pauseBefore(attempt: number): number {
  return Math.min(1_000 * 2 ** (attempt - 1), 30_000)
}
