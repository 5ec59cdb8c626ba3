import type { Session } from '../../sessions/session.ts'
import type { SessionEvent } from '../../sessions/session-events.ts'
import type { AcceptSocket, Peer } from '../../sockets/web-socket.ts'
import type { State } from '../../state.ts'
import { wahaRetryPlan } from '../../webhooks/retry-plans.ts'
import { signBody } from '../../webhooks/signature.ts'
import { type EngineEvent, statusOf, toEngineEvents } from '../engine/events.ts'
import { isRecord, textOf } from '../http.ts'
import { serializeMessage } from './messages.ts'
import { ENGINE, serializeAccount, serializeMeOf, versionOf } from './serialize.ts'
import { cappingOf, timelockOf } from './server/account-limits.ts'

type Envelope = Readonly<Record<string, unknown>> & { readonly event: string; readonly session: string }

interface Listening {
  readonly peer: Peer
  wants(envelope: Envelope): boolean
}

/** `*` means all events but these. */
const NOT_IN_ALL: readonly string[] = ['state.change', 'engine.event']

/**
 * Sends events to the webhooks in each session's config and to the clients of the event socket.
 *
 * @returns the event socket
 */
export function wahaEvents(state: State, apiKey: string): AcceptSocket {
  const listening = new Set<Listening>()

  state.sessionEvents.on(
    'waha',
    (session, details) => {
      const hooks = hooksOf(session)
      if (hooks.length === 0 && listening.size === 0) return
      const describe = (account: Parameters<typeof serializeMessage>[1], message: Parameters<typeof serializeMessage>[2]) =>
        serializeMessage(state, account, message, true, true)
      const told = details.type === 'limits' ? limitsTold(session, details) : toEngineEvents(state.network, session, details, describe)
      for (const { word, payload } of told) {
        deliver(session, hooks, envelopeOf(state, session, word, nowebPayload(word, payload)))
      }
    },
    { qr: (session) => hooksOf(session).length > 0 || listening.size > 0 },
  )

  function deliver(session: Session, hooks: readonly Hook[], envelope: Envelope): void {
    const body = JSON.stringify(envelope)
    for (const { peer, wants } of listening) if (wants(envelope)) peer.send(body)
    for (const hook of hooks) if (wanted(hook.events, envelope.event)) post(session, hook, envelope.event, body)
  }

  function post(session: Session, hook: Hook, event: string, body: string): void {
    state.webhooks.post({ gateway: 'waha', session: session.id, event, url: hook.url, body, hook })
  }

  state.webhooks.sender<Hook>('waha', {
    headers: ({ headers, key }, { body }) => ({
      ...headers,
      'content-type': 'application/json',
      'user-agent': `WAHA/${versionOf(state).version}`,
      'x-webhook-request-id': state.ids.next('waha/delivery', 16, LOWER),
      'x-webhook-timestamp': String(state.clock.now()),
      ...(key === undefined ? {} : { 'x-webhook-hmac': signBody('sha512', key, body), 'x-webhook-hmac-algorithm': 'sha512' }),
    }),
    retry: ({ retries }) => wahaRetryPlan(retries),
  })

  // like a server that starts again: its clients have to reconnect
  state.onClose(() => {
    for (const { peer } of [...listening]) peer.close(1012, 'Service Restart')
  })

  return (peer, query, headers) => {
    if ((query.get('x-api-key') ?? headers.get('x-api-key')) !== apiKey) {
      peer.close(1008, 'Unauthorized')
      return { closed() {} }
    }
    const name = query.get('session') ?? '*'
    const events = query.getAll('events').flatMap((one) => one.split(','))
    const one: Listening = {
      peer,
      wants: ({ session, event }) => (name === '*' || name === session) && wanted(events.length === 0 ? ['*'] : events, event),
    }
    listening.add(one)
    return { closed: () => listening.delete(one) }
  }
}

const LOWER = '0123456789abcdefghjkmnpqrstvwxyz'

/** NOWEB names the chat in `from`, also for own messages, and has no `to`. */
function nowebPayload(word: string, payload: unknown): unknown {
  if (!isRecord(payload) || !/^message\.(ack|ack\.group|reaction)$/.test(word)) return payload
  const { to, participant, ...rest } = payload
  return { ...rest, from: payload.fromMe === true ? to : payload.from, ...(participant == null ? {} : { participant }) }
}

// WAHA says WORKING once more, with what has changed
function limitsTold(session: Session, { changed, at }: Extract<SessionEvent, { type: 'limits' }>): readonly EngineEvent[] {
  const { account } = session
  if (!account) return []
  const data = changed === 'timelock' ? { reachoutTimelock: timelockOf(account, at) } : { messageCapping: cappingOf(account, at) }
  return [{ word: 'session.status', payload: { ...statusOf(session), data } }]
}

// the event about the stop still names the account
function justStopped(session: Session, event: string): ReturnType<typeof serializeAccount> {
  const { account, phase } = session
  return event === 'session.status' && phase === 'stopped' && account ? serializeMeOf(account) : null
}

function envelopeOf(state: State, session: Session, event: string, payload: unknown): Envelope {
  const config = isRecord(session.settings.config) ? session.settings.config : {}
  return {
    id: `evt_${state.ids.next('waha/event', 26, LOWER)}`,
    timestamp: state.clock.now(),
    event,
    session: session.id,
    metadata: isRecord(config.metadata) ? config.metadata : {},
    me: serializeAccount(session) ?? justStopped(session, event),
    payload,
    engine: ENGINE,
    environment: versionOf(state),
  }
}

interface Hook {
  readonly url: string
  readonly events: readonly string[]
  readonly key: string | undefined
  readonly retries: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

function hooksOf(session: Session): readonly Hook[] {
  const { config } = session.settings
  const hooks = isRecord(config) && Array.isArray(config.webhooks) ? config.webhooks : []
  return hooks.filter(isRecord).flatMap(({ url, events, hmac, retries, customHeaders }) => {
    const address = textOf(url)
    if (address === undefined) return []
    const headers = (Array.isArray(customHeaders) ? customHeaders : []).filter(isRecord)
    return [
      {
        url: address,
        events: Array.isArray(events) ? events.map(String) : [],
        key: isRecord(hmac) ? textOf(hmac.key) : undefined,
        retries: isRecord(retries) ? retries : {},
        headers: Object.fromEntries(headers.map(({ name, value }) => [String(name), String(value)])),
      },
    ]
  })
}

function wanted(events: readonly string[], event: string): boolean {
  return events.includes(event) || (events.includes('*') && !NOT_IN_ALL.includes(event))
}
