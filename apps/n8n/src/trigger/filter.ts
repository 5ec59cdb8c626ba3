import { createIdentities, type GatewayEvent, happenedIn, type Identities, placeOf } from '@wamux/core'

/** What is let through. */
export interface Filter {
  readonly types: readonly string[]
  readonly ignoreOwn: boolean
  readonly chats: 'all' | 'direct' | 'group'
  /** Ids of the only chats that count; empty: all. */
  readonly only: readonly string[]
  /** Ids of the only people that count; empty: all. */
  readonly people: readonly string[]
  /** Types of the only messages that count; empty: all. */
  readonly messageTypes: readonly string[]
  /** Lower case; empty: any text. */
  readonly contains: string
  readonly pattern: RegExp | undefined
}

// a pattern is the user's own, the text is anybody's: what a pattern needs may grow with it
const TEXT_SEARCHED = 2_000

/**
 * Whether an event is one that was asked for. What a filter is about and an event does not tell passes it.
 *
 * @param identities who is who, so that a person chosen by number is met under a LID too
 */
export function lets(filter: Filter, event: GatewayEvent, identities: Identities = createIdentities()): boolean {
  const { types, chats, only } = filter
  if (!types.includes(event.type)) return false
  if (!letsMessage(filter, event)) return false
  const who = authorOf(event)
  if (filter.people.length > 0 && who !== undefined && !filter.people.some((one) => identities.same(event.session, one, who))) return false
  const { chat } = placeOf(event)
  if (chat === undefined) return true
  const group = chat.endsWith('@g.us')
  if ((chats === 'group' && !group) || (chats === 'direct' && group)) return false
  return only.length === 0 || happenedIn(event, only, identities)
}

function letsMessage({ ignoreOwn, messageTypes, contains, pattern }: Filter, event: GatewayEvent): boolean {
  if (ignoreOwn && event.type === 'message.sent') return false
  const message = messageOf(event)
  if (!message) return true
  if (ignoreOwn && message.fromMe === true) return false
  if (messageTypes.length > 0 && !messageTypes.includes(String(message.type))) return false
  const text = typeof message.text === 'string' ? message.text : ''
  if (contains !== '' && !text.toLowerCase().includes(contains)) return false
  return pattern === undefined || pattern.test(text.slice(0, TEXT_SEARCHED))
}

/** The message that an event brings along. */
export function messageOf({ data }: GatewayEvent): Readonly<Record<string, unknown>> | undefined {
  const { message } = data as { message?: unknown }
  return typeof message === 'object' && message !== null ? (message as Record<string, unknown>) : undefined
}

function authorOf(event: GatewayEvent): string | undefined {
  const message = messageOf(event)
  // of a chat with one person, some gateways tell the chat alone
  const found = message ? (message.from ?? message.chat) : (event.data as { from?: unknown }).from
  return typeof found === 'string' && found !== '' ? found : undefined
}
