import type { Ack, Message } from './message.ts'
import type { OfPerson, Person } from './person.ts'
import type { PresenceState } from './presence.ts'
import type { AccountState, Challenge, SessionState } from './session.ts'

/** The types of events. An event that wamux does not know is `unknown`. */
export type EventType = keyof EventData

/** The data of each type of event, besides the envelope. Any field is absent when the gateway does not tell it. */
export interface EventData {
  /** A session came into another state. */
  'session.status': { readonly state: SessionState; readonly challenge?: Challenge; readonly account?: AccountState }
  /** The phone has to do something: scan a QR code, type a code, confirm a passkey. Codes are secrets while they are valid. */
  'session.challenge': { readonly challenge: Challenge; readonly value?: string }
  /** Somebody wrote to this account. */
  'message.received': { readonly message: Message }
  /** This account wrote, from here or from another device. */
  'message.sent': { readonly message: Message }
  /** The delivery state of a message changed. */
  'message.ack': AboutMessage & { readonly message: string; readonly ack: Ack }
  /** A message could not be delivered. */
  'message.failed': AboutMessage & { readonly message: string; readonly reason?: string }
  /** Somebody reacted to a message; an empty emoji took a reaction back. */
  'message.reaction': AboutMessage & { readonly message: string; readonly emoji: string }
  /** The text of a message was changed. */
  'message.edited': AboutMessage & { readonly message: string; readonly text?: string }
  /** A message was deleted for everyone; `from` is who did it, which in a group may be an admin. */
  'message.revoked': AboutMessage & { readonly message: string }
  /** A message came that this session cannot read (yet). */
  'message.undecryptable': AboutMessage
  /** Somebody voted in a poll; without options the vote was withdrawn. */
  'poll.vote': AboutMessage & { readonly options: readonly string[] }
  /** Somebody answered a calendar event. */
  'event.response': AboutMessage & { readonly response?: string }
  /** This account joined a group or was added. */
  'group.joined': GroupData
  /** This account left a group or was removed. */
  'group.left': GroupData
  /** Subject, description, picture or settings changed. */
  'group.updated': GroupData
  /** Persons were added, removed, promoted or demoted. */
  'group.participants': GroupData & {
    readonly change?: 'added' | 'removed' | 'promoted' | 'demoted'
    readonly participants: readonly string[]
    /** The same persons, with what the gateway tells about each. */
    readonly persons?: readonly Person[]
  }
  /**
   * Somebody asked to join a group, withdrew the request (`revoked`), or was declined. Accepted persons are reported by
   * `group.participants`.
   */
  'group.join_request': OfPerson &
    GroupData & {
      readonly change?: 'created' | 'revoked' | 'rejected'
      /** JID of who asks. */
      readonly from?: string
      /** How: `invite_link`, `linked_group_join`, `non_admin_add`, or another word of the gateway. */
      readonly method?: string
    }
  /** Something about a chat changed. */
  'chat.updated': ChatData
  /** A chat was moved to the archive or back. */
  'chat.archived': ChatData & { readonly archived?: boolean }
  /** A contact changed. */
  'contact.updated': OfPerson & { readonly contact?: string; readonly name?: string }
  /** Somebody is online, offline or typing. */
  'presence.updated': OfPerson & { readonly chat?: string; readonly from?: string; readonly presence: PresenceState }
  /** A label was made or changed. */
  'label.upserted': LabelData
  /** A label was removed. */
  'label.deleted': LabelData
  /** A chat got a label. */
  'label.assigned': LabelData & ChatData
  /** A chat lost a label. */
  'label.unassigned': LabelData & ChatData
  /** Somebody calls. */
  'call.received': CallData
  /** A call was accepted. */
  'call.accepted': CallData
  /** A call was rejected. */
  'call.rejected': CallData
  /** A call ended before anybody accepted it. */
  'call.missed': CallData
  /** A call ended. */
  'call.ended': CallData
  /** A channel that this account follows has a new post. */
  'channel.message': { readonly message: Message }
  /** A contact posted a status. */
  'status.posted': { readonly message: Message }
  /** Reported by wamux: the connection for events broke. wamux connects again, with growing pauses. */
  'connection.lost': { readonly reason: ConnectionLoss }
  /** Reported by wamux: the connection is back. */
  'connection.restored': {
    /** How long it was away, ms. */
    readonly awayMs: number
  }
  /** Reported by wamux: events of this period may be missing. */
  'connection.gap': {
    /** ms since the epoch. */
    readonly since: number
    /** ms since the epoch; absent while it goes on. */
    readonly until?: number
    /** Whether the messages of that period were fetched and reported. Edits, reactions and calls cannot be fetched. */
    readonly messagesLookedUp: boolean
    /** Why messages could not be fetched, in the gateway's words; or which events are missing while wamux polls in place of a socket. */
    readonly reason?: string
  }
  /** An event of a type that wamux does not know; `raw` has it. */
  unknown: Readonly<Record<string, never>>
}

