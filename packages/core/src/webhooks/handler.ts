import { GatewayError } from '../errors/gateway-error.ts'
import { type DedupeStore, memoryDedupe } from '../events/dedupe.ts'
import { dedupeKeyOf, type IdentityMap } from '../events/dedupe-key.ts'
import { createIdentities } from '../verbs/identities.ts'
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
  /** How long a handled event is remembered, ms; longer than the gateway repeats it. Default 24 hours. */
  readonly dedupeTtlMs?: number
  /** The longest that `onEvent` may take for one event, ms: after that a repeated delivery is handled again. Default 5 minutes. */
  readonly dedupeLeaseMs?: number
  /**
   * Knows which number and which LID are one person, so that a message that comes under both is handled once; `gateway.identities` is such
   * a map. Default: one of its own, which learns from the events that pass by.
   */
  readonly identities?: IdentityMap
  /** Called for refused deliveries and failed handlers. Default: `console.error`. */
  readonly onError?: (error: unknown) => void
}

/** Handles one delivery. Its responses have no body, because WARest executes commands in the response to a webhook. */
export interface WebhookHandler {
  (request: Request | (WebhookRequest & { readonly method?: string })): Promise<Response>
  /** Passes on to `onError` what went wrong before the handler was called. */
  readonly reportError?: (error: unknown) => void
}

const TTL_MS = 24 * 60 * 60 * 1000
const LEASE_MS = 5 * 60 * 1000
const STATUS: Partial<Record<GatewayError['kind'], number>> = { auth: 401, invalid_request: 400 }

/**
 * Makes a function that handles deliveries on a server: it checks and reads them, drops events that were handled before, and calls
 * `onEvent`.
 *
 * It answers 204 when all is done; 401 to what is not the gateway's, 400 and 413 to what cannot be read, 405 to other methods than POST,
 * 500 when `onEvent` or the configuration failed, 503 while another server still handles the same event. A delivery that is repeated while
 * this process handles the first one waits for it, and is handled in its place when that one fails.
 *
 * @param options how to read, and what to call
 * @returns the handler
 * @example
 * // Hono: app.post('/hook', (c) => handle(c.req.raw)) — Next: export const POST = handle
 * const handle = createWebhookHandler({ parse: (request) => parseWebhook(request, { secrets }), onEvent: console.log })
 */
export function createWebhookHandler(options: WebhookHandlerOptions): WebhookHandler {
  const { parse, onError = logError } = options
  const handleOnce = onceEach(options)
  const reportError = (error: unknown): void => {
    try {
      onError(error)
    } catch (failure) {
      // the gateway gets its response even when reporting the error fails
      logError(failure)
    }
  }
  const handle = async (request: Parameters<WebhookHandler>[0]): Promise<Response> => {
    if ((request.method ?? 'POST') !== 'POST') return emptyResponse(405)
    let events: readonly GatewayEvent[]
    try {
      events = await parse(request)
    } catch (error) {
      reportError(error)
      return emptyResponse(statusOf(error))
    }
    try {
      for (const event of events) {
        // another process may still fail to handle it, so the gateway is asked to deliver again
        if ((await handleOnce(event)) === 'busy') return emptyResponse(503)
      }
    } catch (error) {
      reportError(error)
      return emptyResponse(500)
    }
    return emptyResponse(204)
  }
  return Object.assign(handle, { reportError })
}

/** Calls `onEvent` unless the event was handled. Says `busy` while another process handles it. */
function onceEach(options: WebhookHandlerOptions): (event: GatewayEvent) => Promise<'busy' | 'done'> {
  const { onEvent, dedupe = memoryDedupe(), dedupeTtlMs = TTL_MS, dedupeLeaseMs = LEASE_MS, identities = createIdentities() } = options
  /** What this process handles right now, by key. */
  const running = new Map<string, Promise<void>>()
  return async (event) => {
    if (!dedupe) {
      await onEvent(event)
      return 'done'
    }
    identities.learnFrom(event)
    const key = dedupeKeyOf(event, identities)
    for (;;) {
      const found = await dedupe.claim(key, dedupeLeaseMs)
      if (found === 'done') return 'done'
      const first = running.get(key)
      if (first) await first
      else if (found === 'busy') return 'busy'
      else break
    }
    const run = callBack(event, key, dedupe)
    // a repeated delivery waits until this one has ended, and then claims the key again to learn whether it succeeded
    const ended = run.then(
      () => {},
      () => {},
    )
    running.set(key, ended)
    await run.finally(() => running.delete(key))
    return 'done'
  }

  async function callBack(event: GatewayEvent, key: string, dedupe: DedupeStore): Promise<void> {
    try {
      await onEvent(event)
    } catch (error) {
      try {
        await dedupe.release(key)
      } catch {
        // the claim expires by itself, and the caller needs the error of the handler
      }
      throw error
    }
    await dedupe.done(key, dedupeTtlMs)
  }
}

function logError(error: unknown): void {
  console.error('wamux webhook:', error)
}

function statusOf(error: unknown): number {
  if (!GatewayError.is(error)) return 500
  return error.code === 'too_large' ? 413 : (STATUS[error.kind] ?? 500)
}

function emptyResponse(status: number): Response {
  return new Response(null, { status })
}
