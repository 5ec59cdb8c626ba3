import type { SessionRef } from './session.ts'

/**
 * A person, group or channel: an E.164 number (`+4915112345678`), a JID (`…@c.us`, `…@s.whatsapp.net`, `…@g.us`, `…@newsletter`, `…@lid`),
 * or what `phone()`, `group()`, `channel()` and `lid()` give.
 */
export type AddressInput = string | Address

export interface ChatRef extends SessionRef {
  /** Whom the chat is with: number, JID or address. */
  readonly chat: AddressInput
}

export interface MessageRef extends ChatRef {
  /** The gateway's id of the message, as `id` of a result or event has it. */
  readonly message: string
}

export interface ContactRef extends SessionRef {
  /** Number, JID or address of a person. */
  readonly contact: AddressInput
}

export interface GroupRef extends SessionRef {
  /** The group's JID (`…@g.us`). */
  readonly group: AddressInput
}

export interface ChannelRef extends SessionRef {
  /** The channel's JID (`…@newsletter`). */
  readonly channel: AddressInput
}

/** A verb that only does something has done it. */
export interface Acknowledged<Raw = unknown> {
  readonly session: string
  readonly done: true
  readonly raw: Raw
}

/**
 * Who a message goes to. `user` is the number (E.164 without plus), the group or channel id, or the hidden id of a LID.
 * `bot` is an assistant, `hosted` and `hosted-lid` a business whose account a company runs, `interop` and `msgr` somebody at another
 * messenger, `service` WhatsApp itself (`0@c.us`): gateways list their chats, so that they can be named.
 */
export interface Address {
  readonly kind: 'phone' | 'group' | 'channel' | 'lid' | 'broadcast' | 'bot' | 'hosted' | 'hosted-lid' | 'interop' | 'msgr' | 'service'
  readonly user: string
}
