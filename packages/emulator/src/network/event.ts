import type { Call } from './calls.ts'
import type { Channel } from './channels.ts'
import type { ChatChange } from './chats.ts'
import type { Group } from './groups.ts'
import type { Label } from './labels.ts'
import type { Ack, Message } from './messages/message.ts'
import type { Account } from './people/people.ts'
import type { PresenceWord } from './people/presence.ts'

/** Something that happened to a message, in the chat of whom it happened to. */
interface OfMessage {
  readonly message: Message
  /** JID of the chat as this account has it. */
  readonly chat: string
}

/** What can happen to an account; `type` tells which. */
export type Happening =
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
  /** Somebody asked to join a group that this account is an admin of. */
  | { readonly type: 'group-request'; readonly group: Group; readonly by: Account }
  | { readonly type: 'chat'; readonly chat: string; readonly change: ChatChange }
  /** A known person changed name, text or picture, or was saved or blocked. */
  | { readonly type: 'contact'; readonly person: Account; readonly change: 'profile' | 'saved' | 'blocked' | 'unblocked' }
  | { readonly type: 'presence'; readonly chat: string; readonly by: Account; readonly presence: PresenceWord }
  | { readonly type: 'label'; readonly label: Label; readonly change: 'upserted' | 'deleted' }
  | { readonly type: 'labelled'; readonly label: Label; readonly chat: string; readonly added: boolean }
  | {
      readonly type: 'channel'
      readonly channel: Channel
      readonly change: 'created' | 'deleted' | 'followed' | 'unfollowed' | 'muted' | 'unmuted'
    }
  | { readonly type: 'call'; readonly call: Call; readonly change: 'received' | 'accepted' | 'rejected' }

/** Something that happened to an account. */
export type NetworkEvent = Happening & {
  /** Whom it happened to: faces pass it on to the sessions that are linked to it. */
  readonly account: Account
  /** ms since the epoch. */
  readonly at: number
}

export type Emit = (account: Account, happening: Happening) => void
