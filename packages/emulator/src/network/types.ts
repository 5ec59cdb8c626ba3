export type ChatKind = 'person' | 'group' | 'channel' | 'status'

/** What WhatsApp forbids an account. */
export interface Restrictions {
  /** It is banned: no session of it connects. */
  readonly banned?: boolean
  /** It may begin no chats until then, ms since the epoch (error 463). */
  readonly noNewChatsUntil?: number
  /** It may begin only so many chats in a cycle (error 475). */
  readonly newChats?: {
    readonly used: number
    readonly quota: number
    /** ms since the epoch. */
    readonly cycleStart: number
    /** ms since the epoch. */
    readonly cycleEnd: number
  }
}

/** A phone with WhatsApp on it. */
export interface Account {
  /** Digits with country code. */
  readonly phone: string
  /** `12025550100@c.us` */
  readonly jid: string
  /** The name that it gave itself. */
  readonly name: string
  /** Number that hides the phone's own, without `@lid`. */
  readonly lid: string
  /** The text that it shows about itself. */
  readonly about: string
  readonly picture: StoredMedia | undefined
  /** Absent for one that is no business. */
  readonly business: BusinessProfile | undefined
  /** Whether it is switched on: one that is off gets nothing until it is on again. */
  readonly on: boolean
  /** Whether it reads by itself what it gets. */
  readonly reads: boolean
  /** Whether the number is on WhatsApp. Numbers that end in 0000 are not, until a control call changes that. */
  readonly registered: boolean
  /** Whether its linked devices got the keys of WhatsApp's app state: without them they cannot archive, star or rename. */
  readonly appState: boolean
  readonly restrictions: Restrictions
}

/** What a business shows of itself. */
export interface BusinessProfile {
  readonly email?: string
  readonly address?: string
  readonly categories?: readonly string[]
  readonly description?: string
  readonly websites?: readonly string[]
}

/** Changes of what a phone shows of itself. */
export interface ProfileChange {
  readonly name?: string | undefined
  readonly about?: string | undefined
  readonly business?: BusinessProfile | undefined
  /** `null` takes it away. */
  readonly picture?: StoredMedia | null | undefined
}

/** Changes of what a phone does. */
export interface PhoneChange {
  readonly on?: boolean | undefined
  readonly reads?: boolean | undefined
  readonly registered?: boolean | undefined
  readonly appState?: boolean | undefined
  readonly restrictions?: Restrictions | undefined
}

/** A person as one account sees it. */
export interface Contact {
  readonly person: Account
  /** Name in the account's address book. */
  readonly name: string | undefined
  readonly blocked: boolean
}

export type PresenceState = 'online' | 'offline' | 'typing' | 'recording' | 'paused'

/** What is known of one person in a chat. */
export interface PersonPresence {
  readonly person: Account
  readonly presence: PresenceState
  /** When it was online last, ms since the epoch. */
  readonly lastSeenAt: number | undefined
}

/** A file that somebody sent or shows; its bytes are in the {@link MediaStore}. */
export interface StoredMedia {
  readonly id: string
  readonly mimetype: string
  readonly filename?: string
  /** Bytes. */
  readonly size: number
}

export interface MediaInput {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mimetype: string
  readonly filename?: string | undefined
}

/** How far a message got, in WhatsApp's numbers; -1 is an error. */
export type Ack = -1 | 0 | 1 | 2 | 3 | 4

export type MessageType = 'text' | 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker' | 'location' | 'contact' | 'poll'

export interface Place {
  readonly latitude: number
  readonly longitude: number
  readonly name?: string | undefined
  readonly address?: string | undefined
}

export interface Card {
  readonly name: string
  /** Digits with country code. */
  readonly phone?: string | undefined
  readonly organization?: string | undefined
  /** The card as it was sent, where it was one. */
  readonly vcard?: string | undefined
}

export interface Poll {
  readonly question: string
  readonly options: readonly string[]
  readonly multiple: boolean
}

/** The linked session that sent something. */
export interface Via {
  readonly gateway: string
  readonly session: string
}

/**
 * A message on its way from one phone to another, to a group, a channel, or to all as a status. What most messages have not is inherited, so
 * `{ ...message }` lacks it: `changedCopy` of `messages/message.ts` copies all.
 */
