import type { ActiveFault } from '../faults/active.ts'
import type { Call, ChatKind, MessageType, Place, PresenceState } from '../network/types.ts'
import type { GatewayId, SessionPhase } from '../sessions/session.ts'
import type { DeliveryState } from '../webhooks/webhooks.ts'

// What the server of the page and the page send each other, as JSON.

/** What can be done to a session through its gateway's own API. A gateway that lacks one does not offer it. */
export type SessionAction = 'start' | 'stop' | 'restart' | 'logout' | 'reset' | 'delete'

/** A session of a gateway. */
export interface SessionRow {
  readonly gateway: GatewayId
  readonly session: string
  readonly name: string
  readonly state: SessionPhase
  /** When this state began, ms since the epoch. */
  readonly since: number
  readonly phone?: string
  readonly phoneName?: string
  /** It shows a QR code until then, ms since the epoch. */
  readonly qrUntil?: number
  readonly code?: string
  readonly codePhone?: string
}

/** A gateway and how to reach it. */
export interface GatewayRow {
  readonly gateway: GatewayId
  readonly baseUrl: string
  readonly actions: readonly SessionAction[]
  /** Whether the caller names a new session. */
  readonly named: boolean
}

/** What all parts of the page show. */
export interface Overview {
  /** ms since the epoch, on the emulator's clock. */
  readonly now: number
  /** The clock stands still until somebody advances it. */
  readonly paused: boolean
  /** Whether the clock can run by itself. */
  readonly runs: boolean
  readonly gateways: readonly GatewayRow[]
  readonly sessions: readonly SessionRow[]
  readonly faults: readonly ActiveFault[]
  readonly held: number
  readonly totals: { readonly phones: number; readonly messages: number; readonly requests: number; readonly deliveries: number }
}

/** A part of a longer list. */
export interface Part<Row> {
  readonly total: number
  readonly offset: number
  readonly rows: readonly Row[]
}

/** A phone in the list of phones. */
export interface PhoneRow {
  readonly phone: string
  readonly name: string
  readonly about: string
  readonly on: boolean
  readonly reads: boolean
  readonly registered: boolean
  readonly presence: PresenceState
  readonly picture?: string
  readonly unread: number
  readonly sessions: readonly { readonly gateway: GatewayId; readonly session: string; readonly state: SessionPhase }[]
}

/** A chat of a phone. */
export interface ChatRow {
  readonly chat: string
  readonly kind: ChatKind
  readonly name: string
  readonly unread: number
  readonly archived: boolean
  readonly pinned: boolean
  readonly muted: boolean
  readonly at: number
  readonly last?: {
    readonly text: string
    readonly type: MessageType
    readonly mine: boolean
    readonly from: string
    readonly ack: number
    readonly revoked: boolean
  }
}

/** A message in a conversation, as one phone has it. */
export interface MessageRow {
  readonly id: string
  readonly mine: boolean
  readonly from: string
  readonly fromName: string
  readonly type: MessageType
  /** At most {@link SHOWN_TEXT} characters. */
  readonly text: string
  /** Characters of the whole text, where that is longer. */
  readonly length?: number
  readonly sentAt: number
  readonly ack: number
  readonly edited: boolean
  readonly revoked: boolean
  readonly forwarded: boolean
  readonly pinned: boolean
  readonly starred: boolean
  readonly via: { readonly gateway: string; readonly session: string }
  readonly media?: { readonly url: string; readonly mimetype: string; readonly filename?: string; readonly size: number }
  readonly place?: Place
  readonly cards?: readonly { readonly name: string; readonly phone?: string; readonly organization?: string }[]
  readonly poll?: {
    readonly question: string
    readonly multiple: boolean
    readonly options: readonly { readonly option: string; readonly votes: readonly string[]; readonly mine: boolean }[]
  }
  readonly reply?: { readonly id: string; readonly fromName: string; readonly text: string; readonly type: MessageType }
  readonly mentions: readonly { readonly digits: string; readonly name: string }[]
  readonly reactions: readonly { readonly emoji: string; readonly names: readonly string[]; readonly mine: boolean }[]
}

/** One message with its whole text, and how far it got with each receiver. */
export interface MessageDetails extends MessageRow {
  readonly receipts: readonly { readonly phone: string; readonly name: string; readonly ack: number }[]
}

/** A call between the two phones of a conversation. */
export interface CallRow {
  readonly id: string
  readonly mine: boolean
  readonly video: boolean
  readonly at: number
  readonly state: Call['state']
}

/** A conversation: the part of its messages that was asked for, the oldest first. */
export interface Conversation extends Part<MessageRow> {
  readonly chat: string
  readonly kind: ChatKind
  readonly name: string
  /** Who is in a group or follows a channel; who is typing; what the person shows. */
  readonly people: readonly { readonly phone: string; readonly name: string; readonly role: string; readonly presence: PresenceState }[]
  readonly about: string
  readonly calls: readonly CallRow[]
}

/** A request to a gateway, in the list. */
export interface RequestRow {
  readonly id: number
  readonly at: number
  /** From the request to its answer; absent while it is under way. */
  readonly ms?: number
  readonly gateway: GatewayId
  /** Name of the namespace that it went to; absent for what is in none. */
  readonly namespace?: string
  /** Id in the gateway's operation table; empty for a path it does not know. */
  readonly operation: string
  readonly method: string
  readonly path: string
  /** 0: the connection broke; absent while it is under way. */
  readonly status?: number
  /** Made by this page. */
  readonly own: boolean
}

/** A request with all that went both ways. Secrets are replaced. */
export interface RequestDetails extends RequestRow {
  readonly about: string
  readonly requestHeaders: readonly (readonly [string, string])[]
  readonly requestBody: BodyText
  readonly responseHeaders: readonly (readonly [string, string])[]
  readonly responseBody: BodyText
  readonly curl: string
  readonly wamux: string
}

/** A body as text. */
export interface BodyText {
  readonly text: string
  /** Bytes. */
  readonly size: number
  /** Only its beginning was kept. */
  readonly cut: boolean
}

/** A webhook delivery, in the list. */
export interface DeliveryRow {
  readonly id: string
  readonly gateway: GatewayId
  readonly session: string
  readonly event: string
  readonly url: string
  readonly state: DeliveryState
  readonly attempts: readonly { readonly at: number; readonly status?: number }[]
  readonly error?: string
}

/** A delivery with what was sent. Secrets are replaced. */
export interface DeliveryDetails extends DeliveryRow {
  readonly headers: readonly (readonly [string, string])[]
  readonly body: BodyText
}

/** What has changed since the last news of the server: the page asks again for what it shows of it. */
export type Topic = 'sessions' | 'network' | 'requests' | 'deliveries' | 'faults' | 'reset'

/** Largest number of characters of a message that a list shows. */
export const SHOWN_TEXT = 1_500
