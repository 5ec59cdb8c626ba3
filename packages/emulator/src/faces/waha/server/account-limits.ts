import { cappingStatus, isTimelocked } from '../../../network/people/restrictions.ts'
import type { Account } from '../../../network/types.ts'

const seconds = (ms: number) => Math.floor(ms / 1000)

/** The timelock of an account as WAHA shows it. */
export function timelockOf({ restrictions }: Account, now: number): Record<string, unknown> {
  const { noNewChatsUntil } = restrictions
  const isActive = isTimelocked(restrictions, now)
  return { enforcementType: 'DEFAULT', isActive, timeEnforcementEnds: noNewChatsUntil === undefined ? null : seconds(noNewChatsUntil) }
}

/** The quota of new chats of an account as WAHA shows it; -1 means that there is none. */
export function cappingOf({ restrictions: { newChats } }: Account, now: number): Record<string, unknown> {
  const more = { mvStatus: 'NOT_ELIGIBLE', oteStatus: 'NOT_ELIGIBLE' }
  if (!newChats) return { cappingStatus: 'NONE', totalQuota: -1, usedQuota: 0, cycleStart: null, cycleEnd: null, ...more }
  const { used, quota, cycleStart, cycleEnd } = newChats
  const cycle = { cycleStart: seconds(cycleStart), cycleEnd: seconds(cycleEnd) }
  return { cappingStatus: cappingStatus(newChats, now), totalQuota: quota, usedQuota: used, ...cycle, ...more }
}

/** The limits that the engine shows of its account: those that WhatsApp has reported to it. */
export function limitsOf(account: Account, now: number): Record<string, unknown> {
  const { noNewChatsUntil, newChats } = account.restrictions
  return {
    ...(noNewChatsUntil === undefined ? {} : { reachoutTimelock: timelockOf(account, now) }),
    ...(newChats ? { messageCapping: cappingOf(account, now) } : {}),
  }
}