interface AboutMessage extends OfPerson {
  /** The gateway's id of the message. */
  readonly message?: string
  /** WhatsApp's bare id of the message. */
  readonly key?: string
  /** JID. */
  readonly chat?: string
  /** JID of who did it: reacted, voted, edited, deleted; in a group also who received or read it. */
  readonly from?: string
}
interface GroupData {
  /** JID. */
  readonly group?: string
  readonly subject?: string
}
interface ChatData extends OfPerson {
  /** JID. */
  readonly chat?: string
}
interface LabelData {
  readonly label?: string
  readonly name?: string
}
interface CallData extends OfPerson {
  readonly call?: string
  /** JID of who calls. */
  readonly from?: string
  /** Whether it is a video call. */
  readonly video?: boolean
  /** JID of the group that is called, where it is a group's call and the gateway names it. */
  readonly group?: string
  /** Whether it is a group's call. */
  readonly groupCall?: boolean
}

/** Why the connection for events ended: it was closed, no event came any more (`silent`), or the program read too slowly (`overflow`). */
export type ConnectionLoss = 'closed' | 'silent' | 'overflow'

/** What every event has. */
export interface EventEnvelope<Type extends EventType = EventType> {
  /** The gateway's id of the event; made from its content where it has none. */
  readonly id: string
  /** Id of the plugin: `waha`. */
  readonly gateway: string
  /** Session id; empty when the gateway does not tell. */
  readonly session: string
  /** What happened. */
  readonly type: Type
  /** The gateway's own name of the event: `message.any`. */
  readonly vendorType: string
  /** When it happened, ms since the epoch; when it was received, if the gateway does not tell. */
  readonly at: number
  /** The same for every delivery of the same event, also when the gateway reports it under two names. */
  readonly dedupeKey: string
  /** What the gateway sent. */
  readonly raw: unknown
}

/** An event of a gateway; `type` tells which fields `data` has. */
export type GatewayEvent = { readonly [Type in EventType]: EventEnvelope<Type> & { readonly data: EventData[Type] } }[EventType]

/** All types, in the order of the documentation. */
export const eventTypes: readonly EventType[] = Object.keys({
  'session.status': 0,
  'session.challenge': 0,
  'message.received': 0,
  'message.sent': 0,
  'message.ack': 0,
  'message.failed': 0,
  'message.reaction': 0,
  'message.edited': 0,
  'message.revoked': 0,
  'message.undecryptable': 0,
  'poll.vote': 0,
  'event.response': 0,
  'group.joined': 0,
  'group.left': 0,
  'group.updated': 0,
  'group.participants': 0,
  'group.join_request': 0,
  'chat.updated': 0,
  'chat.archived': 0,
  'contact.updated': 0,
  'presence.updated': 0,
  'label.upserted': 0,
  'label.deleted': 0,
  'label.assigned': 0,
  'label.unassigned': 0,
  'call.received': 0,
  'call.accepted': 0,
  'call.rejected': 0,
  'call.missed': 0,
  'call.ended': 0,
  'channel.message': 0,
  'status.posted': 0,
  'connection.lost': 0,
  'connection.restored': 0,
  'connection.gap': 0,
  unknown: 0,
} satisfies Record<EventType, 0>) as EventType[]
