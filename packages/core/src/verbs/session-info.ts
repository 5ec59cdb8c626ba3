import type { Manifest } from '../vocabulary/manifest.ts'
import type { AccountLimits, AccountState, Challenge, NextAction, SessionInfo, SessionState } from '../vocabulary/session.ts'

/** What a gateway's name for a session state means in the vocabulary. */
export interface StateMeaning {
  /** The state. */
  readonly state: SessionState
  /** What the phone has to do, in the state `pairing`. */
  readonly challenge?: Challenge
}

/** A gateway's names for session states. The type requires an entry for every name in its document. */
export type StateTable<Word extends string> = Readonly<Record<Word, StateMeaning>>

/**
 * Looks up a gateway's name for a session state.
 *
 * @param table the names of the gateway
 * @param word what the gateway wrote
 * @returns the meaning; `unknown` for a name that is not in the table
 */
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

/** What a plugin knows about a session. */
export interface SessionFacts<Raw> extends StateMeaning {
  /** Session id. */
  readonly session: string
  /** State of the account. Default `unknown`. */
  readonly account?: AccountState
  /** The paired account. */
  readonly me?: SessionInfo['me'] | undefined
  /** Why the session is in this state, in the gateway's words. */
  readonly reason?: string | undefined
  readonly limits?: AccountLimits | undefined
  /** The gateway's response. */
  readonly raw: Raw
}

/**
 * Completes what a plugin knows about a session with the next actions. Actions that are verbs are only named when the gateway has them.
 *
 * @param manifest of the gateway
 * @param facts what the plugin knows
 */
export function sessionInfo<Raw>(manifest: Manifest, facts: SessionFacts<Raw>): SessionInfo<Raw> {
  const { session, state, challenge, me, reason, limits, raw } = facts
  const account = facts.account ?? 'unknown'
  // a plugin of a newer version may use states that this core does not know
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

/**
 * The paired account.
 *
 * @param jid its JID: `4915112345678:7@s.whatsapp.net`
 * @param name its display name
 * @returns `undefined` when neither is known
 */
export function accountOf(jid: unknown, name: unknown): SessionInfo['me'] {
  const id = typeof jid === 'string' && jid !== '' ? jid : undefined
  const phone = id && /^(\d{5,})(?::\d+)?(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(id)?.[1]
  if (!id && typeof name !== 'string') return undefined
  return { ...(id ? { jid: id } : {}), ...(phone ? { phone: `+${phone}` } : {}), ...(typeof name === 'string' && name ? { name } : {}) }
}
