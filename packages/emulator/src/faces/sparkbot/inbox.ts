import { STATUS } from '../../network/jid.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { Account, Chat } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import type { Outbox } from './outbox.ts'
import {
  asRecord,
  type DeviceGuards,
  errorResponse,
  invalidField,
  listOf,
  omitUndefined,
  type PairedDevice,
  pageOf,
  toIsoString,
} from './request-context.ts'
import {
  ACKS,
  type ContactFacts,
  factKey,
  fileIdOf,
  type InboxFacts,
  serializeChannel,
  serializeChat,
  serializeContact,
  serializeMessage,
  type TeamFacts,
} from './serialize.ts'

const CHAT_STATES: readonly string[] = ['active', 'pending', 'resolved', 'archived', 'removed']
const SUBSCRIPTIONS: readonly string[] = ['subscribed', 'active', 'exclude', 'unsubscribed']
const MAX_NOTES = 1_000

/** What the service's team knows of chats and persons, and WhatsApp does not: status, owner, labels, notes, facts about a contact. */
export function inboxHandlers(state: State, outbox: Outbox, guards: DeviceGuards, team: TeamFacts): Record<string, Handler> {
  const { network } = state
  const { chats, contacts, channels } = network
  const access = state.memory.part('sparkbot/access', () => new Map<string, readonly string[]>())
  const now = () => toIsoString(state.clock.now())

  const withChat = (act: (pair: PairedDevice, chat: Chat, call: Call) => Answer): Handler => {
    return guards.paired((pair, call) => {
      const chat = chats.get(pair.account, network.chatOf(call.params.chatWid) ?? '')
      return chat ? act(pair, chat, call) : errorResponse(404, `There is no chat ${call.params.chatWid}`)
    })
  }
  const mark = ({ account }: PairedDevice, chat: string, facts: Partial<InboxFacts>) => {
    const key = factKey(account, chat)
    team.chats.set(key, { ...(team.chats.get(key) ?? { labels: [], notes: [] }), ...facts })
  }
  const factsOf = ({ account }: PairedDevice, chat: string): InboxFacts => {
    return team.chats.get(factKey(account, chat)) ?? { labels: [], notes: [] }
  }
  const shown = (pair: PairedDevice, chat: Chat) =>
    json(200, serializeChat(state, pair.account, chats.get(pair.account, chat.id) ?? chat, team))

  const withPerson = (act: (pair: PairedDevice, person: Account, call: Call) => Answer): Handler => {
    return guards.paired((pair, call) => {
      const person = network.find(call.params.contactWid ?? '')
      return person ? act(pair, person, call) : errorResponse(404, `There is no contact ${call.params.contactWid}`)
    })
  }
  const learn = ({ account }: PairedDevice, person: Account, facts: ContactFacts) => {
    const key = factKey(account, person.jid)
    team.contacts.set(key, { ...team.contacts.get(key), ...facts })
  }
  const CONTACT_FACTS = ['surname', 'kind', 'email', 'companyName', 'notes', 'birthday', 'country', 'city', 'address'] as const

  /** Writes a person into the address book, with what the team knows. */
  function save(pair: PairedDevice, person: Account, body: Readonly<Record<string, unknown>>): void {
    const name = textOf(body.name)
    if (name !== undefined) contacts.save(pair.account, person, name)
    const info = omitUndefined(Object.fromEntries(CONTACT_FACTS.map((field) => [field, body[field]])))
    const metadata = Array.isArray(body.metadata) ? body.metadata.filter(isRecord) : undefined
    learn(pair, person, { info: { ...team.contacts.get(factKey(pair.account, person.jid))?.info, ...info }, ...(metadata && { metadata }) })
  }
  function personBy(phone: unknown): Account | undefined {
    const digits = parsePhone(phone)
    return digits === undefined ? undefined : network.account(digits)
  }
  const setMetadata = (keep: boolean) =>
    withPerson((pair, person, call) => {
      const given = listOf(call).filter(isRecord)
      const before = keep ? (team.contacts.get(factKey(pair.account, person.jid))?.metadata ?? []) : []
      const rest = before.filter(({ key }) => !given.some((one) => one.key === key))
      learn(pair, person, { metadata: [...rest, ...given] })
      return json(200, serializeContact(state, pair.account, person, team))
    })

  /** What `chats.bulkUpdate` does to a chat, by its word. */
  const ACTIONS: Readonly<Record<string, (pair: PairedDevice, id: string, params: Readonly<Record<string, unknown>>) => void>> = {
    resolve: (pair, id) => mark(pair, id, { status: 'resolved' }),
    unresolve: (pair, id) => mark(pair, id, { status: 'active' }),
    pin: ({ account }, id) => void chats.set(account, id, { pinned: true }),
    unpin: ({ account }, id) => void chats.set(account, id, { pinned: false }),
    mute: ({ account }, id) => void chats.set(account, id, { mutedUntil: Number.POSITIVE_INFINITY }),
    unmute: ({ account }, id) => void chats.set(account, id, { mutedUntil: null }),
    assign: (pair, id, { agent, department }) => mark(pair, id, { owner: omitUndefined({ agent, department, assignedAt: now() }) }),
    unassign: (pair, id) => mark(pair, id, { owner: undefined }),
  }

  return {
    'chats.setStatus': withChat((pair, chat, { body }) => {
      const status = textOf(body.status) ?? ''
      if (!CHAT_STATES.includes(status)) return invalidField('status', `must be one of ${CHAT_STATES.join(', ')}`)
      mark(pair, chat.id, { status })
      return shown(pair, chat)
    }),
    'chats.assign': withChat((pair, chat, { body }) => {
      const { agent, email, department } = body
      if (agent === undefined && email === undefined && department === undefined) return invalidField('agent', 'is required, or department')
      mark(pair, chat.id, { owner: omitUndefined({ agent: agent ?? email, department, assignedAt: now() }) })
      return shown(pair, chat)
    }),
    'chats.unassign': withChat((pair, chat) => {
      mark(pair, chat.id, { owner: undefined })
      return shown(pair, chat)
    }),
    'chats.setLabels': withChat((pair, chat, call) => {
      const names = listOf(call).flatMap((one) => textOf(one) ?? [])
      const before = factsOf(pair, chat.id).labels
      const rest = before.filter((name) => !names.includes(name))
      const add = call.query.get('upsert') === 'true'
      mark(pair, chat.id, { labels: call.query.get('remove') === 'true' ? rest : add ? [...rest, ...names] : names })
      return shown(pair, chat)
    }),
    'chats.createNote': withChat((pair, chat, { body }) => {
      const message = textOf(body.message)
      if (message === undefined) return invalidField('message', 'is required')
      const note = { id: state.ids.next('sparkbot/note', 24), message, agent: textOf(body.author), date: now() }
      mark(pair, chat.id, { notes: [...factsOf(pair, chat.id).notes, note].slice(-MAX_NOTES) })
      return json(
        200,
        omitUndefined({ ...note, message: undefined, body: message, mtype: 'note', chatWid: chat.id, device: pair.device.id }),
      )
    }),
    'chats.deleteNotes': withChat((pair, chat, { body }) => {
      const ids: readonly unknown[] = Array.isArray(body.ids) ? body.ids : []
      mark(pair, chat.id, { notes: factsOf(pair, chat.id).notes.filter(({ id }) => !ids.includes(id)) })
      return json(200, {})
    }),
    'chats.bulkUpdate': guards.paired((pair, { body }) => {
      const word = textOf(body.action) ?? ''
      const act = Object.hasOwn(ACTIONS, word) ? ACTIONS[word] : undefined
      if (!act) return invalidField('action', `must be one of ${Object.keys(ACTIONS).join(', ')}`)
      const wanted = (Array.isArray(body.chats) ? body.chats : []).flatMap((one) => network.chatOf(one) ?? [])
      for (const id of wanted) if (chats.get(pair.account, id)) act(pair, id, asRecord(body.params))
      return json(200, {})
    }),
    'devices.removeChats': guards.paired(({ account }, call) => {
      for (const one of listOf(call)) {
        const id = network.chatOf(one)
        if (id !== undefined && chats.get(account, id)) chats.delete(account, id)
        if (id !== undefined) team.chats.delete(factKey(account, id))
      }
      return json(200, {})
    }),

    'chatContacts.create': guards.paired((pair, { body }) => {
      const person = personBy(body.phone)
      if (!person) return invalidField('phone', 'is not a number in E.164')
      save(pair, person, body)
      return json(200, serializeContact(state, pair.account, person, team))
    }),
    'chatContacts.bulkUpsert': guards.paired((pair, call) => {
      for (const one of listOf(call).filter(isRecord)) {
        const person = personBy(one.phone)
        if (person) save(pair, person, one)
      }
      return json(200, {})
    }),
    'chatContacts.update': withPerson((pair, person, { body }) => {
      save(pair, person, body)
      return json(200, serializeContact(state, pair.account, person, team))
    }),
    'chatContacts.delete': withPerson((pair, person) => {
      contacts.save(pair.account, person, undefined)
      team.contacts.delete(factKey(pair.account, person.jid))
      return json(200, {})
    }),
    'chatContacts.setMetadata': setMetadata(false),
    'chatContacts.upsertMetadata': setMetadata(true),
    'chatContacts.setSubscription': withPerson((pair, person, { body }) => {
      const status = textOf(body.status) ?? ''
      if (!SUBSCRIPTIONS.includes(status)) return invalidField('status', `must be one of ${SUBSCRIPTIONS.join(', ')}`)
      learn(pair, person, { subscription: { status, updatedAt: now() } })
      return json(200, serializeContact(state, pair.account, person, team))
    }),

    'chatMessages.getAckInfo': guards.paired((pair, { params }) => {
      const message = chats.message(pair.account, params.messageId ?? '')
      if (!message) return errorResponse(404, `There is no message ${params.messageId}`)
      const receipts = [...message.receipts].map(([phone, ack]) => ({ wid: `${phone}@c.us`, ack: ACKS[ack] }))
      return json(200, { wid: message.id, ack: ACKS[message.ack], participants: receipts })
    }),
    'chatFiles.list': guards.paired((pair, { query }) => {
      const chat = query.get('chat')
      const places = chat === null ? chats.list(pair.account).map(({ id }) => id) : [network.chatOf(chat) ?? chat]
      const files = places.flatMap((place) =>
        chats.messages(pair.account, place).flatMap(({ id, media, sentAt }) => {
          if (!media) return []
          const { mimetype: mime, size, filename } = media
          const facts = { id: fileIdOf(media), message: id, chat: place, status: 'available', mime, size, filename }
          return [omitUndefined({ ...facts, createdAt: toIsoString(sentAt) })]
        }),
      )
      return json(200, pageOf(files, query))
    }),
    'userStatus.get': guards.paired((pair, { params }) => {
      const found = chats.messages(pair.account, STATUS).find(({ id }) => id === params.statusId)
      return found ? json(200, serializeMessage(pair, STATUS, found)) : errorResponse(404, `There is no status ${params.statusId}`)
    }),

    'channels.search': guards.online(({ account }, { body }) => {
      const words = (textOf(body.search) ?? '').toLowerCase()
      const limit = typeof body.limit === 'number' && body.limit > 0 ? body.limit : 20
      const found = channels.all().filter(({ name, description }) => `${name} ${description}`.toLowerCase().includes(words))
      return json(
        200,
        found.slice(0, limit).map((channel) => serializeChannel(state, account, channel)),
      )
    }),
    'channels.update': guards.online(({ account }, { params, body }) => {
      const [name, description] = [textOf(body.name), textOf(body.description)]
      const changed = channels.change(account, network.chatOf(params.channelWid) ?? '', omitUndefined({ name, description }))
      return json(200, serializeChannel(state, account, changed))
    }),

    'numbers.validate': ({ body }) => {
      const numbers = (Array.isArray(body.numbers) ? body.numbers : []).map((input) => {
        const phone = parsePhone(input)
        if (phone === undefined) return { input, valid: false, error: 'is not a number in E.164' }
        return { input, valid: true, phone: `+${phone}`, wid: `${phone}@c.us`, kind: 'mobile' }
      })
      const valid = numbers.filter((one) => one.valid).length
      return json(200, { summary: { total: numbers.length, valid, invalid: numbers.length - valid }, numbers })
    },

    'queue.route': guards.device((device, { body }) => {
      const target = state.sessions('sparkbot').get(textOf(body.device) ?? '')
      if (!target) return errorResponse(404, `There is no number ${String(body.device)}`)
      outbox.route(device.id, target)
      return json(200, { device: target.id, messages: outbox.waiting(target.id) })
    }),
    'team.grantAccess': guards.device(({ id }, { body }) => {
      const member = textOf(body.id)
      if (member === undefined) return invalidField('id', 'is required')
      access.set(id, [...new Set([...(access.get(id) ?? []), member])])
      return json(200, { device: id, team: access.get(id) })
    }),
    'team.revokeAccess': guards.device(({ id }, { body }) => {
      const member = textOf(body.id) ?? textOf(body.email)
      access.set(
        id,
        (access.get(id) ?? []).filter((one) => one !== member),
      )
      return json(200, { device: id, team: access.get(id) })
    }),
  }
}
