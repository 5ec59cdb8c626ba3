import { type AccountState, type GatewayBase, GatewayError, type SessionState, supports } from '@wamux/core'
import type { Pause } from '../store/store.ts'

/** Whether a number can send, as its gateway tells it. */
export interface SessionCheck {
  /** What is in the way; absent when nothing is. */
  readonly trouble?: { readonly cause: Pause['cause']; readonly reason: string }
  /** WhatsApp accepts no chats with new people; `until` is ms since the epoch, if known. */
  readonly limited?: { readonly until: number | undefined }
}

const ACCOUNTS: readonly AccountState[] = ['unpaid', 'disabled', 'banned', 'removed']
// what a gateway has no word for is tried: the send tells
const READY: readonly SessionState[] = ['connected', 'unknown']

/** Asks a gateway whether a session can send. A gateway without `session.get` is taken to be ready. */
export async function checkSession(gateway: GatewayBase, session: string): Promise<SessionCheck> {
  if (!supports(gateway, 'session.get')) return {}
  try {
    const { state, account, limits, reason } = await gateway.session.get({ session })
    const told = reason ? ` (${reason})` : ''
    if (ACCOUNTS.includes(account)) return { trouble: { cause: 'account', reason: `The account is ${account}${told}.` } }
    if (!READY.includes(state)) return { trouble: { cause: 'not_connected', reason: `The session is ${state.replace('_', ' ')}${told}.` } }
    return limits?.newChats === 'refused' ? { limited: { until: limits.until } } : {}
  } catch (error) {
    const auth = GatewayError.is(error) && (error.kind === 'auth' || error.kind === 'permission')
    const reason = `The session could not be asked: ${error instanceof Error ? error.message : 'unexpected error'}`
    return { trouble: { cause: auth ? 'credentials' : 'not_connected', reason } }
  }
}
