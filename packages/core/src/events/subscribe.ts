import { GatewayError } from '../errors/gateway-error.ts'
import type { Clock } from '../time/clock.ts'
import { checkSession, checkTimes } from '../vocabulary/check-input.ts'
import type { EventType, GatewayEvent } from '../vocabulary/event.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Manifest } from '../vocabulary/manifest.ts'
import type { WebSocketConstructor } from './connection.ts'
import { memoryDedupe } from './dedupe.ts'
import { dedupeKeyOf, type IdentityMap } from './dedupe-key.ts'
import type { EventBus } from './event-bus.ts'
import type { EventSocket, SubscribeInput } from './event-source.ts'
import { completeEvent, type ParsedEvent, parseEvents } from './parsed-event.ts'
import { pollEvents } from './poll.ts'
import { ALL_SESSIONS, SessionPoller } from './session-poller.ts'
import { type ConnectionReports, isSocketUnopened, socketItems } from './socket.ts'

export interface Subscription<Config> {
  readonly manifest: Manifest
  readonly config: Config
  readonly baseUrl: string
  readonly capabilities: Capabilities
  readonly socket: EventSocket<Config> | undefined
  readonly eventBus: EventBus
  /** So that a message that comes under a number and under a LID is reported once. */
  readonly identities?: IdentityMap
  readonly clock: Clock
  readonly random: () => number
}

const INTERVAL_MS = 5_000
/** How long after a poll has found an event the socket may still deliver it, ms. */
const OVERDUE_MS = 10_000
/** How long an event is remembered, ms: longer than a connection stays broken. */
const KNOWN_MS = 24 * 60 * 60 * 1000

export async function* subscribe<Config>(subscription: Subscription<Config>, input: SubscribeInput): AsyncGenerator<GatewayEvent> {
  const { manifest, eventBus, identities, clock } = subscription
  const { session, types } = input
  if (session !== ALL_SESSIONS) checkSession(session)
  checkTimes({ intervalMs: input.intervalMs, since: input.since }, ['intervalMs'])
  const known = memoryDedupe({ clock })
  let count = 0
  for await (const parsed of parsedEvents(subscription, input, clock)) {
    count += 1
    const told = { ...parsed, session: parsed.session ?? (session === ALL_SESSIONS ? '' : session) }
    const id = told.id ?? told.dedupeKey ?? `poll-${clock.now()}-${count}`
    const context = { gateway: manifest.id, raw: undefined, contentId: id, receivedAt: clock.now() }
    const event = completeEvent(told, context, 0)
    identities?.learnFrom(event)
    const key = keyOf(event, identities)
    if ((await known.claim(key, KNOWN_MS)) !== 'claimed') continue
    await known.done(key, KNOWN_MS)
    eventBus.publish(event)
    if (!types || types.includes(event.type)) yield event
  }
}

// socket and poll may give the same message different dedupe keys; chat and message id are the same
function keyOf(event: GatewayEvent, identities: IdentityMap | undefined): string {
  if (!('message' in event.data) || typeof event.data.message !== 'object') return dedupeKeyOf(event, identities)
  const { id, key, chat, person } = event.data.message
  // in a chat of two people the same message may come under the number and under the LID
  const ofTwo = person !== undefined && !/@(g\.us|newsletter|broadcast)$/.test(chat)
  const name = ofTwo ? (person.phone ?? person.id) : chat
  const place = identities?.canonical(event.session, name) ?? name
  return [event.session, event.type, place, key ?? id].join(':')
}

/** When `via` is not given and the socket cannot be opened (a proxy without WebSockets), polling takes its place. */
async function* parsedEvents<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<ParsedEvent> {
  const began = clock.now()
  const { via, types } = input
  if (via === undefined && subscription.socket && !webSocketOf(input)) {
    // whoever waits for reactions only would wait for ever
    if (types?.every((type) => !POLLED.includes(type) && !type.startsWith('connection.'))) throw noWebSocket(subscription.manifest)
    yield onlyPolled(input, began, `${NO_WEBSOCKET}. ${FOR_WEBSOCKET}`)
  }
  try {
    yield* eventsVia(subscription, input, clock)
  } catch (error) {
    if (input.via !== undefined || !isSocketUnopened(error)) throw error
    yield onlyPolled(input, began, 'The event socket of the gateway cannot be opened.')
    yield* eventsVia(subscription, { since: began, ...input, via: 'poll' }, clock)
  }
}

