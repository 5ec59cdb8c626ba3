import type { EventType, GatewayEvent } from '../vocabulary/event.ts'
import type { WebSocketConstructor } from './connection.ts'
import type { ParsedEvent } from './parsed-event.ts'

/** Which events to receive, and how. */
export interface SubscribeInput {
  /** Session id; `*` for all sessions that the credentials may see. */
  readonly session: string
  /** Types of events. Default: all. */
  readonly types?: readonly EventType[]
  /**
   * `socket`: the gateway sends events through a WebSocket (WAHA). `poll`: wamux asks the gateway at intervals, and finds states of the
   * session, messages and their acks only. Default: `socket` if the gateway has one, a `WebSocket` exists, and it can be opened;
   * otherwise `poll`, which the first event then tells, a `connection.gap` with the reason.
   */
  readonly via?: 'socket' | 'poll'
  /** Include messages from this time on, ms since the epoch. Default: now. */
  readonly since?: number
  /** Pause between two polls, ms. Default 5 000. */
  readonly intervalMs?: number
  /** Ends the subscription. */
  readonly signal?: AbortSignal
  /** Class for the socket. Default: the platform's; Node has one since version 22. */
  readonly WebSocket?: WebSocketConstructor
}

/** The events of a gateway, for programs that cannot receive webhooks. */
export interface GatewayEvents {
  /**
   * Events as they come, until the signal fires or the loop is left. After a failed connection or poll it tries again, and fetches the
   * messages and session states that it missed. Each event is given once. `connection.lost`, `connection.restored` and `connection.gap`
   * report what happened to the connection.
   *
   * @param input session, types of events and way
   * @returns the events
   * @throws {GatewayError} `auth`, `permission`, `not_found`, `unsupported`, `config`, `invalid_request`: trying again would not help
   * @throws {GatewayError} `network`: `via` is `socket`, and the socket was never opened
   */
  subscribe(input: SubscribeInput): AsyncIterable<GatewayEvent>
  /**
   * Passes on an event that came another way, for example by webhook, so that waiting verbs notice it.
   *
   * @param event the event
   */
  publish(event: GatewayEvent): void
}

/** The WebSocket of a gateway, as its plugin describes it. */
export interface EventSocket<Config> {
  /**
   * The address of the socket.
   *
   * @param config the user's configuration
   * @param baseUrl without a trailing slash
   * @param input session, and types of events
   * @returns ws(s) address; it may contain credentials
   */
  url(config: Config, baseUrl: string, input: { readonly session: string; readonly types?: readonly EventType[] | undefined }): string
  /**
   * Reads a frame.
   *
   * @param body its JSON
   * @returns the events in it
   */
  read(body: unknown): readonly ParsedEvent[]
}
