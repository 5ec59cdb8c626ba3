import {
  type CallOptions,
  GatewayError,
  type PluginContext,
  type TypedVerbs,
  type VerbId,
  type VerbImplementations,
  type Webhook,
  type WebhookInput,
  type WebhookVerbs,
} from '@wamux/core'
import { changesInTurn, httpUrlInput, listInput, textInput, unsupportedInput, wholePage } from '@wamux/core/verbs'
import { engineEventWords } from '@wamux/engine'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { configIn, refuseHidden } from './update-config.ts'

type Schemas = components['schemas']
type Config = Schemas['WebhookConfig']

/**
 * The webhook verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#webhooks
 */
export interface WahaWebhook
  extends TypedVerbs<WebhookVerbs, { list: Schemas['Session']; create: Config; update: Config; delete: Schemas['Session'] | undefined }> {}

/**
 * The webhook verbs of WAHA, where webhooks are a part of the session's config: each change reads the config, changes one webhook and puts
 * all of it back. All else in it stays. Changes of one session wait for each other within a process; what another program
 * changes between the two calls is lost. A running session starts anew.
 */
export function webhookVerbs(context: PluginContext<WahaConfig>): VerbImplementations<WahaWebhook> {
  const { send } = context
  async function read(session: string, operation: VerbId, options: CallOptions | undefined) {
    const { data } = await send(routes.sessionsGet, { path: { session } }, options)
    const config: Schemas['SessionConfig'] = configIn(data, operation)
    return { session: data, config, webhooks: config.webhooks ?? [] }
  }

  async function write(session: string, config: Schemas['SessionConfig'], webhooks: Config[], options: CallOptions | undefined) {
    const body = { config: { ...config, webhooks } }
    refuseHidden(body.config, 'config')
    const { data } = await send(routes.sessionsUpdate, { path: { session }, body }, options)
    // every session has a name: a response without one is none
    if (typeof data?.name !== 'string') throw new TypeError('the answer is no session')
    return data
  }

  const verbs: VerbImplementations<WahaWebhook> = {
    async list({ session, ...page }, options) {
      const present = await read(session, 'webhook.list', options)
      return wholePage(present.webhooks, page, present.session, (raw) => describe(session, raw))
    },

    async create({ session, ...input }, options) {
      const made = { url: httpUrlInput(input.url, 'url'), events: wordsOf(input.events), ...hmacOf(input) }
      const { config, webhooks } = await read(session, 'webhook.create', options)
      if (webhooks.some(({ url }) => url === made.url)) throw conflict('webhook.create', 'There is a webhook with that address already')
      await write(session, config, [...webhooks, made], options)
      return describe(session, made)
    },

    async update({ session, webhook, url, events, secret }, options) {
      const changes = {
        ...(url === undefined ? {} : { url: httpUrlInput(url, 'url') }),
        ...(events === undefined ? {} : { events: wordsOf(events) }),
        ...hmacOf({ secret }),
      }
      const { config, webhooks } = await read(session, 'webhook.update', options)
      const at = placeOf('webhook.update', session, webhooks, webhook)
      const taken = url !== undefined && url !== webhook && webhooks.some((one) => one.url === url)
      if (taken) throw conflict('webhook.update', 'There is a webhook with that address already')
      const changed = { ...(webhooks[at] as Config), ...changes }
      await write(session, config, webhooks.with(at, changed), options)
      return describe(session, changed)
    },

    async delete({ session, webhook }, options) {
      const { config, webhooks } = await read(session, 'webhook.delete', options)
      const at = placeOf('webhook.delete', session, webhooks, webhook)
      const data = await write(session, config, webhooks.toSpliced(at, 1), options)
      return { session, done: true, raw: data }
    },
  }
  return changesInTurn({ ...context, manifest }, 'webhook', verbs)
}

function describe(session: string, raw: Config): Webhook & { readonly raw: Config } {
  return { session, id: raw.url, url: raw.url, events: raw.events ?? [], signed: Boolean(raw.hmac?.key), raw }
}

function wordsOf(events: WebhookInput['events']): Config['events'] {
  if (events === undefined) return ['*']
  const { words, missing } = engineEventWords(listInput(events, 'events'))
  if (missing.length > 0) throw unsupportedInput(manifest, 'events', `it does not report ${missing.join(', ')}. Nothing was changed.`)
  return [...words] as Config['events']
}

function hmacOf({ secret }: { readonly secret?: string | undefined }): Pick<Config, 'hmac'> {
  return secret === undefined ? {} : { hmac: { key: textInput(secret, 'secret') } }
}

function placeOf(operation: string, session: string, webhooks: readonly Config[], id: string): number {
  const places = webhooks.flatMap(({ url }, index) => (url === id ? [index] : []))
  if (places.length > 1) throw conflict(operation, `Several webhooks of session ${session} have that address`)
  const [place] = places
  if (place !== undefined) return place
  const message = `Session ${session} has no webhook with that address`
  throw new GatewayError(message, { kind: 'not_found', gateway: manifest.id, operation, reached: 'yes' })
}

function conflict(operation: string, message: string): GatewayError {
  return new GatewayError(message, { kind: 'conflict', gateway: manifest.id, operation, hint: 'Nothing was changed.', reached: 'yes' })
}
