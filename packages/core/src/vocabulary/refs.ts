import type { SessionRef } from './session.ts'

/**
 * A person, group or channel: an E.164 number (`+4915112345678`), a JID (`…@c.us`, `…@s.whatsapp.net`, `…@g.us`, `…@newsletter`, `…@lid`),
 * or what `phone()`, `group()`, `channel()` and `lid()` give.
 */
export type AddressInput = string | Address

/** Names a chat. */
export interface ChatRef extends SessionRef {
  /** Whom the chat is with: E.164 number, JID or address. */
  readonly chat: AddressInput
}

/** Names a message. */
export interface MessageRef extends ChatRef {
  /** The gateway's id of the message, as `id` of a result or event has it. */
  readonly message: string
}

/** Names a person. */
export interface ContactRef extends SessionRef {
  /** E.164 number, JID or address of the person. */
  readonly contact: AddressInput
}

/** Names a group. */
export interface GroupRef extends SessionRef {
  /** The group's JID (`…@g.us`). */
  readonly group: AddressInput
}

/** Names a channel. */
export interface ChannelRef extends SessionRef {
  /** The channel's JID (`…@newsletter`). */
  readonly channel: AddressInput
}

/** The result of a verb that only reports success. */
export interface Acknowledged<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Always true: failures throw. */
  readonly done: true
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/**
 * A recipient. `user` is the number (E.164 without plus), the id of a group or channel, or a LID without its server.
 *
 * Some kinds occur only in lists of chats: `bot` is an assistant, `hosted` and `hosted-lid` a business whose account a company runs,
 * `interop` and `msgr` people at another messenger, `service` WhatsApp itself (`0@c.us`).
 */
export interface Address {
  /** Which kind of JID it is. */
  readonly kind: 'phone' | 'group' | 'channel' | 'lid' | 'broadcast' | 'bot' | 'hosted' | 'hosted-lid' | 'interop' | 'msgr' | 'service'
  /** The part of the JID before the @. */
  readonly user: string
}
