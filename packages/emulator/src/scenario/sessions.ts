import type { GatewayCredentials } from '../gateways.ts'
import { RECIPES, type Recipe } from '../page/recipes.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { ScenarioSession } from './types.ts'

type Webhook = NonNullable<ScenarioSession['webhook']>

/** How a session gets the address of its webhook through the gateway's own API. */
interface SetUp {
  /** The requests that make the session, in which `webhook` may have a place. */
  create(name: string, webhook: Webhook | undefined): readonly ((made: () => unknown) => Recipe)[]
  /** Tells the webhook to a session that is there. */
  register?(session: string, webhook: Webhook): Recipe
}

const SPARKBOT_EVENTS: readonly string[] = [
  'message:in:new',
  'message:out:new',
  'message:out:ack',
  'message:out:failed',
  'message:reaction',
  'message:update',
  'number:session',
  'group:update',
  'chat:update',
  'contact:update',
  'status:update',
  'channel:in',
]

export const SET_UP: Readonly<Record<GatewayId, SetUp>> = {
  waha: {
    create: (name, webhook) => [
      () => {
        const { url, events = ['*'], secret } = webhook ?? {}
        const hook = { url, events, ...(secret === undefined ? {} : { hmac: { key: secret } }) }
        return { method: 'POST', path: '/api/sessions', body: { name, start: true, ...(webhook ? { config: { webhooks: [hook] } } : {}) } }
      },
    ],
  },
  wawp: {
    create: (name) => RECIPES.wawp.create.map((step) => (made: () => unknown) => step(name, made)),
    register: (session, { url, events = ['*'], secret }) => ({
      method: 'POST',
      path: '/v2/webhook/set',
      body: { instance_id: session, url, events, ...(secret === undefined ? {} : { hmac: secret }) },
    }),
  },
  warest: {
    create: (name) => RECIPES.warest.create.map((step) => (made: () => unknown) => step(name, made)),
    // WARest refuses a webhook secret of less than 6 characters, and has no choice of events
    register: (session, { url, secret = 'scenario-secret' }) => ({
      method: 'POST',
      path: `/api/v1/session/${encodeURIComponent(session)}/config`,
      body: { webhookUrl: url, webhookSecret: secret },
    }),
  },
  sparkbot: {
    create: (name) => RECIPES.sparkbot.create.map((step) => (made: () => unknown) => step(name, made)),
    register: (device, { url, events = SPARKBOT_EVENTS }) => ({ method: 'POST', path: '/webhooks', body: { url, events, device } }),
  },
}

/** Starts an instance of Wawp that is there. */
export function startWawp(id: string): Recipe {
  return { method: 'POST', path: '/v2/session/start', body: { instance_id: id } }
}

/** Headers of a gateway's requests. */
export function headersOf(gateway: GatewayId, credentials: GatewayCredentials): Readonly<Record<string, string>> {
  return { ...RECIPES[gateway].headers(credentials), 'content-type': 'application/json' }
}
