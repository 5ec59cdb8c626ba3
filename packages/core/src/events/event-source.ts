import type { EventType, GatewayEvent } from '../vocabulary/event.ts'
import type { WebSocketConstructor } from './connection.ts'
import type { ParsedEvent } from './parsed-event.ts'

export interface SubscribeInput {
  /** The session to hear of; `*` for all that the credentials may see. */
  readonly session: string
  /** Only these; default all. */
  readonly types?: readonly EventType[]
  /**
   * `socket`: the gateway sends them (WAHA). `poll`: wamux looks again and again; it finds states of the session, messages and their acks, and
   * nothing else. Default: `socket` where the gateway has one, there is a `WebSocket`, and it can be opened; else `poll`.
   */
  readonly via?: 'socket' | 'poll'
  /** Tell messages from this time on, ms since the epoch. Default: from now on. */
  readonly since?: number
  /** Pause between two looks, ms. Default 5 000. */
  readonly intervalMs?: number
  /** Ends it. */
  readonly signal?: AbortSignal
  /** Default: the platform's; Node has one from version 22 on. */
  readonly WebSocket?: WebSocketConstructor
}

/** The events of a gateway, for programs that nobody can reach from outside. */
export interface GatewayEvents {
  /**
   * Events as they come, until the signal fires or the loop is left. Connections and looks that fail are tried again; what was missed
   * meanwhile is looked up, so far as these are messages and states of sessions. Each event is told once. That a connection broke, came
   * back, or left a gap is told as `connection.lost`, `connection.restored` and `connection.gap`.
   *
   * Throws `auth`, `permission`, `not_found` and others that another try would not mend, `network` when a socket never opened.
   */
  subscribe(input: SubscribeInput): AsyncIterable<GatewayEvent>
  /** Passes on an event that came in another way, by webhook say, so that verbs that wait hear of it. */
  publish(event: GatewayEvent): void
}

/** A gateway's socket for events. */
export interface EventSocket<Config> {
  /** @param baseUrl without a slash at its end */
  url(config: Config, baseUrl: string, input: { readonly session: string; readonly types?: readonly EventType[] | undefined }): string
  /** What happened. @param body the frame's JSON */
  read(body: unknown): readonly ParsedEvent[]
}
