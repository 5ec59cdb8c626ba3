import { GatewayError } from '../errors/gateway-error.ts'
import type { Clock } from '../time/clock.ts'
import { checkSession, checkTimes } from '../vocabulary/check-input.ts'
import type { GatewayEvent } from '../vocabulary/event.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import { memoryDedupe } from './dedupe.ts'
import type { EventBus } from './event-bus.ts'
import type { EventSocket, SubscribeInput } from './event-source.ts'
import { MessagePoller } from './message-poller.ts'
import { completeEvent, type ParsedEvent, parseEvents } from './parsed-event.ts'
import { pollEvents } from './poll.ts'
import { isSocketUnopened, socketItems, type WebSocketConstructor } from './socket.ts'

export interface Subscription<Config> {
  readonly manifest: Manifest
  readonly config: Config
  readonly baseUrl: string
  readonly capabilities: Capabilities
  readonly socket: EventSocket<Config> | undefined
  readonly eventBus: EventBus
  readonly clock: Clock
  readonly random: () => number
}

const INTERVAL_MS = 5_000
/** How long an event is known, ms: longer than any connection is away. */
const KNOWN_MS = 24 * 60 * 60 * 1000

export async function* subscribe<Config>(subscription: Subscription<Config>, input: SubscribeInput): AsyncGenerator<GatewayEvent> {
  const { manifest, eventBus, clock } = subscription
  const { session, types } = input
  checkSession(session)
  checkTimes({ intervalMs: input.intervalMs, since: input.since }, ['intervalMs'])
  const known = memoryDedupe({ clock })
  let count = 0
  for await (const parsed of parsedEvents(subscription, input, clock)) {
    count += 1
    const told = { ...parsed, session: parsed.session ?? session }
    const id = told.id ?? told.dedupeKey ?? `poll-${clock.now()}-${count}`
    const context = { gateway: manifest.id, raw: undefined, contentId: id, receivedAt: clock.now() }
    const event = completeEvent(told, context, 0)
    if (!(await known.claim(keyOf(event), KNOWN_MS))) continue
    eventBus.publish(event)
    if (!types || types.includes(event.type)) yield event
  }
}

// a fetched message counts as the same event as the one from the socket, whatever type the socket gave it
function keyOf(event: GatewayEvent): string {
  return 'message' in event.data && typeof event.data.message === 'object' ? `${event.type}:${event.data.message.id}` : event.dedupeKey
}

/** When `via` is not given and the socket cannot be opened (a proxy without WebSockets), polling takes its place. */
async function* parsedEvents<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<ParsedEvent> {
  const began = clock.now()
  try {
    yield* eventsVia(subscription, input, clock)
  } catch (error) {
    if (input.via !== undefined || !isSocketUnopened(error)) throw error
    yield* eventsVia(subscription, { since: began, ...input, via: 'poll' }, clock)
  }
}

function eventsVia<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<ParsedEvent> {
  const { manifest, config, baseUrl, capabilities, socket, random } = subscription
  const { session, types, via, since, intervalMs = INTERVAL_MS, signal } = input
  const { chat, message } = capabilities
  const messages =
    chat?.list && message?.list ? new MessagePoller({ chat: { list: chat.list }, message: { list: message.list } }, session) : undefined
  const WebSocket = input.WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket
  const wanted = via ?? (socket && WebSocket ? 'socket' : 'poll')
  if (wanted === 'poll') {
    const get = capabilities.session?.get
    return pollEvents({ session, get, messages, since: since ?? clock.now(), intervalMs, clock, signal })
  }
  if (!socket) {
    const text = `${manifest.name} has no event socket`
    throw new GatewayError(text, { kind: 'unsupported', gateway: manifest.id, field: 'via', hint: 'Use via: "poll", or a webhook.' })
  }
  if (!WebSocket) {
    const hint = 'Node has one from version 22 on; on older ones pass the class of the package ws.'
    throw new GatewayError('There is no WebSocket here', { kind: 'config', gateway: manifest.id, field: 'WebSocket', hint })
  }
  return socketItems<ParsedEvent>({
    WebSocket,
    url: socket.url(config, baseUrl, { session, types }),
    read: (frame) => readFrame(socket, frame, messages),
    missed: messages && ((from) => messages.poll(from, { signal })),
    since,
    gateway: manifest,
    clock,
    random,
    signal,
  })
}

function readFrame<Config>(socket: EventSocket<Config>, frame: unknown, messages: MessagePoller | undefined): readonly ParsedEvent[] {
  let body: unknown
  try {
    body = typeof frame === 'string' ? JSON.parse(frame) : frame
  } catch {
    return [{ type: 'unknown', vendorType: 'unreadable', data: {} }]
  }
  const parsed = parseEvents((value) => socket.read(value), body).map((parsed) => ({ ...parsed, raw: parsed.raw ?? body }))
  for (const { data } of parsed) {
    if ('message' in data && typeof data.message === 'object') messages?.add(data.message)
  }
  return parsed
}
