import type { Session } from '../../sessions/session.ts'
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
  pageOf,
  queueStatus,
  toIsoString,
} from './request-context.ts'

const QUEUE_STATES: readonly string[] = ['active', 'pause', 'reject', 'freeze']

type Fields = Readonly<Record<string, unknown>>
type Item = Fields & { readonly id: string }

/** Things of the account that WhatsApp knows nothing of: labels, quick replies, team, departments, campaigns, meeting links, the queue. */
export function collectionHandlers(state: State, user: string, outbox: Outbox, guards: DeviceGuards): Record<string, Handler> {
  const labels = new Collection(state, 'label')
  const replies = new Collection(state, 'quick-reply')
  const members = new Collection(state, 'member')
  const departments = new Collection(state, 'department')
  const campaigns = new Collection(state, 'campaign')
  const meetings = new Collection(state, 'meeting')
  const contacts = state.memory.part('sparkbot/contacts', () => new Map<string, readonly Fields[]>())
  const now = () => toIsoString(state.clock.now())

  const queueOf = (device: Session) => ({ status: queueStatus(device), messages: outbox.waiting(device.id), scheduled: 0 })

  /** Lists the items of the device in the path. */
  const listed = (items: Collection, show: (item: Item) => Fields = (item) => item) =>
    guards.device(({ id }, { query }) => json(200, pageOf(items.of(id).map(show), query)))

  /**
   * Makes an item of the device in the path.
   *
   * @param required names of fields that have to be there
   */
  const created = (items: Collection, required: readonly string[], fieldsOf: (call: Call, device: Session) => Fields) =>
    guards.device((device, call) => {
      const missing = required.find((name) => call.body[name] === undefined)
      return missing === undefined ? json(201, items.add(device.id, fieldsOf(call, device))) : invalidField(missing, 'is required')
    })

  const missing = (what: string, id: unknown) => errorResponse(404, `There is no ${what} ${String(id)}`)
  const only = (body: Fields, names: readonly string[]) => omitUndefined(Object.fromEntries(names.map((name) => [name, body[name]])))
  const withoutId = ({ id: _, ...fields }: Item): Fields => fields

  /** Makes a handler for the campaign in the path. */
  const withCampaign = (act: (campaign: Item, call: Call) => Answer): Handler => {
    return (call) => {
      const found = campaigns.get(call.params.campaignId)
      return found ? act(found, call) : missing('campaign', call.params.campaignId)
    }
  }
  const CAMPAIGN = ['name', 'device', 'message', 'template', 'templateLanguage', 'file', 'unsubscribe', 'settings']

  return {
    'labels.list': listed(labels, withoutId),
    'labels.create': guards.device(({ id }, { body }) => {
      for (const name of ['name', 'color']) if (body[name] === undefined) return invalidField(name, 'is required')
      if (labels.of(id).some(({ name }) => name === body.name)) return errorResponse(409, `There is a label ${String(body.name)} already`)
      return json(201, withoutId(labels.add(id, { active: true, scope: 'chat', ...only(body, ['name', 'color', 'description']) })))
    }),
    'labels.update': guards.device(({ id }, { body }) => {
      const found = labels.of(id).find(({ name }) => name === body.name)
      return found ? json(200, withoutId(labels.change(found, only(body, ['color', 'description'])))) : missing('label', body.name)
    }),
    'labels.delete': guards.device(({ id }, { body }) => {
      const found = labels.of(id).find(({ name }) => name === body.name)
      if (!found) return missing('label', body.name)
      labels.remove(found)
      return json(200, {})
    }),

    'quickReplies.list': listed(replies),
    'quickReplies.create': created(replies, ['shortcut', 'message'], ({ body }) => {
      return { scope: 'chat', active: true, ...only(body, ['shortcut', 'message', 'file', 'keywords']), createdAt: now(), updatedAt: now() }
    }),
    'quickReplies.update': guards.device(({ id }, { body }) => {
      const found = replies.of(id).find((one) => one.id === body.id || one.shortcut === body.shortcut)
      if (!found) return missing('quick reply', body.id ?? body.shortcut)
      return json(200, replies.change(found, { ...only(body, ['shortcut', 'message', 'file', 'keywords']), updatedAt: now() }))
    }),
    'quickReplies.delete': guards.device(({ id }, call) => {
      const wanted = listOf(call).map(asRecord)
      for (const one of replies.of(id)) if (wanted.some((by) => by.id === one.id || by.shortcut === one.shortcut)) replies.remove(one)
      return json(200, {})
    }),

    'team.list': ({ query }) => json(200, pageOf(members.all(), query)),
    'team.listByDevice': guards.device((_device, { query }) => json(200, pageOf(members.all(), query))),
    'team.create': created(members, ['displayName', 'email', 'role'], ({ body }) => {
      return { ...only(body, ['displayName', 'email', 'role', 'color']), settings: {}, availability: {} }
    }),
    'team.update': ({ body }) => {
      const found = members.get(body.id)
      return found ? json(200, members.change(found, only(body, ['displayName', 'email', 'role', 'color']))) : missing('member', body.id)
    },
    'team.delete': ({ body }) => {
      const wanted = Array.isArray(body.users) ? body.users.map((one) => textOf(asRecord(one).id) ?? one) : []
      for (const one of members.all()) if (wanted.includes(one.id)) members.remove(one)
      return json(200, {})
    },

    'departments.list': listed(departments),
    'departments.create': created(departments, ['name', 'color'], ({ body }, device) => {
      const given = only(body, ['name', 'icon', 'color', 'description', 'agents'])
      return { user, owner: user, device: device.id, ...given, createdAt: now(), updatedAt: now() }
    }),
    'departments.update': guards.device((_device, { body }) => {
      const found = departments.get(body.department)
      if (!found) return missing('department', body.department)
      return json(200, departments.change(found, { ...only(body, ['name', 'icon', 'color', 'description', 'agents']), updatedAt: now() }))
    }),
    'departments.delete': guards.device((_device, { body }) => {
      const found = departments.get(body.department)
      if (!found) return missing('department', body.department)
      departments.remove(found)
      return json(200, {})
    }),

    'campaigns.list': ({ query }) => json(200, pageOf(campaigns.all(), query)),
    'campaigns.create': ({ body }) => {
      for (const name of ['name', 'device']) if (body[name] === undefined) return invalidField(name, 'is required')
      const made = campaigns.add('', { user, owner: user, mode: 'single', source: 'import', ...only(body, CAMPAIGN) })
      if (Array.isArray(body.contacts)) contacts.set(made.id, body.contacts.filter(isRecord))
      return json(201, made)
    },
    'campaigns.get': withCampaign((campaign) => json(200, campaign)),
    'campaigns.update': withCampaign((campaign, { body }) => json(200, campaigns.change(campaign, only(body, CAMPAIGN)))),
    'campaigns.delete': withCampaign((campaign) => {
      campaigns.remove(campaign)
      contacts.delete(campaign.id)
      return json(200, {})
    }),
    // `start` and `stop` share their path
    'campaigns.start': withCampaign((campaign, { body }) => {
      return json(200, campaigns.change(campaign, body.action === 'stop' ? { stoppedAt: now() } : { startedAt: now() }))
    }),
    'campaigns.listContacts': withCampaign(({ id }, { query }) => {
      const shown = (contacts.get(id) ?? []).map(({ phone, group }, index) => {
        return omitUndefined({
          id: state.ids.of(`sparkbot/campaign/${id}/${index}`, 24),
          campaign: id,
          kind: group ? 'group' : 'user',
          phone,
          group,
        })
      })
      return json(200, pageOf(shown, query))
    }),
    'campaigns.addContacts': withCampaign(({ id }, call) => {
      contacts.set(id, [...(contacts.get(id) ?? []), ...listOf(call).filter(isRecord)])
      return json(200, {})
    }),
    'campaigns.removeContacts': withCampaign(({ id }, { query }) => {
      const gone = ['phones', 'groups'].flatMap((name) => query.getAll(name).flatMap((one) => one.split(',')))
      contacts.set(
        id,
        (contacts.get(id) ?? []).filter(({ phone, group }) => !gone.includes(String(phone ?? group))),
      )
      return json(200, {})
    }),

    'meetings.list': listed(meetings),
    'meetings.create': created(meetings, [], ({ body }, device) => {
      const expiresAt = toIsoString(state.clock.now() + 24 * 3_600_000)
      const token = state.ids.next('sparkbot/meeting-token', 22)
      return { user, device: device.id, expiresAt, kind: body.kind === 'video' ? 'video' : 'voice', token, ...only(body, ['message']) }
    }),
    'meetings.delete': guards.device(({ id }, { body }) => {
      const wanted = Array.isArray(body.ids) ? body.ids : []
      for (const one of meetings.of(id)) if (body.all === true || wanted.includes(one.id)) meetings.remove(one)
      return json(200, {})
    }),

    'queue.get': guards.device((device) => json(200, queueOf(device))),
    'queue.setStatus': guards.device((device, { body }) => {
      const status = textOf(body.status)
      if (status === undefined || !QUEUE_STATES.includes(status)) return invalidField('status', `must be one of ${QUEUE_STATES.join(', ')}`)
      device.settings.queue = status
      outbox.pump(device)
      return json(200, queueOf(device))
    }),
    'queue.clear': guards.device(({ id }) => {
      const messages = outbox.waiting(id)
      outbox.empty(id)
      return json(200, { messages })
    }),
  }
}

