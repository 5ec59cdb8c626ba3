import {
  type CallOptions,
  GatewayError,
  invalidInput,
  type PluginContext,
  type Safety,
  type TypedVerbs,
  type VerbImplementations,
  type Webhook,
  type WebhookInput,
  type WebhookVerbs,
} from '@wamux/core'
import { changesInTurn, httpUrlInput, textInput, unsupportedInput, wholePage } from '@wamux/core/verbs'
import { acknowledged, omitUndefined, textOf } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { resultOf } from './from-vendor.ts'
import { readConfig } from './update-config.ts'

type Schemas = components['schemas']

/**
 * The webhook verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#webhooks
 */
export interface WarestWebhook
  extends TypedVerbs<
    WebhookVerbs,
    {
      list: Schemas['SessionCreatedAnswer']
      create: Schemas['SessionConfiguredAnswer']
      update: Schemas['SessionConfiguredAnswer']
      delete: Schemas['SessionConfiguredAnswer']
    }
  > {}

/** Least characters of the secret: with a shorter one the server accepts the webhook and then sends nothing. */
const SHORTEST_SECRET = 6

/**
 * The webhook verbs of WARest. A session has one webhook, whose address is its id. Only the create call returns that address, and it would
 * start a stopped session. So all of these verbs throw `conflict` for a stopped session.
 */
export function webhookVerbs(context: PluginContext<WarestConfig>): VerbImplementations<WarestWebhook> {
  const { send } = context
  /** Reads the webhook of a session. */
  const find = (session: string, options?: CallOptions) => readConfig(send, session, options)

  /** The webhook that is to be changed. */
  async function mustBe(session: string, webhook: string, options?: CallOptions) {
    const found = await find(session, options)
    if (textInput(webhook, 'webhook') !== found.url) throw problem('not_found', `session "${session}" has no webhook with that address`)
    return found
  }

  /** @param safety of the verb, which is stricter than that of the operation */
  async function configure(session: string, safety: Safety, body: Schemas['SessionConfig'], options?: CallOptions) {
    return (await send({ ...routes.sessionsUpdateConfig, safety }, { path: { sessionId: session }, body }, options)).data
  }

  const verbs: VerbImplementations<WarestWebhook> = {
    async list({ session, ...page }, options) {
      const { url, raw } = await find(session, options)
      return wholePage(url === '' ? [] : [url], page, raw, (one) => describe(session, one, raw))
    },

    async create({ session, ...input }, options) {
      const settings = settingsOf(input)
      const webhookUrl = httpUrlInput(input.url, 'url')
      const { url } = await find(session, options)
      if (url !== '') throw problem('conflict', `session "${session}" has a webhook already, and there can be one only`)
      const data = await configure(session, 'create', { webhookUrl, ...settings }, options)
      // without a given secret the server generates one, which the caller needs to check deliveries
      const secret = settings.webhookSecret === undefined ? textOf(resultOf(data).webhookSecret) : undefined
      return { ...describe(session, webhookUrl, data), ...omitUndefined({ signed: secret === undefined ? undefined : true, secret }) }
    },

    async update({ session, webhook, url, ...input }, options) {
      const settings = settingsOf(input)
      const changed = url === undefined ? undefined : httpUrlInput(url, 'url')
      const found = await mustBe(session, webhook, options)
      const webhookUrl = changed ?? found.url
      // without a secret the server would generate a new one
      const webhookSecret = settings.webhookSecret ?? found.secret
      const body = { webhookUrl, ...(webhookSecret === undefined ? {} : { webhookSecret }) }
      return describe(session, webhookUrl, await configure(session, 'converge', body, options))
    },

    async delete({ session, webhook }, options) {
      await mustBe(session, webhook, options)
      return acknowledged(session, await configure(session, 'danger', { webhookUrl: '' }, options))
    },
  }
  return changesInTurn({ ...context, manifest }, 'webhook', verbs)
}

function settingsOf({ events, secret }: Omit<Partial<WebhookInput>, 'url'>): { webhookSecret?: string } {
  if (events !== undefined) throw unsupportedInput(manifest, 'events', 'it always sends all events. Leave this field out.')
  if (secret === undefined) return {}
  if (textInput(secret, 'secret').length < SHORTEST_SECRET)
    throw invalidInput('secret', 'expected at least 6 characters: with fewer nothing is sent')
  return { webhookSecret: secret }
}

function describe<Raw>(session: string, url: string, raw: Raw): Webhook & { readonly raw: Raw } {
  return { session, id: url, url, events: [], raw }
}

function problem(kind: 'not_found' | 'conflict', text: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${text}`, { kind, gateway: manifest.id })
}
