import {
  type CallOptions,
  type EventType,
  GatewayError,
  type PluginContext,
  type TypedVerbs,
  type VerbId,
  type VerbImplementations,
  type Webhook,
  type WebhookVerbs,
} from '@wamux/core'
import { changesInTurn, httpUrlInput, listInput, textInput, unsupportedInput, wholePage } from '@wamux/core/verbs'
import { engineEventWords, omitUndefined, recordOf, textOf } from '@wamux/engine'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { readWebhook } from './from-vendor.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

/**
 * The webhook verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#webhooks
 */
export interface WawpWebhook
  extends TypedVerbs<
    WebhookVerbs,
    { list: Schemas['Webhooks']; create: Schemas['Outcome']; update: Schemas['Outcome']; delete: Schemas['Outcome'] }
  > {}

/**
 * The webhook verbs of Wawp. The id of a webhook is its address. Each verb changes one webhook: the call that replaces the whole list would
 * remove the vendor's own webhook.
 */
export function webhookVerbs(context: PluginContext<WawpConfig>): VerbImplementations<WawpWebhook> {
  const { send } = context
  const forInstance = instanceCalls(send)

  async function all(session: string, options: CallOptions | undefined) {
    const { data } = await forInstance(routes.webhooksList, session, {}, options)
    const webhooks = recordOf(data)?.webhooks
    return { data, webhooks: Array.isArray(webhooks) ? (webhooks as readonly unknown[]) : [] }
  }

  /** The webhook with that address, before it is changed, and whether another address is taken. */
  async function existing(session: string, address: string, verb: 'update' | 'delete', options: CallOptions | undefined) {
    const id = textInput(address, 'webhook')
    const { webhooks } = await all(session, options)
    const urls = webhooks.map((row) => readWebhook(session, row).url)
    const row = webhooks[urls.indexOf(id)]
    if (row !== undefined)
      return { row: recordOf(row) ?? {}, webhook: readWebhook(session, row), taken: (url: string) => urls.includes(url) }
    // the message does not contain the address, which may contain a token
    throw problem('not_found', `webhook.${verb}`, 'has no webhook with that address')
  }

  /** Gives a webhook another address. Wawp has no call for that, so a new webhook is created, then the old one is deleted. */
  async function move(
    session: string,
    url: string,
    { row, webhook }: Awaited<ReturnType<typeof existing>>,
    more: Changes,
    options: CallOptions | undefined,
  ) {
    if (more.hmac === undefined && !Object.hasOwn(row, 'hmac')) {
      const reason = 'a webhook gets another address by being made anew, and its secret is not told: give it along. Nothing was changed.'
      throw unsupportedInput(manifest, 'url', reason)
    }
    const key = textOf(row.hmac) ?? textOf(recordOf(row.hmac)?.key)
    const kept = omitUndefined({ is_active: activeOf(webhook), retries: recordOf(row.retries), hmac: key })
    const body = { url, events: [...webhook.events], ...kept, ...more }
    const { data } = await forInstance(routes.webhooksSet, session, { body }, options)
    await forInstance(routes.webhooksDelete, session, { body: { url: webhook.url } }, options)
    return { ...webhook, id: url, url, events: body.events, raw: data }
  }

  const verbs: VerbImplementations<WawpWebhook> = {
    async list({ session, ...page }, options) {
      const { data, webhooks } = await all(session, options)
      return wholePage(webhooks, page, data, (row) => {
        const webhook = readWebhook(session, row)
        return webhook.url === '' ? undefined : webhook
      })
    },

    async create({ session, url, events, secret }, options) {
      const address = httpUrlInput(url, 'url')
      const body = { url: address, events: wordsOf(events), ...(secret === undefined ? {} : { hmac: textInput(secret, 'secret') }) }
      const { webhooks } = await all(session, options)
      // the call would change an existing webhook
      if (webhooks.some((row) => readWebhook(session, row).url === address)) throw problem('conflict', 'webhook.create', TAKEN)
      const { data } = await forInstance({ ...routes.webhooksSet, safety: 'create' }, session, { body }, options)
      return { session, id: address, url: address, events: body.events, raw: data }
    },

    async update({ session, webhook, url, events, secret }, options) {
      const address = url === undefined ? webhook : httpUrlInput(url, 'url')
      const changes = omitUndefined({
        events: events && wordsOf(events),
        hmac: secret === undefined ? undefined : textInput(secret, 'secret'),
      })
      const present = await existing(session, webhook, 'update', options)
      if (address !== webhook) {
        if (present.taken(address)) throw problem('conflict', 'webhook.update', TAKEN)
        return await move(session, address, present, changes, options)
      }
      // without `is_active` the call could switch on a webhook that is off
      const body = { url: webhook, ...omitUndefined({ is_active: activeOf(present.webhook) }), ...changes }
      const { data } = await forInstance(routes.webhooksUpdate, session, { body }, options)
      return { ...present.webhook, events: changes.events ?? present.webhook.events, raw: data }
    },

    async delete({ session, webhook }, options) {
      await existing(session, webhook, 'delete', options)
      const { data } = await forInstance(routes.webhooksDelete, session, { body: { url: webhook } }, options)
      return { session, done: true, raw: data }
    },
  }
  return changesInTurn({ ...context, manifest }, 'webhook', verbs)
}

const TAKEN = 'has a webhook with that address already'

interface Changes {
  readonly events?: string[]
  readonly hmac?: string
}

function problem(kind: 'conflict' | 'not_found', operation: VerbId, words: string): GatewayError {
  return new GatewayError(`${manifest.name} ${words}`, {
    kind,
    gateway: manifest.id,
    operation,
    hint: 'Nothing was changed.',
    reached: 'yes',
  })
}

function activeOf({ active }: Webhook): 0 | 1 | undefined {
  return active === undefined ? undefined : active ? 1 : 0
}

/**
 * Wawp's words for types of events.
 *
 * @throws {GatewayError} `unsupported`: for a type that it has no word for
 */
function wordsOf(types: readonly EventType[] | undefined): string[] {
  const { words, missing } = engineEventWords(types && listInput(types, 'events'))
  if (missing.length > 0) throw unsupportedInput(manifest, 'events', `it has no event for ${missing.join(', ')}. Nothing was changed.`)
  return [...words]
}