export interface Message {
  /** WhatsApp's id. */
  readonly id: string
  readonly from: Account
  /**
   * JID that it was sent to: `…@c.us`, `…@g.us`, `…@newsletter`, `status@broadcast`. The receiver has it in the chat with the sender: see
   * `Chats.idOf`.
   */
  readonly chat: string
  /** The phone that it was sent to, where it was one. */
  readonly to: Account | undefined
  readonly type: MessageType
  /** Text, caption or poll question; empty when there is none. */
  readonly text: string
  readonly media: StoredMedia | undefined
  readonly place: Place | undefined
  readonly cards: readonly Card[] | undefined
  readonly poll: Poll | undefined
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined
  /** JIDs of those that it mentions. */
  readonly mentions: readonly string[]
  readonly forwarded: boolean
  /** ms since the epoch. */
  readonly sentAt: number
  /** The least of all receivers. */
  readonly ack: Ack
  /** By phone, those that it goes to. */
  readonly receipts: ReadonlyMap<string, Ack>
  readonly editedAt: number | undefined
  /** Deleted for everyone: text and file are gone. */
  readonly revoked: boolean
  /** Emoji by phone. */
  readonly reactions: ReadonlyMap<string, string>
  /** Chosen options by phone. */
  readonly votes: ReadonlyMap<string, readonly string[]>
  /** Pinned in its chat until then, ms since the epoch. */
  readonly pinnedUntil: number | undefined
  /** `phone` is the phone itself. */
  readonly via: Via
}

/** What is to be sent. The type follows from what is in it; a file needs one that says how it shows. */
export interface MessageInput {
  readonly from: Account
  /** Digits with country code, or a JID as {@link Message.chat} has it. */
  readonly to: string
  readonly type?: MessageType | undefined
  readonly text?: string | undefined
  readonly media?: StoredMedia | undefined
  readonly place?: Place | undefined
  readonly cards?: readonly Card[] | undefined
  readonly poll?: Poll | undefined
  readonly replyTo?: string | undefined
  /** Numbers or JIDs. */
  readonly mentions?: readonly string[] | undefined
  readonly forwarded?: boolean | undefined
  /** Default: the phone itself. */
  readonly via?: Via | undefined
  /** Default: the next of the network. */
  readonly id?: string | undefined
  /** An account that may begin no chats gets the refusal as a failed ack, not as an error. Default false. */
  readonly refusedLater?: boolean | undefined
}

/** One chat of one account. */
export interface Chat {
  /** JID of whom it is with. */
  readonly id: string
  readonly kind: ChatKind
  /** How many messages are unread. */
  readonly unread: number
  /** Marked as unread by hand. */
  readonly markedUnread: boolean
  readonly archived: boolean
  readonly pinned: boolean
  /** ms since the epoch; `Infinity` for ever. */
  readonly mutedUntil: number | undefined
  /** When something happened last, ms since the epoch. */
  readonly at: number
  readonly last: Message | undefined
}

export type ChatChange = 'archived' | 'unarchived' | 'pinned' | 'unpinned' | 'muted' | 'unmuted' | 'unread' | 'read' | 'cleared' | 'deleted'

export interface ChatFlags {
  readonly archived?: boolean | undefined
  readonly pinned?: boolean | undefined
  /** `null` lets it ring again; `Infinity` mutes for ever. */
  readonly mutedUntil?: number | null | undefined
  readonly markedUnread?: boolean | undefined
}

export type Role = 'member' | 'admin' | 'owner'

export interface Group {
  /** `…@g.us` */
  readonly id: string
  readonly subject: string
  readonly description: string
  readonly picture: StoredMedia | undefined
  readonly owner: Account
  /** In the order of joining. */
  readonly participants: ReadonlyMap<Account, Role>
  /** Only admins may write. */
  readonly announcement: boolean
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean
  /** Admins let in who joins by the link. */
  readonly approval: boolean
  /** The end of the invite link. */
  readonly invite: string
  /** Who waits to be let in, with when they asked, ms since the epoch. */
  readonly requests: ReadonlyMap<Account, number>
  readonly createdAt: number
}

export interface GroupChange {
  readonly subject?: string | undefined
  readonly description?: string | undefined
  /** `null` takes it away. */
  readonly picture?: StoredMedia | null | undefined
  readonly announcement?: boolean | undefined
  readonly locked?: boolean | undefined
  readonly approval?: boolean | undefined
}

/** What became of one person. */
export interface ParticipantResult {
  readonly person: Account
  readonly ok: boolean
  readonly reason?: 'not registered' | 'is in it already' | 'is not in it' | 'is the owner' | 'has not asked'
}

