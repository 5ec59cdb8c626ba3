import { GatewayError } from '../errors/gateway-error.ts'
import { type DedupeStore, memoryDedupe } from '../events/dedupe.ts'
import type { GatewayEvent } from '../vocabulary/event.ts'
import type { WebhookRequest } from './delivery.ts'

export interface WebhookHandlerOptions {
  /** Usually `(request) => parseWebhook(request, { secrets })`. */
  readonly parse: (request: Request | WebhookRequest) => Promise<readonly GatewayEvent[]>
  /** Called once for each event. What it throws makes the gateway deliver again. */
  readonly onEvent: (event: GatewayEvent) => unknown
  /** Default: in memory. `false`: every delivery counts. */
  readonly dedupe?: DedupeStore | false
  /** How long an event is remembered, ms; longer than the gateway repeats it. Default 24 hours. */
  readonly dedupeTtlMs?: number
  /** Hears of refused deliveries and failed handlers. */
  readonly onError?: (error: unknown) => void
}

/** Handles one delivery. Its answers are fixed and empty: WARest carries out what a webhook answer contains. */
export type WebhookHandler = (request: Request | (WebhookRequest & { readonly method?: string })) => Promise<Response>

const TTL_MS = 24 * 60 * 60 * 1000
const STATUS: Partial<Record<GatewayError['kind'], number>> = { auth: 401, invalid_request: 400 }

/**
 * A server's side of webhooks: checks, reads, drops what was handled before, calls back, answers.
 *
 * It answers 204 when all is done; 401 to what is not the gateway's, 400 and 413 to what cannot be read, 405 to other methods than POST,
 * 500 when `onEvent` or the configuration failed.
 *
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
