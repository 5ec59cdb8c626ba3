/** A message as WhatsApp has it, whichever gateway or phone sent it. */
export interface PhoneMessage {
  /** WhatsApp's id; the gateway's own id may contain it. */
  readonly id: string
  /** Digits of the phone that wrote it. */
  readonly from: string
  /** Digits of the phone that it was sent to, or the JID of the group, channel or status. */
  readonly to: string
  /** `text`, `image`, `video`, `audio`, `voice`, `document`, `sticker`, `location`, `contact`, `poll` */
  readonly type: string
  /** Text, caption or poll question; empty when there is none. */
  readonly text: string
  /** `PENDING`, `SERVER`, `DEVICE`, `READ`, `PLAYED`, `ERROR` */
  readonly ack: string
  /** Its file, if it has one. */
  readonly media?: { readonly mimetype: string; readonly filename?: string; readonly url: string }
  /** Its place, if it has one. */
  readonly place?: { readonly latitude: number; readonly longitude: number }
  /** Its contact cards, if it has some. */
  readonly cards?: readonly { readonly name: string; readonly phone?: string | undefined; readonly vcard?: string | undefined }[]
  /** Its poll, if it has one. */
  readonly poll?: { readonly question: string; readonly options: readonly string[]; readonly multiple: boolean }
  /** Id of the message that it answers. */
  readonly replyTo?: string
  /** JIDs of the persons that it mentions. */
  readonly mentions?: readonly string[]
  /** True when it was forwarded. */
  readonly forwarded?: boolean
  /** Deleted for everyone. */
  readonly revoked?: boolean
  /** True when it is pinned in its chat. */
  readonly pinned?: boolean
  /** Emoji by the digits of phones. */
  readonly reactions?: Readonly<Record<string, string>>
}

/** A file as tests hand it over. */
export interface PhoneFile {
  /** The bytes as base64 text. */
  readonly base64: string
  /** `image/png` */
  readonly mimetype: string
  /** File name. */
  readonly filename: string
}

/** A group as WhatsApp has it. */
export interface PhoneGroup {
  /** Name of the group. */
  readonly subject: string
  /** Description of the group. */
  readonly description: string
  /** True when the group has a picture. */
  readonly hasPicture: boolean
  /** Only admins may write. */
  readonly announcement: boolean
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean
  /** The code at the end of its invite link. */
  readonly invite: string
  /** Role by the digits of phones: `member`, `admin`, `owner`. */
  readonly participants: Readonly<Record<string, string>>
  /** Digits of the phones whose request to join waits for an admin. */
  readonly requests: readonly string[]
}

/** A chat as one phone has it. */
export interface PhoneChat {
  /** Number of messages in it. */
  readonly messages: number
  /** Number of messages with a star. */
  readonly starred: number
  /** Number of unread messages. */
  readonly unread: number
  /** True when it is marked as unread. */
  readonly markedUnread: boolean
  /** True when it is in the archive. */
  readonly archived: boolean
  /** True when it is pinned to the top. */
  readonly pinned: boolean
  /** True when it does not notify. */
  readonly muted: boolean
}

/** What a phone shows of itself, and what it keeps. */
export interface PhoneAccount {
  /** Display name. */
  readonly name: string
  /** Text about the person. */
  readonly about: string
  /** True when the phone has a profile picture. */
  readonly hasPicture: boolean
  /** `online` or `offline`. */
  readonly presence: string
  /** Digits of the phones that it blocked. */
  readonly blocked: readonly string[]
  /** JIDs of the chats whose presence it subscribed to. */
  readonly subscribed: readonly string[]
  /** Channels that it owns or follows, by JID. */
  readonly channels: Readonly<Record<string, { readonly own: boolean; readonly muted: boolean }>>
  /** JIDs of chats, by the name of the label that they have. */
  readonly labels: Readonly<Record<string, readonly string[]>>
}

