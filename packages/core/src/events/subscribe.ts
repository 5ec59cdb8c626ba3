import type { Clock } from '../clock.ts'
import { GatewayError, invalidInput } from '../errors.ts'
import type { Manifest } from '../manifest.ts'
import type { News } from '../news.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import { memoryDedupe } from '../webhooks/dedupe.ts'
import { completeEvent, type EventDraft, readDrafts } from './draft.ts'
import type { EventType, GatewayEvent } from './event.ts'
import { MessageLook } from './message-look.ts'
import { pollDrafts } from './poll.ts'
import { isSocketUnopened, socketItems, type WebSocketConstructor } from './socket.ts'

export interface SubscribeInput {
  /** The session to hear of. */
  readonly session: string
  /** Only these; default all. */
  readonly types?: readonly EventType[]
  /**
   * `socket`: the gateway sends them (WAHA). `look`: wamux looks again and again; it finds states of the session, messages and their acks, and
   * nothing else. Default: `socket` where the gateway has one, there is a `WebSocket`, and it can be opened; else `look`.
   */
  readonly via?: 'socket' | 'look'
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
   * meanwhile is looked up, so far as these are messages. Each event is told once.
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
  read(body: unknown): readonly EventDraft[]
}

export interface Subscription<Config> {
  readonly manifest: Manifest
  readonly config: Config
  readonly baseUrl: string
  readonly capabilities: Capabilities
  readonly socket: EventSocket<Config> | undefined
  readonly news: News
  readonly clock: Clock
  readonly random: () => number
}

const INTERVAL_MS = 5_000
/** How long an event is known, ms: longer than any connection is away. */
const KNOWN_MS = 24 * 60 * 60 * 1000

export async function* subscribe<Config>(subscription: Subscription<Config>, input: SubscribeInput): AsyncGenerator<GatewayEvent> {
  const { manifest, news, clock } = subscription
  const { session, types } = input
  if (typeof session !== 'string' || session === '') throw invalidInput('session', 'required')
  const known = memoryDedupe({ clock })
  let count = 0
  for await (const draft of draftsOf(subscription, input, clock)) {
    count += 1
    const told = { ...draft, session: draft.session ?? session }
    const id = told.id ?? told.dedupeKey ?? `look-${clock.now()}-${count}`
    const context = { gateway: manifest.id, raw: undefined, contentId: id, receivedAt: clock.now() }
    const event = completeEvent(told, context, 0)
    if (!(await known.claim(keyOf(event), KNOWN_MS))) continue
    news.publish(event)
    if (!types || types.includes(event.type)) yield event
  }
}

// a message that was looked up is the one that the socket told, whatever that called it
function keyOf(event: GatewayEvent): string {
  return 'message' in event.data && typeof event.data.message === 'object' ? `${event.type}:${event.data.message.id}` : event.dedupeKey
}

/** Without a wish, a socket that never opens (a proxy in front that knows none) is no failure: then it is looked. */
async function* draftsOf<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<EventDraft> {
  const began = clock.now()
  try {
    yield* draftsVia(subscription, input, clock)
  } catch (error) {
    if (input.via !== undefined || !isSocketUnopened(error)) throw error
    yield* draftsVia(subscription, { since: began, ...input, via: 'look' }, clock)
  }
}

function draftsVia<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<EventDraft> {
  const { manifest, config, baseUrl, capabilities, socket, random } = subscription
  const { session, types, via, since, intervalMs = INTERVAL_MS, signal } = input
  const { chat, message } = capabilities
  const messages =
    chat?.list && message?.list ? new MessageLook({ chat: { list: chat.list }, message: { list: message.list } }, session) : undefined
  const WebSocket = input.WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket
  const wanted = via ?? (socket && WebSocket ? 'socket' : 'look')
  if (wanted === 'look') {
    const get = capabilities.session?.get
    return pollDrafts({ session, get, messages, since: since ?? clock.now(), intervalMs, clock, signal })
  }
  if (!socket) {
    const text = `${manifest.name} has no event socket`
    throw new GatewayError(text, { kind: 'unsupported', gateway: manifest.id, field: 'via', hint: 'Use via: "look", or a webhook.' })
  }
  if (!WebSocket) {
    const hint = 'Node has one from version 22 on; on older ones pass the class of the package ws.'
    throw new GatewayError('There is no WebSocket here', { kind: 'config', gateway: manifest.id, field: 'WebSocket', hint })
  }
  return socketItems<EventDraft>({
    WebSocket,
    url: socket.url(config, baseUrl, { session, types }),
    read: (frame) => readFrame(socket, frame, messages),
    missed: messages && ((from) => messages.look(from, { signal })),
    since,
    gateway: manifest,
    clock,
    random,
    signal,
  })
}

function readFrame<Config>(socket: EventSocket<Config>, frame: unknown, messages: MessageLook | undefined): readonly EventDraft[] {
  let body: unknown
  try {
    body = typeof frame === 'string' ? JSON.parse(frame) : frame
  } catch {
    return [{ type: 'unknown', vendorType: 'unreadable', data: {} }]
  }
  const drafts = readDrafts((value) => socket.read(value), body).map((draft) => ({ ...draft, raw: draft.raw ?? body }))
  for (const { data } of drafts) {
    if ('message' in data && typeof data.message === 'object') messages?.know(data.message)
  }
  return drafts
}
