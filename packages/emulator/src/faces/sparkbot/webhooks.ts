import { kindOf } from '../../network/jid.ts'
import type { Session } from '../../sessions/session.ts'
import type { SessionEvent } from '../../sessions/session-events.ts'
import type { State } from '../../state.ts'
import { sparkbotRetryPlan } from '../../webhooks/retry-plans.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { serializeOutbound } from './messages.ts'
import type { Outbound, Outbox } from './outbox.ts'
import { deviceInEvent, errorResponse, invalidField, type PairedDevice, pageOf, sessionStatus, standingOf } from './request-context.ts'
import { ACKS, messageInEvent, serializeChat, serializeContact, serializeGroup } from './serialize.ts'

interface Hook {
  readonly id: string
  url: string
  name: string | undefined
  events: readonly string[]
  device: string | undefined
  status: 'active' | 'failed'
}

/** An event of Wassenger. */
interface WassengerEvent {
  readonly word: string
  /** Id of the object that it is about. */
  readonly id: string
  readonly object: string
  readonly data: unknown
  readonly more?: object
  /** Made through the control API: sent to all webhooks, as none could subscribe to it. */
  readonly custom?: true
}

const CHANGES = { added: 'add', removed: 'remove', promoted: 'promote', demoted: 'demote' } as const

/** The account's webhooks and the delivery of events. The account has a platform plan. */
export function webhookHandlers(state: State, user: string, outbox: Outbox): Record<string, Handler> {
  const hooks = state.memory.part('sparkbot/webhooks', () => new Map<string, Hook>())

  state.webhooks.sender<Hook>('sparkbot', {
    headers: () => ({ 'content-type': 'application/json' }),
    retry: () => sparkbotRetryPlan,
    failed(hook) {
      hook.status = 'failed'
    },
  })

  function post(device: Session, word: string, body: unknown, custom = false): void {
    for (const hook of hooks.values()) {
      const wants = hook.status === 'active' && (hook.device ?? device.id) === device.id && (custom || hook.events.includes(word))
      if (!wants) continue
      state.webhooks.post({ gateway: 'sparkbot', session: device.id, event: word, url: hook.url, body: JSON.stringify(body), hook })
    }
  }

  function deliver(device: Session, at: number, { word, id, object, data, more, custom }: WassengerEvent): void {
    const body = { id, object, event: word, created: Math.floor(at / 1000), ...more, device: deviceInEvent(device), data }
    post(device, word, body, custom)
  }

  // the body has two forms; this one is a list
  function tellFailure(outbound: Outbound): void {
    const device = state.sessions('sparkbot').get(outbound.device)
    if (!device) return
    const data = { ...serializeOutbound(outbound), device: deviceInEvent(device) }
    const date = new Date(state.clock.now()).toISOString()
    post(device, 'message:out:failed', [{ event: 'message:out:failed', date, entity: 'message', entityId: outbound.id, user, data }])
  }

  outbox.onFailure(tellFailure)
  state.sessionEvents.on('sparkbot', (device, event) => {
    if (event.type === 'ack' && event.receipt === -1) {
      const outbound = outbox.of(event.message)
      if (outbound) tellFailure(outbound)
      return
    }
    const toSend = toWassengerEvent(state, device, event)
    if (toSend) deliver(device, event.at, toSend)
  })

  function describe({ id, url, name, status, device, events }: Hook): Record<string, unknown> {
    return { id, url, name, status, events, retries: 0, user, ...(device === undefined ? {} : { device }) }
  }

  const withHook = (act: (hook: Hook, call: Call) => Answer): Handler => {
    return (call) => {
      const hook = hooks.get(call.params.webhookId ?? '')
      return hook ? act(hook, call) : errorResponse(404, `There is no webhook ${call.params.webhookId}`)
    }
  }

  function change(hook: Hook, { url, name, events, device }: Readonly<Record<string, unknown>>): void {
    hook.url = textOf(url) ?? hook.url
    hook.name = textOf(name) ?? hook.name
    hook.device = textOf(device) ?? hook.device
    if (Array.isArray(events)) hook.events = events.map(String)
  }

  return {
    'webhooks.list': ({ query }) => {
      const wanted = query.get('devices')?.split(',')
      const shown = [...hooks.values()].filter(({ device }) => !wanted || (device !== undefined && wanted.includes(device)))
      return json(200, pageOf(shown, query).map(describe))
    },

    'webhooks.create': ({ body }) => {
      const url = textOf(body.url)
      if (url === undefined || !URL.canParse(url)) return invalidField('url', 'is required')
      if (body.device !== undefined && !state.sessions('sparkbot').get(String(body.device)))
        return errorResponse(404, 'There is no such number')
      const hook: Hook = {
        id: state.ids.next('sparkbot/webhook', 24),
        url,
        name: undefined,
        events: [],
        device: undefined,
        status: 'active',
      }
      change(hook, body)
      hooks.set(hook.id, hook)
      return json(201, describe(hook))
    },

    'webhooks.get': withHook((hook) => json(200, describe(hook))),

    'webhooks.update': withHook((hook, { body }) => {
      change(hook, body)
      return json(200, describe(hook))
    }),

    'webhooks.delete': withHook((hook) => {
      hooks.delete(hook.id)
      return json(200, { id: hook.id, status: 'removed' })
    }),

    'webhooks.enable': withHook((hook) => {
      hook.status = 'active'
      return json(200, describe(hook))
    }),
  }
}

