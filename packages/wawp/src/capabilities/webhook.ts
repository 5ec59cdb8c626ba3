import {
  type CallOptions,
  type EventType,
  GatewayError,
  invalidInput,
  listInput,
  type PluginContext,
  type TypedVerbs,
  textInput,
  unsupportedInput,
  type Webhook,
  type WebhookVerbs,
  type Written,
  wholePage,
} from '@wamux/core'
import { engineEventWords, known, recordOf, textOf } from '@wamux/core/engine'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export type WawpWebhook = TypedVerbs<
  WebhookVerbs,
  { list: Schemas['Webhooks']; create: Schemas['Outcome']; update: Schemas['Outcome']; delete: Schemas['Outcome'] }
>

/**
 * The webhook verbs of Wawp, which tells webhooks apart by their address. They change one at a time: the call that replaces the whole list
 * would take the vendor's own webhook away.
 */
export function webhookVerbs({ exchange }: PluginContext<WawpConfig>): Written<WawpWebhook> {
  const forInstance = instanceCalls(exchange)

  async function all(session: string, options: CallOptions | undefined) {
    const { data } = await forInstance(routes.webhooksList, session, {}, options)
    const webhooks = recordOf(data)?.webhooks
    return { data, webhooks: Array.isArray(webhooks) ? (webhooks as readonly unknown[]) : [] }
  }

  /** The webhook with that address, before it is changed. */
  async function existing(session: string, address: string, verb: 'update' | 'delete', options: CallOptions | undefined): Promise<Webhook> {
    const url = textInput(address, 'webhook')
    const { webhooks } = await all(session, options)
    const one = webhooks.map((row) => readWebhook(session, row)).find((webhook) => webhook.url === url)
    if (one) return one
    // the address is not quoted: those of webhooks hold tokens
    const details = { kind: 'not_found', gateway: manifest.id, operation: `webhook.${verb}`, reached: 'yes' } as const
    throw new GatewayError(`${manifest.name} has no webhook with that address`, details)
  }

  return {
    async list({ session, ...page }, options) {
      const { data, webhooks } = await all(session, options)
      return wholePage(webhooks, page, data, (row) => {
        const webhook = readWebhook(session, row)
        return webhook.url === '' ? undefined : webhook
      })
    },

    async create({ session, url, events, secret }, options) {
      const address = addressOf(url)
      const body = { url: address, events: wordsOf(events), ...(secret === undefined ? {} : { hmac: textInput(secret, 'secret') }) }
      const { webhooks } = await all(session, options)
      // to set one that is there would change it
      if (webhooks.some((row) => readWebhook(session, row).url === address)) {
        const details = { kind: 'conflict', gateway: manifest.id, operation: 'webhook.create', reached: 'yes' } as const
        throw new GatewayError(`${manifest.name} has a webhook with that address already`, details)
      }
      const { data } = await forInstance(routes.webhooksSet, session, { body }, options)
      return { session, id: address, url: address, events: body.events, raw: data }
    },

    async update({ session, webhook, url, events, secret }, options) {
      if (url !== undefined && url !== webhook) {
        throw unsupportedInput(manifest, 'url', 'it knows a webhook by its address: make a new one and delete this. Nothing was changed.')
      }
      const changes = {
        ...(events === undefined ? {} : { events: wordsOf(events) }),
        ...(secret === undefined ? {} : { hmac: textInput(secret, 'secret') }),
      }
      const present = await existing(session, webhook, 'update', options)
      // left out, it could switch on one that is off
      const active = present.active === undefined ? {} : { is_active: present.active ? 1 : 0 }
      const body = { url: webhook, ...(active as { is_active?: 0 | 1 }), ...changes }
      const { data } = await forInstance(routes.webhooksUpdate, session, { body }, options)
      return { ...present, events: changes.events ?? present.events, raw: data }
    },

    async delete({ session, webhook }, options) {
      await existing(session, webhook, 'delete', options)
      const { data } = await forInstance(routes.webhooksDelete, session, { body: { url: webhook } }, options)
      return { session, done: true, raw: data }
    },
  }
}

function readWebhook(session: string, raw: unknown): Webhook {
  const row = recordOf(raw)
  const url = textOf(row?.url) ?? ''
  const events = Array.isArray(row?.events) ? row.events.filter((word): word is string => typeof word === 'string') : []
  const { is_active } = row ?? {}
  const active = is_active === undefined || is_active === null ? undefined : Number(is_active) === 1
  return { ...known({ session, id: url, url, events, active }), raw }
}

/** Wawp's words for types of events. @throws GatewayError `unsupported` for a type that it has no word for */
function wordsOf(types: readonly EventType[] | undefined): string[] {
  const { words, missing } = engineEventWords(types && listInput(types, 'events'))
  if (missing.length > 0) throw unsupportedInput(manifest, 'events', `it has no event for ${missing.join(', ')}. Nothing was changed.`)
  return [...words]
}

function addressOf(url: unknown): string {
  if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw invalidInput('url', 'expected an http(s) address')
  return url
}
