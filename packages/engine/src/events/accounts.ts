import { type CallOptions, type Clock, lidOfJid, type Message } from '@wamux/core'
import { recordOf } from '../fields/fields.ts'
import { ownMessage } from './event-person.ts'

/** How long the account of a session is remembered, ms: it changes only when another phone is paired. */
const ACCOUNT_MS = 60_000

/** Asks for the account of a session, `{ id, lid }`. */
export type AskAccount = (session: string, options: CallOptions | undefined) => Promise<unknown>

/**
 * Asks for the account of a session at most once a minute. In groups engines do not always mark the account's own messages, which are then
 * recognised by its LID.
 *
 * @param clock source of time
 * @param ask asks the gateway
 * @returns `ask` with a cache
 */
export function rememberAccounts(clock: Clock, ask: AskAccount): AskAccount {
  const known = new Map<string, { readonly me: unknown; readonly until: number }>()
  return async (session, options) => {
    const before = known.get(session)
    if (before && before.until > clock.now()) return before.me
    const me = await ask(session, options)
    // before a phone is paired the answer is empty
    if (recordOf(me)) known.set(session, { me, until: clock.now() + ACCOUNT_MS })
    return me
  }
}

/**
 * Recognises the account's own messages in groups, where they come under its LID and are not marked.
 *
 * @param messages messages of any chat
 * @param account asks for the account; called only when a message may be its own. A failure leaves the messages as they are
 * @returns the messages, own ones with `fromMe`
 */
export async function recogniseOwn<M extends Message>(messages: readonly M[], account: () => Promise<unknown>): Promise<readonly M[]> {
  if (!messages.some(mayBeOwn)) return messages
  const me = await account().catch(() => undefined)
  return messages.map((message) => ownMessage(message, me))
}

/** True for a message in a group whose author is a LID, which may be the account's own. */
function mayBeOwn({ chat, from, fromMe }: Message): boolean {
  return !fromMe && chat.endsWith('@g.us') && lidOfJid(from) !== undefined
}