/** The largest number of items kept of a kind. */
const MAX_ITEMS = 1_000

/** Items with ids, each of one owner, oldest first. */
class Collection {
  readonly #items: Map<string, { readonly owner: string; readonly item: Item }>
  readonly #state: State
  readonly #kind: string

  constructor(state: State, kind: string) {
    this.#state = state
    this.#kind = kind
    this.#items = state.memory.part(`sparkbot/${kind}s`, () => new Map())
  }

  add(owner: string, fields: Fields): Item {
    const item = { id: this.#state.ids.next(`sparkbot/${this.#kind}`, 24), ...fields }
    this.#items.set(item.id, { owner, item })
    for (const id of this.#items.keys()) {
      if (this.#items.size <= MAX_ITEMS) break
      this.#items.delete(id)
    }
    return item
  }

  get(id: unknown): Item | undefined {
    return this.#items.get(String(id))?.item
  }

  all(): readonly Item[] {
    return [...this.#items.values()].map(({ item }) => item)
  }

  of(owner: string): readonly Item[] {
    return [...this.#items.values()].filter((one) => one.owner === owner).map(({ item }) => item)
  }

  change(item: Item, fields: Fields): Item {
    const owner = this.#items.get(item.id)?.owner ?? ''
    const changed = { ...item, ...fields }
    this.#items.set(item.id, { owner, item: changed })
    return changed
  }

  remove({ id }: Item): void {
    this.#items.delete(id)
  }
}
