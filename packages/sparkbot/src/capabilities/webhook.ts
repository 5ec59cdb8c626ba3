import {
  type CallOptions,
  type EventType,
  GatewayError,
  invalidInput,
  type PluginContext,
  type TypedVerbs,
  type VerbImplementations,
  type Webhook,
  type WebhookVerbs,
} from '@wamux/core'
import { changesInTurn, httpUrlInput, listInput, offsetPage, textInput, unsupportedInput } from '@wamux/core/verbs'
import { acknowledged, textOf, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fieldsOf, listOf, referenceOf } from './from-vendor.ts'
import { deviceOf, pageOf } from './to-vendor.ts'

type Schemas = components['schemas']
type Raw = Schemas['Webhook']
type Word = Schemas['WebhookEvent']

/**
 * The webhook verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#webhooks
 */
export interface SparkbotWebhook extends TypedVerbs<WebhookVerbs, { list: Raw[]; create: Raw; update: Raw; delete: unknown }> {}

const LARGEST_PAGE = 200
/** Name in the list of the service, which requires one. */
const NAME = 'wamux'

/** SparkBot's names for each type of event. It does not report the other types. */
const WORDS: Readonly<Partial<Record<EventType, readonly Word[]>>> = {
  'session.status': ['number:session'],
  'message.received': ['message:in:new'],
  // the plan of the account decides which of the two is sent
  'message.sent': ['message:out:new', 'message:out:sent'],
  'message.ack': ['message:out:ack'],
  'message.failed': ['message:out:failed'],
  'message.reaction': ['message:reaction'],
  'message.edited': ['message:update'],
  'message.revoked': ['message:update'],
  'group.updated': ['group:update'],
  'group.participants': ['group:update'],
  'chat.updated': ['chat:update'],
  'chat.archived': ['chat:update'],
  'contact.updated': ['contact:update'],
  'channel.message': ['channel:in'],
  'status.posted': ['status:update'],
}

/** The webhook verbs of SparkBot. Webhooks belong to the account. One for all numbers is listed for every session. */
export function webhookVerbs(context: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotWebhook> {
  const { send } = context
  async function listAll(options?: CallOptions): Promise<readonly Raw[]> {
    const all: Raw[] = []
    // no total is given: a page that is not full is the last
    for (let page = 0; page <= 50; page++) {
      const { data } = await send(routes.webhooksList, { query: { page, size: LARGEST_PAGE } }, options)
      const rows = listOf(data, 'webhook.list')
      for (const row of rows) all.push(row)
      if (rows.length < LARGEST_PAGE) break
    }
    return all
  }

  const verbs: VerbImplementations<SparkbotWebhook> = {
    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      const { data } = await send(routes.webhooksList, { query }, options)
      return offsetPage(listOf(data, 'webhook.list'), offset, data, (row) =>
        isOf(session, row) ? withId(readWebhook(session, row)) : undefined,
      )
    },

    async create({ session, secret, ...input }, options) {
      const url = httpUrlInput(input.url, 'url')
      const events = wordsOf(input.events)
      refuseSecret(secret)
      const taken = (await listAll(options)).some((one) => fieldsOf(one).url === url && isOf(session, one))
      if (taken) throw conflict(url)
      const { data } = await send(routes.webhooksCreate, { body: { name: NAME, url, events, device: deviceOf(session) } }, options)
      return readWebhook(session, data, { url, events })
    },

    async update({ session, webhook, url, events, secret }, options) {
      refuseSecret(secret)
      const body = {
        ...(url === undefined ? {} : { url: httpUrlInput(url, 'url') }),
        ...(events === undefined ? {} : { events: wordsOf(events) }),
      }
      if (Object.keys(body).length === 0) throw invalidInput('url', 'expected url or events: there is nothing to change')
      const webhookId = textInput(webhook, 'webhook')
      const { data } = await send(routes.webhooksUpdate, { path: { webhookId }, body }, options)
      return readWebhook(session, data, { id: webhookId, ...body })
    },

    async delete({ session, webhook }, options) {
      const { data } = await send(routes.webhooksDelete, { path: { webhookId: textInput(webhook, 'webhook') } }, options)
      return acknowledged(session, data)
    },
  }
  return changesInTurn({ ...context, manifest }, 'webhook', verbs)
}

/** True for a webhook of this session's number, or of all numbers. */
function isOf(session: string, raw: Raw): boolean {
  const device = referenceOf(fieldsOf(raw).device)
  return device === undefined || device === session
}

function readWebhook(
  session: string,
  raw: Raw,
  asked: { readonly id?: string; readonly url?: string; readonly events?: readonly string[] } = {},
): Webhook<Raw> {
  const { id, url, events, status } = fieldsOf(raw)
  const told = Array.isArray(events) ? events.filter((one): one is string => typeof one === 'string') : undefined
  return {
    session,
    id: textOf(id) ?? asked.id ?? '',
    url: textOf(url) ?? asked.url ?? '',
    events: told ?? asked.events ?? [],
    ...(textOf(status) === undefined ? {} : { active: status === 'active' }),
    signed: false,
    raw,
  }
}

function wordsOf(types: readonly EventType[] = Object.keys(WORDS) as EventType[]): Word[] {
  const words = listInput(types, 'events').flatMap((type) => {
    const found = Object.hasOwn(WORDS, type) ? WORDS[type] : undefined
    if (!found) throw unsupportedInput(manifest, 'events', `it does not report ${type}. Nothing was changed.`)
    return found
  })
  return [...new Set(words)]
}

function refuseSecret(secret: unknown): void {
  if (secret === undefined) return
  throw unsupportedInput(
    manifest,
    'secret',
    'it does not sign what it sends. Put a secret into the address, and give it to parseWebhook as a path token.',
  )
}

function conflict(url: string): GatewayError {
  // an address may carry a secret
  const { origin } = new URL(url)
  return new GatewayError(`${manifest.name} has a webhook for that address at ${origin} already`, {
    kind: 'conflict',
    gateway: manifest.id,
    operation: 'webhook.create',
    field: 'url',
    hint: 'Change it with webhook.update.',
  })
}
