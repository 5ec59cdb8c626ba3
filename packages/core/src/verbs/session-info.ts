import type { Manifest } from '../vocabulary/manifest.ts'
import type { AccountLimits, AccountState, Challenge, NextAction, SessionInfo, SessionState } from '../vocabulary/session.ts'

/** One word of a gateway for a session's state, in ours. */
export interface StateMeaning {
  readonly state: SessionState
  readonly challenge?: Challenge
}

/** A gateway's words for session states; the types keep it complete over what its document lists. */
export type StateTable<Word extends string> = Readonly<Record<Word, StateMeaning>>

/** Looks a gateway's word up; one that is not in the table is `unknown`, never an error. */
export function meaningOf(table: Readonly<Record<string, StateMeaning>>, word: unknown): StateMeaning {
  return typeof word === 'string' && Object.hasOwn(table, word) ? (table[word] ?? { state: 'unknown' }) : { state: 'unknown' }
}

const NEXT: Readonly<Record<SessionState, readonly NextAction[]>> = {
  stopped: ['start'],
  starting: ['wait', 'restart'],
  pairing: ['scan'],
  connecting: ['wait'],
  connected: [],
  disconnected: ['wait', 'restart'],
  logged_out: ['start', 'scan', 'reset'],
  conflict: ['restart'],
  failed: ['restart', 'logout', 'reset'],
  unknown: [],
}
const NEXT_FOR_ACCOUNT: Partial<Record<AccountState, readonly NextAction[]>> = { unpaid: ['pay'], banned: [], disabled: [], removed: [] }
const NOT_VERBS: readonly NextAction[] = ['scan', 'pay', 'wait']

export interface SessionFacts<Raw> extends StateMeaning {
  readonly session: string
  readonly account?: AccountState
  readonly me?: SessionInfo['me'] | undefined
  readonly reason?: string | undefined
  readonly limits?: AccountLimits | undefined
  readonly raw: Raw
}

/** Completes what a plugin knows about a session; next actions are only such as the gateway has. */
export function sessionInfo<Raw>(manifest: Manifest, facts: SessionFacts<Raw>): SessionInfo<Raw> {
  const { session, state, challenge, me, reason, limits, raw } = facts
  const account = facts.account ?? 'unknown'
  // a plugin of another version may know states that this core does not
  const byState = Object.hasOwn(NEXT, state) ? NEXT[state] : []
  const actions = (Object.hasOwn(NEXT_FOR_ACCOUNT, account) ? NEXT_FOR_ACCOUNT[account] : undefined) ?? byState
  const nextActions = actions.filter((action) => NOT_VERBS.includes(action) || Object.hasOwn(manifest.capabilities, `session.${action}`))
  return {
    session,
    state,
    ...(challenge ? { challenge } : {}),
    account,
    nextActions,
    ...(reason ? { reason } : {}),
    ...(limits ? { limits } : {}),
    ...(me && Object.keys(me).length > 0 ? { me } : {}),
    raw,
  }
}

/** The paired account from its JID (`4915112345678:7@s.whatsapp.net`) and name; nothing when neither is known. */
export function accountOf(jid: unknown, name: unknown): SessionInfo['me'] {
  const id = typeof jid === 'string' && jid !== '' ? jid : undefined
  const phone = id && /^(\d{5,})(?::\d+)?(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(id)?.[1]
  if (!id && typeof name !== 'string') return undefined
  return { ...(id ? { jid: id } : {}), ...(phone ? { phone: `+${phone}` } : {}), ...(typeof name === 'string' && name ? { name } : {}) }
}