const NO_WEBSOCKET = 'There is no WebSocket here'
const FOR_WEBSOCKET = 'Node has one from version 22 on; on older ones pass the class of the package ws.'
/** What polls find. */
const POLLED: readonly EventType[] = [
  'session.status',
  'session.challenge',
  'message.received',
  'message.sent',
  'message.ack',
  'message.failed',
  'channel.message',
  'status.posted',
]

/** Tells that polling takes the place of the socket, and what it does not find. */
function onlyPolled({ session, since }: SubscribeInput, now: number, why: string): ParsedEvent {
  const reason = `${why} Polling takes its place, which finds only states of the session, messages and their acks.`
  const place = session === ALL_SESSIONS ? '' : session
  return {
    type: 'connection.gap',
    vendorType: 'connection',
    session: place,
    data: { since: since ?? now, messagesLookedUp: true, reason },
    raw: null,
  }
}

function eventsVia<Config>(subscription: Subscription<Config>, input: SubscribeInput, clock: Clock): AsyncGenerator<ParsedEvent> {
  const { manifest, config, baseUrl, capabilities, socket, random } = subscription
  const { session, types, via, since, intervalMs = INTERVAL_MS, signal } = input
  const poller = new SessionPoller(capabilities, session)
  const WebSocket = webSocketOf(input)
  const wanted = via ?? (socket && WebSocket ? 'socket' : 'poll')
  if (wanted === 'poll') {
    if (session === ALL_SESSIONS && !capabilities.session?.list) throw noList(manifest)
    return pollEvents({ poller, since: since ?? clock.now(), intervalMs, clock, signal, reports: connectionReports(session) })
  }
  if (!socket) {
    const text = `${manifest.name} has no event socket`
    throw new GatewayError(text, { kind: 'unsupported', gateway: manifest.id, field: 'via', hint: 'Use via: "poll", or a webhook.' })
  }
  if (!WebSocket) throw noWebSocket(manifest)
  const reports = connectionReports(session)
  return socketItems<ParsedEvent>({
    WebSocket,
    url: socket.url(config, baseUrl, { session, types: gatewayTypes(types) }),
    read: (frame) => readFrame(socket, frame, poller),
    missed: poller.findsMessages
      ? async (from) => {
          const { events, complete } = await poller.poll(from, { signal })
          const overdue = events.some(({ type, at = clock.now() }) => type.startsWith('message.') && at <= clock.now() - OVERDUE_MS)
          return { items: events, complete, overdue }
        }
      : undefined,
    since,
    gateway: manifest,
    clock,
    random,
    signal,
    reports,
  })
}

/** Types of events that gateways send. Those about the connection come from wamux itself. */
function gatewayTypes(types: readonly EventType[] | undefined): readonly EventType[] | undefined {
  const asked = types?.filter((type) => !type.startsWith('connection.'))
  return asked?.length === 0 ? undefined : asked
}

function connectionReports(session: string): ConnectionReports<ParsedEvent> {
  const told = { vendorType: 'connection', session: session === ALL_SESSIONS ? '' : session, raw: null } as const
  return {
    lost: (reason) => ({ ...told, type: 'connection.lost', data: { reason } }),
    restored: (awayMs) => ({ ...told, type: 'connection.restored', data: { awayMs } }),
    gap: (since, until, messagesLookedUp) => ({ ...told, type: 'connection.gap', data: { since, until, messagesLookedUp } }),
  }
}

function webSocketOf(input: SubscribeInput): WebSocketConstructor | undefined {
  return input.WebSocket ?? (globalThis as { WebSocket?: WebSocketConstructor }).WebSocket
}

function noWebSocket({ id }: Manifest): GatewayError {
  return new GatewayError(NO_WEBSOCKET, { kind: 'config', gateway: id, field: 'WebSocket', hint: FOR_WEBSOCKET })
}

function noList({ id, name }: Manifest): GatewayError {
  const hint = 'Subscribe to each session by its name.'
  return new GatewayError(`${name} does not list its sessions`, { kind: 'unsupported', gateway: id, field: 'session', hint })
}

function readFrame<Config>(socket: EventSocket<Config>, frame: unknown, poller: SessionPoller): readonly ParsedEvent[] {
  let body: unknown
  try {
    body = typeof frame === 'string' ? JSON.parse(frame) : frame
  } catch {
    return [{ type: 'unknown', vendorType: 'unreadable', data: {} }]
  }
  const parsed = parseEvents((value) => socket.read(value), body).map((parsed) => ({ ...parsed, raw: parsed.raw ?? body }))
  for (const event of parsed) poller.add(event)
  return parsed
}
