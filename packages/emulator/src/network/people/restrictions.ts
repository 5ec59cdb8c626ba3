import { AccountLimited } from '../../errors.ts'
import type { Account, Restrictions } from '../types.ts'
import type { People } from './people.ts'

/** How near an account is to its quota of new chats, in WhatsApp's words. */
export type CappingStatus = 'NONE' | 'FIRST_WARNING' | 'SECOND_WARNING' | 'CAPPED'

// from which share of the quota on it warns is not known
const FIRST_WARNING = 0.8
const SECOND_WARNING = 0.9

/** How near an account is to its quota now. */
export function cappingStatus({ used, quota, cycleEnd }: NonNullable<Restrictions['newChats']>, now: number): CappingStatus {
  if (now >= cycleEnd) return 'NONE'
  if (used >= quota) return 'CAPPED'
  if (used >= quota * SECOND_WARNING) return 'SECOND_WARNING'
  return used >= quota * FIRST_WARNING ? 'FIRST_WARNING' : 'NONE'
}

/** Whether an account may begin no chats at the moment. */
export function isTimelocked({ noNewChatsUntil }: Restrictions, now: number): boolean {
  return noNewChatsUntil !== undefined && now < noNewChatsUntil
}

/**
 * An account begins a chat with somebody; counts for its quota.
 *
 * @returns the error with which WhatsApp refuses it; `undefined` when it lets it
 */
export function beginChat(people: People, account: Account, now: number): AccountLimited | undefined {
  const { restrictions } = account
  if (isTimelocked(restrictions, now)) return new AccountLimited(463)
  const { newChats } = restrictions
  if (!newChats || now >= newChats.cycleEnd) return undefined
  if (newChats.used >= newChats.quota) return new AccountLimited(475)
  people.change(account, { restrictions: { ...restrictions, newChats: { ...newChats, used: newChats.used + 1 } } })
  return undefined
}
