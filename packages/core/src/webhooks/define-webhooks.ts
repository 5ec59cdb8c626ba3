import { GatewayError } from '../errors/gateway-error.ts'
import { completeEvent, type ParsedEvent, parseEvents } from '../events/parsed-event.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { GatewayEvent } from '../vocabulary/event.ts'
import { type Delivery, readDelivery, type WebhookRequest } from './delivery.ts'
import { contentId } from './signature.ts'

/** The options of every gateway's `parseWebhook`. */
export interface WebhookOptions {
  /** Keys that the gateway signs with. Several while a key is being replaced. */
  readonly secrets?: readonly string[]
  /** How far a signed time may be from now, ms. `Infinity`: no limit. Default 300 000. */
  readonly toleranceMs?: number
  /** Largest body, bytes. Default 1 MiB. */
  readonly maxBodyBytes?: number
  /** Source of time. Default: the system's. */
  readonly clock?: Clock
}

/** How the deliveries of a gateway are checked and read. */
export interface WebhookDefinition<Options extends WebhookOptions> {
  /** Plugin id: `waha`. */
  readonly gateway: string
  /**
   * Checks that a delivery is the gateway's.
   *
   * @param delivery the delivery
   * @param options the caller's options
   * @throws {GatewayError} `config`: the options do not say how to check
   */
  verify(delivery: Delivery, options: Options): boolean | Promise<boolean>
  /** When it was sent, ms since the epoch, from what the signature covers; nothing where the gateway signs no time. */
  signedAt?(body: unknown): number | undefined
  /**
   * Reads the events in a delivery. Unknown ones become `unknown`.
   *
   * @param body its JSON
   * @param delivery the delivery
   */
  read(body: unknown, delivery: Delivery): readonly ParsedEvent[]
}

/**
 * Checks a delivery and reads its events.
 *
 * @param request a `Request` whose body was not read yet, or headers with the raw body
 * @param options keys, tolerance and limits
 * @returns the events in it
 * @throws {GatewayError} `auth`: the delivery is not the gateway's, or too old
 * @throws {GatewayError} `invalid_request`: it cannot be read
 * @throws {GatewayError} `config`: the options do not fit
 */
export type ParseWebhook<Options extends WebhookOptions> = (
  request: Request | WebhookRequest,
  options: Options,
) => Promise<readonly GatewayEvent[]>

const TOLERANCE_MS = 300_000
const MAX_BODY_BYTES = 1024 * 1024

/**
 * Makes a plugin's `parseWebhook`.
 *
 * @param definition how deliveries are checked and read
 * @returns the function
 */
export function defineWebhooks<Options extends WebhookOptions>(definition: WebhookDefinition<Options>): ParseWebhook<Options> {
  const { gateway } = definition
  return async (request, options) => {
    const { clock = systemClock, toleranceMs = TOLERANCE_MS, maxBodyBytes = MAX_BODY_BYTES } = options ?? {}
    if (!(toleranceMs > 0)) throw configError(gateway, 'toleranceMs', 'expected more than 0 ms; Infinity switches the check off')
    if (!(maxBodyBytes > 0)) throw configError(gateway, 'maxBodyBytes', 'expected more than 0 bytes')
    const delivery = await readDelivery(request, maxBodyBytes)
    if (!(await definition.verify(delivery, options))) throw notAuthentic(gateway)
    const body = parseJson(gateway, delivery.body)
    const receivedAt = clock.now()
    const signedAt = timeOf(definition, body)
    if (signedAt !== undefined && Math.abs(receivedAt - signedAt) > toleranceMs) throw stale(gateway, toleranceMs)
    const context = { gateway, raw: body, contentId: await contentId(delivery.body), receivedAt }
    return parseEvents((value) => definition.read(value, delivery), body).map((parsed, index) => completeEvent(parsed, context, index))
  }
}

// a signed body can still be anything: null, a text, a date in words
function timeOf<Options extends WebhookOptions>({ signedAt }: WebhookDefinition<Options>, body: unknown): number | undefined {
  try {
    const time = signedAt?.(body)
    return typeof time === 'number' && Number.isFinite(time) ? time : undefined
  } catch {
    return undefined
  }
}

function parseJson(gateway: string, body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    // without `cause`, because its message would quote the body
    throw new GatewayError(`${gateway} webhook: the body is not JSON`, { kind: 'invalid_request', gateway, code: 'not_json' })
  }
}

function notAuthentic(gateway: string): GatewayError {
  const hint = 'Either the gateway did not send it, it was changed on the way, or the webhook was set up with another secret.'
  return new GatewayError(`${gateway} webhook: the signature does not match`, { kind: 'auth', gateway, code: 'signature', hint })
}

function stale(gateway: string, toleranceMs: number): GatewayError {
  const hint = 'It is an old delivery sent again, or the clocks of gateway and server differ.'
  const message = `${gateway} webhook: its time is more than ${Math.round(toleranceMs / 1000)} s off`
  return new GatewayError(message, { kind: 'auth', gateway, code: 'stale', hint })
}

function configError(gateway: string, field: string, expected: string): GatewayError {
  return new GatewayError(`${gateway} webhook: ${field}: ${expected}`, { kind: 'config', gateway, field })
}