/**
 * The other phones, and what WhatsApp itself knows. Tests look here whether a verb really did what its result says. Phones are digits
 * with country code. `emulator.control` of `@wamux/emulator` implements this.
 */
export interface TestPhones {
  /**
   * A phone writes.
   *
   * @param input `to`: digits of a phone, or JID of a group, channel or `status@broadcast`
   */
  message(input: { readonly from: string; readonly to: string; readonly text?: string; readonly file?: PhoneFile }): Promise<PhoneMessage>
  /** Messages that arrived at one phone; all that were ever sent when no phone is named. */
  messages(filter: { readonly phone?: string }): Promise<readonly PhoneMessage[]>
  /**
   * Changes a phone.
   *
   * @param input `on: false`: it receives nothing; `reads`: whether it marks messages as read by itself
   */
  phone(input: {
    readonly phone: string
    readonly on?: boolean
    readonly reads?: boolean
    readonly about?: string
    readonly picture?: PhoneFile
  }): Promise<void>
  /**
   * A phone reacts to a message.
   *
   * @param input `emoji`: empty takes the reaction back
   */
  react(input: { readonly phone: string; readonly message: string; readonly emoji: string }): Promise<PhoneMessage>
  /** A phone changes the text of its own message. */
  edit(input: { readonly phone: string; readonly message: string; readonly text: string }): Promise<PhoneMessage>
  /** A phone deletes a message for everyone. */
  revoke(input: { readonly phone: string; readonly message: string }): Promise<PhoneMessage>
  /**
   * A phone makes a group and owns it.
   *
   * @param input `approval`: admins have to accept who joins by the link
   */
  group(input: {
    readonly phone: string
    readonly subject: string
    readonly participants: readonly string[]
    readonly approval?: boolean
  }): Promise<{ readonly id: string; readonly invite: string }>
  /**
   * A phone joins a group, or asks to where admins have to accept it.
   *
   * @param input `invite`: link, or the code at its end
   */
  join(input: { readonly phone: string; readonly invite: string }): Promise<{ readonly id: string; readonly joined: boolean }>
  /**
   * A phone makes a channel and owns it.
   *
   * @returns its JID
   */
  channel(input: { readonly phone: string; readonly name: string }): Promise<{ readonly id: string }>
  /**
   * A phone makes a label of WhatsApp Business.
   *
   * @returns its id
   */
  label(input: { readonly phone: string; readonly name: string }): Promise<{ readonly id: string }>
  /**
   * A phone types in a chat, or is online or offline.
   *
   * @param input `chat`: needed for `typing`
   */
  presence(input: { readonly phone: string; readonly chat?: string; readonly presence: 'online' | 'offline' | 'typing' }): Promise<void>
  /**
   * Puts a file where the gateway can fetch it.
   *
   * @returns its address
   */
  file(input: PhoneFile): Promise<{ readonly url: string }>
  /**
   * A group as WhatsApp has it.
   *
   * @param input `group`: JID
   */
  groupOf(input: { readonly group: string }): Promise<PhoneGroup>
  /**
   * A chat as a phone has it; `null` when it has no such chat.
   *
   * @param input `chat`: digits or JID of whom it is with
   */
  chatOf(input: { readonly phone: string; readonly chat: string }): Promise<PhoneChat | null>
  /** What a phone shows of itself, and what it keeps. */
  accountOf(input: { readonly phone: string }): Promise<PhoneAccount>
  /** What a phone does in its chat with another: `online`, `offline`, `typing`, `recording`. */
  presenceOf(input: { readonly phone: string; readonly chat: string }): Promise<{ readonly presence: string }>
}

/** A webhook as its receiver got it. */
export interface CaughtWebhook {
  /** Address that it was posted to. */
  readonly url: string
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as it was sent. */
  readonly body: string
}

/** A receiver of the gateway's webhooks. */
export interface TestHooks {
  /** An address that the gateway can reach. */
  readonly url: string
  /** What was received so far, oldest first. */
  caught(): readonly CaughtWebhook[]
}
