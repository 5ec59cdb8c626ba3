/** A message as the suite's test gateway knows it, whichever way it went. */
export interface PhoneMessage {
  /** WhatsApp's id; the gateway's own may contain it. */
  readonly id: string
  /** Digits of the phone that wrote. */
  readonly from: string
  /** Digits of the phone, or the JID of the group, channel or status that it went to. */
  readonly to: string
  /** `text`, `image`, `video`, `audio`, `voice`, `document`, `sticker`, `location`, `contact`, `poll` */
  readonly type: string
  readonly text: string
  /** `PENDING`, `SERVER`, `DEVICE`, `READ`, `PLAYED`, `ERROR` */
  readonly ack: string
  readonly media?: { readonly mimetype: string; readonly filename?: string; readonly url: string }
  readonly place?: { readonly latitude: number; readonly longitude: number }
  readonly cards?: readonly { readonly name: string; readonly phone?: string | undefined; readonly vcard?: string | undefined }[]
  readonly poll?: { readonly question: string; readonly options: readonly string[]; readonly multiple: boolean }
  readonly replyTo?: string
  /** JIDs. */
  readonly mentions?: readonly string[]
  readonly forwarded?: boolean
  readonly revoked?: boolean
  readonly pinned?: boolean
  /** Emoji by the digits of phones. */
  readonly reactions?: Readonly<Record<string, string>>
}

export interface PhoneFile {
  readonly base64: string
  readonly mimetype: string
  readonly filename: string
}

/** A group as WhatsApp has it. */
export interface PhoneGroup {
  readonly subject: string
  readonly description: string
  readonly hasPicture: boolean
  readonly announcement: boolean
  readonly locked: boolean
  /** The code at the end of its invite link. */
  readonly invite: string
  /** Role by the digits of phones: `member`, `admin`, `owner`. */
  readonly participants: Readonly<Record<string, string>>
  /** Digits of those who wait to be let in. */
  readonly requests: readonly string[]
}

/** A chat as one phone has it. */
export interface PhoneChat {
  readonly messages: number
  /** How many of them have a star. */
  readonly starred: number
  readonly unread: number
  readonly markedUnread: boolean
  readonly archived: boolean
  readonly pinned: boolean
  readonly muted: boolean
}

/**
 * The other phones, and what WhatsApp itself knows: how the suite sees whether a verb really did what it says. Phones are digits with
 * country code. `emulator.control` of `@wamux/emulator` is one.
 */
export interface TestPhones {
  /** A phone writes. @param input `to`: phone or JID */
  message(input: { readonly from: string; readonly to: string; readonly text?: string; readonly file?: PhoneFile }): Promise<PhoneMessage>
  /** What arrived at a phone; without one all that was ever sent. */
  messages(filter: { readonly phone?: string }): Promise<readonly PhoneMessage[]>
  /** Changes a phone: one that is not `on` gets nothing, one that `reads` marks as read by itself. */
  phone(input: {
    readonly phone: string
    readonly on?: boolean
    readonly reads?: boolean
    readonly about?: string
    readonly picture?: PhoneFile
  }): Promise<void>
  react(input: { readonly phone: string; readonly message: string; readonly emoji: string }): Promise<unknown>
  edit(input: { readonly phone: string; readonly message: string; readonly text: string }): Promise<unknown>
  revoke(input: { readonly phone: string; readonly message: string }): Promise<unknown>
  /** A phone makes a group. @param input `approval`: admins let in who joins by the link */
  group(input: {
    readonly phone: string
    readonly subject: string
    readonly participants: readonly string[]
    readonly approval?: boolean
  }): Promise<{ readonly id: string; readonly invite: string }>
  /** A phone joins a group by its invite link or code, or asks to. */
  join(input: { readonly phone: string; readonly invite: string }): Promise<unknown>
  channel(input: { readonly phone: string; readonly name: string }): Promise<{ readonly id: string }>
  label(input: { readonly phone: string; readonly name: string }): Promise<{ readonly id: string }>
  /** A phone types to another, or is online. */
  presence(input: { readonly phone: string; readonly chat?: string; readonly presence: 'online' | 'offline' | 'typing' }): Promise<void>
  /** Puts a file where the gateway can get it by its address. */
  file(input: PhoneFile): Promise<{ readonly url: string }>
  /** A group as WhatsApp has it. @param input JID */
  groupOf(input: { readonly group: string }): Promise<PhoneGroup>
  chatOf(input: { readonly phone: string; readonly chat: string }): Promise<PhoneChat | null>
  /** What a phone shows of itself, and whom it blocked. */
  accountOf(input: { readonly phone: string }): Promise<{
    readonly name: string
    readonly about: string
    readonly hasPicture: boolean
    readonly presence: string
    /** Digits. */
    readonly blocked: readonly string[]
    /** JIDs of the chats whose presence it is told. */
    readonly subscribed: readonly string[]
    /** JIDs of the channels that it owns or follows, and whether muted. */
    readonly channels: Readonly<Record<string, { readonly own: boolean; readonly muted: boolean }>>
    /** Names of labels, with the JIDs of the chats that have them. */
    readonly labels: Readonly<Record<string, readonly string[]>>
  }>
  /** What a phone does in the chat with another: `online`, `offline`, `typing`, `recording`. */
  presenceOf(input: { readonly phone: string; readonly chat: string }): Promise<{ readonly presence: string }>
}

/** A webhook as it came in. */
export interface CaughtWebhook {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Somebody who takes the gateway's webhooks. */
export interface TestHooks {
  /** An address that the gateway can reach. */
  readonly url: string
  /** What came so far, oldest first. */
  caught(): readonly CaughtWebhook[]
}
