import { GatewayError, type GatewayEvent, type SessionInfo } from '@wamux/core'
import type { WebhookRequest } from '@wamux/core/webhooks'
import { createSparkbot, parseWebhook as sparkbot } from '@wamux/sparkbot'
import { createWaha, parseWebhook as waha } from '@wamux/waha'
import { createWarest, parseWebhook as warest } from '@wamux/warest'
import { createWawp, parseWebhook as wawp } from '@wamux/wawp'
import type { EmulatorOptions } from '../../src/emulator.ts'
import type { GatewayId } from '../../src/sessions/session.ts'
import { openTestGateway } from '../../src/test-gateway.ts'

const SECRET = 'hook-secret'
export const ME = '12025550143'
export const BEN = '+12025550199'
const URL = 'http://hooks.invalid/wamux'

type Parse = (request: Request | WebhookRequest) => Promise<readonly GatewayEvent[]>

const PARSERS: Readonly<Record<GatewayId, Parse>> = {
  waha: (request) => waha(request, { secrets: [SECRET] }),
  wawp: (request) => wawp(request, { secrets: [SECRET], signature: 'hmac-sha256' }),
  warest: (request) => warest(request, { secrets: [SECRET] }),
  sparkbot: (request) => sparkbot(request, { verify: 'none' }),
}

/** The verbs that all four plugins have and that these tests use. */
export interface AnyGateway {
  readonly manifest: ReturnType<typeof createWaha>['manifest']
  readonly session: {
    get(input: { session: string }): Promise<SessionInfo>
    create(input: { session?: string }): Promise<SessionInfo>
    restart(input: { session: string }): Promise<SessionInfo>
  }
  readonly message: {
    sendText(
      input: { session: string; to: string; text: string },
      options?: { timeoutMs?: number; attempts?: number },
    ): Promise<{ readonly id?: string }>
  }
  readonly webhook: { create(input: object): Promise<unknown> }
}

/** A real plugin over one gateway of a fresh emulator, with its session. */
export interface Opened {
  readonly gateway: AnyGateway
  readonly session: string
  readonly control: ReturnType<typeof openTestGateway>['phones']
  readonly emulator: ReturnType<typeof openTestGateway>['emulator']
  /** Events of the webhooks so far, as the plugin reads them, copies included. */
  events(): Promise<readonly GatewayEvent[]>
  /** The webhooks so far, as they came. */
  requests(): readonly WebhookRequest[]
  parse: Parse
}

const TIMINGS = { starting: 0, connecting: 0, wait: 5, server: 0, device: 0, read: 0, played: 0, queue: 1 }

/** Opens a plugin, a session that is paired unless `paired` is false, and a webhook. */
export async function open(
  id: GatewayId,
  { paired = true, ...options }: EmulatorOptions & { readonly paired?: boolean } = {},
): Promise<Opened> {
  const { config, phones, hooks, emulator } = openTestGateway(id, { ...options, timings: { ...TIMINGS, ...options.timings } })
  const made = { waha: createWaha, wawp: createWawp, warest: createWarest, sparkbot: createSparkbot }[id] as unknown as (
    config: object,
  ) => AnyGateway
  const gateway = made({ ...config, retry: { attempts: 1 }, maxBodyBytes: 1_000_000 })
  const session = await begin(id, gateway, emulator)
  await gateway.webhook.create({ session, url: URL, secret: SECRET, ...(id === 'sparkbot' ? { secret: undefined } : {}) })
  if (paired) await phones.scan({ gateway: id, session, phone: ME })
  const requests = () => hooks.caught().map(({ url, headers, body }) => ({ url, headers: new Headers(headers), body }))
  return {
    gateway,
    session,
    control: phones,
    emulator,
    requests,
    parse: PARSERS[id],
    async events() {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return (await Promise.all(requests().map(PARSERS[id]))).flat()
    },
  }
}

async function begin(id: GatewayId, gateway: AnyGateway, { gateways }: Opened['emulator']): Promise<string> {
  if (id === 'wawp') {
    const { instanceId: session } = gateways.wawp.credentials
    await gateway.session.restart({ session })
    return session
  }
  return (await gateway.session.create(id === 'sparkbot' ? {} : { session: 'shop' })).session
}

/** What a plugin throws; `undefined` when it does not. */
export async function thrownBy(work: Promise<unknown>): Promise<GatewayError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (GatewayError.is(error)) return error
    throw error
  }
}