export interface Channel {
  /** `…@newsletter` */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly picture: StoredMedia | undefined
  readonly owner: Account
  /** Who follows it, and whether muted. */
  readonly followers: ReadonlyMap<Account, { readonly muted: boolean }>
  /** The end of the invite link. */
  readonly invite: string
  readonly createdAt: number
}

export interface ChannelInput {
  readonly name: string
  readonly description?: string | undefined
  readonly picture?: StoredMedia | undefined
}

/** A label of WhatsApp Business chats. */
export interface Label {
  readonly id: string
  readonly name: string
  /** WhatsApp's number of the colour, 0 to 19. */
  readonly color: number
}

export interface Call {
  readonly id: string
  readonly from: Account
  readonly to: Account
  readonly video: boolean
  readonly at: number
  readonly state: 'ringing' | CallEnd
  /** JID of the group that is called; absent for a call of two. */
  readonly group?: string | undefined
}

/** What became of a call: `missed` when the caller hung up before anybody accepted, `ended` when it was accepted before. */
export type CallEnd = 'accepted' | 'rejected' | 'missed' | 'ended'

/** Something that happened to a message, in the chat of whom it happened to. */
interface OfMessage {
  readonly message: Message
  /** JID of the chat as this account has it. */
  readonly chat: string
}

/** What can happen to an account, by `type`. */
export type NetworkEventDetails =
  /** A message arrived, or the account sent one from whichever of its sessions (`message.via`) or its phone. */
  | ({ readonly type: 'message'; readonly fromMe: boolean } & OfMessage)
  /** An own message got further. `by` is who got, read or played it, as `receipt` says; absent for the server. `message.ack` is the least of all. */
  | ({ readonly type: 'ack'; readonly receipt: Ack; readonly by: Account | undefined } & OfMessage)
  /** `emoji` is empty when a reaction was taken back. */
  | ({ readonly type: 'reaction'; readonly by: Account; readonly emoji: string } & OfMessage)
  | ({ readonly type: 'edit'; readonly by: Account } & OfMessage)
  | ({ readonly type: 'revoke'; readonly by: Account } & OfMessage)
  | ({ readonly type: 'vote'; readonly by: Account; readonly options: readonly string[] } & OfMessage)
  | ({ readonly type: 'pin'; readonly by: Account; readonly pinned: boolean } & OfMessage)
  /** The account came into a group: made it, was added, joined, was let in. */
  | { readonly type: 'group-joined'; readonly group: Group; readonly by: Account }
  | { readonly type: 'group-left'; readonly group: Group; readonly by: Account }
  | {
      readonly type: 'group-changed'
      readonly group: Group
      readonly by: Account
      readonly what: 'subject' | 'description' | 'picture' | 'settings' | 'invite'
    }
  | {
      readonly type: 'group-participants'
      readonly group: Group
      readonly by: Account
      readonly change: 'added' | 'removed' | 'promoted' | 'demoted'
      readonly participants: readonly Account[]
    }
  /** Somebody asked to join a group that this account is an admin of, or was declined, or withdrew. */
  | { readonly type: 'group-request'; readonly group: Group; readonly by: Account; readonly change: 'created' | 'rejected' | 'revoked' }
  | { readonly type: 'chat'; readonly chat: string; readonly change: ChatChange }
  /** A known person changed name, text or picture, or was saved or blocked. */
  | { readonly type: 'contact'; readonly person: Account; readonly change: 'profile' | 'saved' | 'blocked' | 'unblocked' }
  | { readonly type: 'presence'; readonly chat: string; readonly by: Account; readonly presence: PresenceState }
  | { readonly type: 'label'; readonly label: Label; readonly change: 'upserted' | 'deleted' }
  | { readonly type: 'labelled'; readonly label: Label; readonly chat: string; readonly added: boolean }
  | {
      readonly type: 'channel'
      readonly channel: Channel
      readonly change: 'created' | 'deleted' | 'followed' | 'unfollowed' | 'muted' | 'unmuted'
    }
  | { readonly type: 'call'; readonly call: Call; readonly change: 'received' | CallEnd }

/** Something that happened to an account. */
export type NetworkEvent = NetworkEventDetails & {
  /** Whom it happened to: faces pass it on to the sessions that are linked to it. */
  readonly account: Account
  /** ms since the epoch. */
  readonly at: number
}

export type Emit = (account: Account, details: NetworkEventDetails) => void
