import { type CallOptions, GatewayError, type PluginContext, type Webhook, type WebhookVerbs } from '@wamux/core'
import { httpUrlInput, textInput, unsupportedInput, wholePage } from '@wamux/core/verbs'
import type { GowaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Settings = components['schemas']['Webhook']

/** The webhook verbs of GOWA. */
export type GowaWebhook = Pick<WebhookVerbs, 'list' | 'create' | 'delete'>

type Verbs = {
  readonly [Verb in keyof GowaWebhook]: (...args: Parameters<GowaWebhook[Verb]>) => Promise<Awaited<ReturnType<GowaWebhook[Verb]>>>
}

/** A device has one webhook. It is read before it is written, so that nobody's webhook is replaced. */
export function webhookVerbs({ send }: PluginContext<GowaConfig>): Verbs {
  async function read(session: string, options: CallOptions | undefined): Promise<Settings> {
    const { data } = await send(routes.webhooksGet, { path: { device_id: session } }, options)
    const settings = data?.results
    if (typeof settings?.webhook_url !== 'string') throw problem('bad_response', 'the answer has no webhook in it')
    return settings
  }

  async function write(session: string, body: components['schemas']['SetWebhook'], options: CallOptions | undefined): Promise<Settings> {
    const { data } = await send(routes.webhooksUpdate, { path: { device_id: session }, body }, options)
    if (data?.results?.webhook_url !== body.webhook_url) throw problem('bad_response', 'the answer does not show the webhook as it was set')
    return data.results
  }

  return {
    async list({ session, ...page }, options) {
      const settings = await read(session, options)
      const webhooks = settings.webhook_url === '' ? [] : [settings]
      return wholePage(webhooks, page, webhooks, (one) => webhookOf(session, one))
    },

    async create({ session, url, events, secret }, options) {
      const wanted = httpUrlInput(url, 'url')
      if (events !== undefined) throw unsupportedInput(manifest, 'events', 'this plugin asks for all of them. Nothing was changed.')
      const key = secret === undefined ? {} : { webhook_secret: textInput(secret, 'secret') }
      const settings = await read(session, options)
      if (settings.webhook_url !== '') throw problem('conflict', 'the device has a webhook already')
      return webhookOf(session, await write(session, { webhook_url: wanted, ...key }, options))
    },

    async delete({ session, webhook }, options) {
      const settings = await read(session, options)
      if (webhook === '' || settings.webhook_url !== webhook) throw problem('not_found', 'the device has no webhook with that address')
      return { session, done: true, raw: await write(session, { webhook_url: '' }, options) }
    },
  }
}

function webhookOf(session: string, raw: Settings): Webhook {
  const url = raw.webhook_url ?? ''
  const events = (raw.webhook_events ?? '').split(',').filter((one) => one !== '')
  return { session, id: url, url, events, signed: true, raw }
}

function problem(kind: 'bad_response' | 'conflict' | 'not_found', message: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${message}`, { kind, gateway: manifest.id, reached: 'yes' })
}
