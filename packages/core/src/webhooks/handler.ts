import { GatewayError } from '../errors/gateway-error.ts'
import { type DedupeStore, memoryDedupe } from '../events/dedupe.ts'
import type { GatewayEvent } from '../vocabulary/event.ts'
import type { WebhookRequest } from './delivery.ts'

/** Options of {@link createWebhookHandler}. */
export interface WebhookHandlerOptions {
  /** Checks and reads a delivery; usually `(request) => parseWebhook(request, { secrets })`. */
  readonly parse: (request: Request | WebhookRequest) => Promise<readonly GatewayEvent[]>
  /** Called once for each event. When it fails, the gateway is told to deliver again. */
  readonly onEvent: (event: GatewayEvent) => unknown
  /** Remembers handled events. `false`: repeated deliveries are handled again. Default: {@link memoryDedupe}. */
  readonly dedupe?: DedupeStore | false
  /** How long an event is remembered, ms. It should be longer than the gateway repeats deliveries. Default 24 hours. */
  readonly dedupeTtlMs?: number
  /** Called for refused deliveries and failed handlers. */
  readonly onError?: (error: unknown) => void
}

/**
 * Handles one delivery. Its responses have no body, because WARest executes commands in the response to a webhook.
 *
 * @param request the delivery
 * @returns the response for the gateway
 */
export type WebhookHandler = (request: Request | (WebhookRequest & { readonly method?: string })) => Promise<Response>

const TTL_MS = 24 * 60 * 60 * 1000
const STATUS: Partial<Record<GatewayError['kind'], number>> = { auth: 401, invalid_request: 400 }

/**
 * Makes a function that handles deliveries on a server: it checks and reads them, drops events that were handled before, and calls
 * `onEvent`.
 *
 * Its responses: 204 when all is done; 401 for a delivery that is not the gateway's, 400 and 413 for one that cannot be read, 405 for other
 * methods than POST, 500 when `onEvent` or the configuration failed.
 *
 * @param options how to read, and what to call
 * @returns the handler
 * @example
 * // Hono: app.post('/hook', (c) => handle(c.req.raw)) — Next: export const POST = handle
 * const handle = createWebhookHandler({ parse: (request) => parseWebhook(request, { secrets }), onEvent: console.log })
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { parse, onEvent, dedupe = memoryDedupe(), dedupeTtlMs = TTL_MS, onError = () => {} } = options
  return async (request) => {
    if ((request.method ?? 'POST') !== 'POST') return emptyResponse(405)
    let events: readonly GatewayEvent[]
    try {
      events = await parse(request)
    } catch (error) {
      onError(error)
      return emptyResponse(statusOf(error))
    }
    for (const event of events) {
      if (dedupe && !(await dedupe.claim(event.dedupeKey, dedupeTtlMs))) continue
      try {
        await onEvent(event)
      } catch (error) {
        if (dedupe) await dedupe.release(event.dedupeKey)
        onError(error)
        return emptyResponse(500)
      }
    }
    return emptyResponse(204)
  }
}

function statusOf(error: unknown): number {
  if (!GatewayError.is(error)) return 500
  return error.code === 'too_large' ? 413 : (STATUS[error.kind] ?? 500)
}

function emptyResponse(status: number): Response {
  return new Response(null, { status })
}