function toWassengerEvent(state: State, device: Session, event: SessionEvent): WassengerEvent | undefined {
  const { account, id } = device
  if (event.type === 'custom') return { word: event.name, id, object: 'custom', data: event.payload, custom: true }
  if (event.type === 'session') {
    const data = { id, status: standingOf(device), session: { status: sessionStatus(device) } }
    return { word: 'number:session', id, object: 'device', data }
  }
  return account && ofAccount(state, { device, account }, event)
}

function ofAccount(state: State, pair: PairedDevice, event: SessionEvent): WassengerEvent | undefined {
  const { account } = pair
  switch (event.type) {
    case 'message':
    case 'ack':
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'vote':
      return ofMessage(state, pair, event)
    case 'group-joined':
    case 'group-changed': {
      const { group } = event
      return {
        word: 'group:update',
        id: group.id,
        object: 'group',
        data: { ...serializeGroup(state, account, group, false), chat: group.id },
      }
    }
    case 'group-participants': {
      const { group, change, participants } = event
      const about = { ...serializeGroup(state, account, group, false), chat: group.id }
      const data = {
        ...about,
        action: CHANGES[change],
        participants: participants.map(({ jid, phone }) => ({ wid: jid, phone: `+${phone}` })),
      }
      return { word: 'group:update', id: group.id, object: 'group', data }
    }
    case 'chat': {
      if (event.change === 'read' || event.change === 'cleared') return undefined
      const chat = state.network.chats.get(account, event.chat)
      const data = chat ? serializeChat(state, account, chat) : { wid: event.chat, waStatus: 'removed' }
      return { word: 'chat:update', id: event.chat, object: 'chat', data }
    }
    case 'contact': {
      const { person } = event
      return { word: 'contact:update', id: person.jid, object: 'contact', data: serializeContact(state, account, person) }
    }
    default:
      return undefined
  }
}

type OfMessage = Extract<SessionEvent, { type: 'message' | 'ack' | 'reaction' | 'edit' | 'revoke' | 'vote' }>

function ofMessage(state: State, pair: PairedDevice, event: OfMessage): WassengerEvent | undefined {
  const { message, chat } = event
  const data = messageInEvent(state, pair, chat, message)
  const about = { id: message.id, object: 'message', data }
  const kind = kindOf(chat)
  switch (event.type) {
    case 'message':
      if (event.fromMe) return kind === 'status' ? undefined : { word: 'message:out:new', ...about }
      return { word: kind === 'status' ? 'status:update' : kind === 'channel' ? 'channel:in' : 'message:in:new', ...about }
    case 'ack':
      // Wassenger has no event for the acknowledgement of WhatsApp's server
      return event.receipt < 2 || message.ack < 2 ? undefined : { word: 'message:out:ack', ...about, more: { ack: ACKS[message.ack] } }
    case 'reaction':
      return {
        word: 'message:reaction',
        ...about,
        data: { ...data, author: event.by.jid, reaction: event.emoji === '' ? '-' : event.emoji },
      }
    case 'vote':
      return { word: 'message:update', ...about, data: { ...data, poll: { lastVoter: event.by.jid, count: message.votes.size } } }
    default:
      return { word: 'message:update', ...about }
  }
}
