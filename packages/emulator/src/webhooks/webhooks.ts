import type { Clock } from '@wamux/core'
import { createTimers, type Timers } from '../clock/timers.ts'
import { DeliveryRefused, EmulatorError } from '../errors.ts'
import type { Ids } from '../ids.ts'
import { createMemory, type Memory } from '../memory/memory.ts'
import { oldestDropper } from '../network/limits.ts'
import type { GatewayId } from '../sessions/session.ts'

/** The part of `fetch` that deliveries need. */
export type Deliver = (url: string, init: RequestInit) => Promise<Response>

/** How a gateway repeats a failed delivery. */
export interface RetryPlan {
  /** Number of attempts, the first included. */
  readonly attempts: number
  /**
   * Pause after an attempt, ms.
   *
   * @param attempt begins with 1
   */
  delayMs(attempt: number): number
  /**
   * Whether it tries again. Default: always.
   *
   * @param status `undefined` when no answer came
   */
  again?(status: number | undefined): boolean
  /**
   * How long it sends nothing more to this address, ms.
   *
   * @param failures failed attempts in a row
   */
  pauseMs?(status: number | undefined, failures: number): number | undefined
  /** Waits as long as the answer's Retry-After says. */
  readonly retryAfter?: boolean
}

/** One event for one address, as the gateway sends it. */
export interface WebhookRequest {
  readonly gateway: GatewayId
  readonly session: string
  /** The gateway's name of the event. */
  readonly event: string
  readonly url: string
  /** The body as it is sent. */
  readonly body: string
  /** What the gateway's {@link WebhookSender} needs to know of it; data only, as a snapshot keeps it. */
  readonly hook: unknown
  /** Time limit of one attempt, ms. Default 10,000. */
  readonly timeoutMs?: number
}

/** How one gateway sends its webhooks. */
export interface WebhookSender<Hook> {
  /**
   * The headers, signature included.
   *
   * @param attempt begins with 1
   */
  headers(
    hook: Hook,
    request: WebhookRequest,
    attempt: number,
  ): Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** How it repeats a failed delivery. */
  retry(hook: Hook): RetryPlan
  /** Called with the body of a successful answer: WARest carries out actions in it. */
  answered?(hook: Hook, request: WebhookRequest, text: string): void
  /** Called when the last attempt failed. */
  failed?(hook: Hook, request: WebhookRequest, status: number | undefined): void
}

/** `recorded`: nothing goes out, because the emulator was given no `deliver`. */
export type DeliveryState = 'held' | 'waiting' | 'delivered' | 'failed' | 'dropped' | 'recorded'

/** A webhook delivery as the control shows it. */
export interface DeliveryView {
  /** Id of the delivery. */
  readonly id: string
  /** Which gateway sent it. */
  readonly gateway: GatewayId
  /** Session id at the gateway. */
  readonly session: string
  /** The gateway's name of the event. */
  readonly event: string
  /** Address that it goes to. */
  readonly url: string
  /** The body as it is sent. */
  readonly body: string
  /** Headers of the last attempt. */
  readonly headers: Readonly<Record<string, string>>
  /** How far it got. */
  readonly state: DeliveryState
  /** Start of each attempt (ms since the epoch) and the answer's status; no status: no answer came. */
  readonly attempts: readonly { readonly at: number; readonly status?: number }[]
  /** An error of the emulator itself. */
  readonly error?: string
}

/** How deliveries are sent. */
export interface DeliverySettings {
  /** How often each delivery is sent, 1 to 10. Default 1. */
  readonly copies?: number
  /** True holds deliveries back until `release`. Default false. */
  readonly hold?: boolean
  /** How much later each goes out, ms. Default 0. */
  readonly delayMs?: number
  /** How many go out last to first at a time; those that wait for others for a second go as they came. Default 1: in their order. */
  readonly reorder?: number
}

/** The default settings of deliveries. */
export const USUAL_DELIVERY: Required<DeliverySettings> = { copies: 1, hold: false, delayMs: 0, reorder: 1 }

/**
 * Checks settings of deliveries.
 *
 * @throws {EmulatorError} `invalid`
 */
export function checkDelivery({ copies = 1, delayMs = 0, reorder = 1 }: DeliverySettings): void {
  if (!Number.isInteger(copies) || copies < 1 || copies > 10) throw new EmulatorError('invalid', 'copies: expected 1 to 10')
  if (typeof delayMs !== 'number' || !(delayMs >= 0)) throw new EmulatorError('invalid', 'delayMs: expected milliseconds')
  if (!Number.isInteger(reorder) || reorder < 1 || reorder > 100) throw new EmulatorError('invalid', 'reorder: expected 1 to 100')
}

/** Delivers webhooks, with the gateways' retries. */
export interface Webhooks {
  /** Says how a gateway sends its webhooks; before its first {@link Webhooks.post}. */
  sender<Hook>(gateway: GatewayId, sender: WebhookSender<Hook>): void
  /** Delivers an event; without `deliver` it is only recorded. */
  post(request: WebhookRequest): void
  list(): readonly DeliveryView[]
  /** Asks an address whether it answers. Without `deliver` it does. */
  probe(url: string): Promise<{ readonly ok: boolean; readonly status?: number; readonly error?: string; readonly roundTripMs: number }>
  set(settings: DeliverySettings): void
  readonly settings: Readonly<Required<DeliverySettings>>
  /**
   * Sends the held deliveries.
   *
   * @returns their number
   */
  release(order: 'first to last' | 'last to first'): number
  /** Sends a delivery once more, in any state. */
  repeat(id: string): void
  /** Sends what was under way when the snapshot was taken. */
  resume(): void
  close(): void
}

/** Largest number of deliveries kept. */
const MAX_DELIVERIES = 2_000
const TIMEOUT_MS = 10_000

interface StoredDelivery {
  readonly id: string
  readonly request: WebhookRequest
  headers: Readonly<Record<string, string>>
  state: DeliveryState
  readonly attempts: { readonly at: number; readonly status?: number }[]
  error?: string
}

interface Receiver {
  failures: number
  pausedUntil: number
}

const RETRY = 'webhook/retry'
const LATE = 'webhook/late'
/** How long a delivery waits for others that go out before it, ms. */
const TOGETHER_MS = 1_000

/** Callbacks for the attempts of deliveries. */
export interface WebhookObserver {
  /** Told of each attempt when it begins: a virtual clock waits for it before time goes on. */
  readonly hold?: ((work: Promise<unknown>) => void) | undefined
  /** Told of each attempt when it has ended. */
  readonly tried?: (delivery: WebhookRequest & { readonly id: string }, attempt: number, state: DeliveryState, status?: number) => void
}

export function createWebhooks(
  clock: Clock,
  ids: Ids,
  deliver: Deliver | undefined,
  memory: Memory = createMemory(),
  timers: Timers = createTimers(clock, memory),
  { hold, tried }: WebhookObserver = {},
): Webhooks {
  const deliveries = memory.part('webhooks/deliveries', () => new Map<string, StoredDelivery>())
  const dropOld = oldestDropper(deliveries, MAX_DELIVERIES, () => {})
  const receivers = memory.part('webhooks/receivers', () => new Map<string, Receiver>())
  const settings = memory.part('webhooks/settings', (): Required<DeliverySettings> => ({ ...USUAL_DELIVERY }))
  /** Those that wait for others, to go out last to first. */
  const together = memory.part('webhooks/together', (): StoredDelivery[] => [])
  const senders = new Map<GatewayId, WebhookSender<unknown>>()
  const open = new Set<() => void>()
  const retryLater = timers.kind(RETRY, go)
  const sendLater = timers.kind(LATE, arrange)
  // one that went out with others meanwhile is no longer the first
  const endTogether = timers.kind('webhook/together', (first: StoredDelivery) => together[0] === first && sendTogether(false))
  let closed = false

  function senderOf({ gateway }: WebhookRequest): WebhookSender<unknown> {
    const sender = senders.get(gateway)
    if (!sender) throw new Error(`${gateway} has no sender of webhooks`)
    return sender
  }

  function receiverOf({ gateway, url }: WebhookRequest): Receiver {
    const key = `${gateway} ${url}`
    const receiver = receivers.get(key) ?? { failures: 0, pausedUntil: 0 }
    receivers.set(key, receiver)
    if (receivers.size > MAX_DELIVERIES) receivers.delete(receivers.keys().next().value ?? '')
    return receiver
  }

  function tell({ id, request, state, attempts }: StoredDelivery, status?: number): void {
    tried?.({ ...request, id }, attempts.length, state, status)
  }

  /** Makes an attempt. An error in a face is kept with the delivery and does not end the process. */
  function go(delivery: StoredDelivery): void {
    const work = attempt(delivery).catch((error: unknown) => {
      delivery.state = 'failed'
      delivery.error = String(error)
      tell(delivery)
    })
    hold?.(work)
  }

  async function attempt(delivery: StoredDelivery): Promise<void> {
    if (closed) return
    const { request, attempts } = delivery
    const receiver = receiverOf(request)
    if (receiver.pausedUntil > clock.now()) {
      delivery.state = 'dropped'
      tell(delivery)
      return
    }
    const at = clock.now()
    const sender = senderOf(request)
    const { hook } = request
    delivery.headers = await sender.headers(hook, request, attempts.length + 1)
    if (!deliver) {
      delivery.state = 'recorded'
      tell(delivery)
      return
    }
    const { status, text, waitMs } = await tryOnce(deliver, delivery)
    if (closed) return
    attempts.push({ at, ...(status === undefined ? {} : { status }) })
    if (status !== undefined && status >= 200 && status < 300) {
      receiver.failures = 0
      delivery.state = 'delivered'
      tell(delivery, status)
      sender.answered?.(hook, request, text)
      return
    }
    receiver.failures += 1
    const retry = sender.retry(hook)
    const pause = retry.pauseMs?.(status, receiver.failures)
    if (pause !== undefined) receiver.pausedUntil = clock.now() + pause
    if (attempts.length >= retry.attempts || retry.again?.(status) === false) {
      delivery.state = 'failed'
      tell(delivery, status)
      sender.failed?.(hook, request, status)
      return
    }
    tell(delivery, status)
    retryLater((retry.retryAfter ? waitMs : undefined) ?? retry.delayMs(attempts.length), delivery)
  }

  async function tryOnce(send: Deliver, { request, headers }: StoredDelivery): Promise<{ status?: number; text: string; waitMs?: number }> {
    const abort = new AbortController()
    const cancel = timers.after(request.timeoutMs ?? TIMEOUT_MS, () => abort.abort(new Error('the receiver does not answer')))
    open.add(cancel)
    try {
      const aborted = new Promise<never>((_, reject) => {
        abort.signal.addEventListener('abort', () => reject(abort.signal.reason), { once: true })
      })
      const init = { method: 'POST', headers: { ...headers }, body: request.body, signal: abort.signal }
      const response = await Promise.race([send(request.url, init), aborted])
      const text = await Promise.race([response.text(), aborted])
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
      return { status: response.status, text, ...(Number.isFinite(seconds) ? { waitMs: seconds * 1000 } : {}) }
    } catch (error) {
      if (error instanceof DeliveryRefused) throw error
      return { text: '' }
    } finally {
      open.delete(cancel)
      cancel()
    }
  }

  function begin(request: WebhookRequest): void {
    const delivery: StoredDelivery = {
      id: ids.next('delivery', 16),
      request,
      headers: {},
      state: settings.hold ? 'held' : 'waiting',
      attempts: [],
    }
    deliveries.set(delivery.id, delivery)
    dropOld()
    if (!settings.hold) sendLater(settings.delayMs, delivery)
  }

  /** Lets a delivery wait for others, so that they go out last to first. */
  function arrange(delivery: StoredDelivery): void {
    if (settings.reorder <= 1) {
      go(delivery)
      return
    }
    together.push(delivery)
    if (together.length >= settings.reorder) sendTogether(true)
    else if (together.length === 1) endTogether(TOGETHER_MS, delivery)
  }

  function sendTogether(reversed: boolean): void {
    const all = together.splice(0)
    for (const one of reversed ? all.reverse() : all) go(one)
  }

  return {
    sender<Hook>(gateway: GatewayId, sender: WebhookSender<Hook>) {
      senders.set(gateway, sender as WebhookSender<unknown>)
    },

    post(request) {
      if (closed) return
      for (let copy = 0; copy < settings.copies; copy++) begin(request)
    },

    async probe(url) {
      const started = clock.now()
      const took = () => clock.now() - started
      try {
        const response = deliver ? await deliver(url, { method: 'POST', body: '{}' }) : new Response('{}')
        return { ok: response.ok, status: response.status, roundTripMs: took() }
      } catch (error) {
        return { ok: false, error: error instanceof Error ? error.message : String(error), roundTripMs: took() }
      }
    },

    list: () => [...deliveries.values()].map(view),

    set(changes) {
      Object.assign(settings, changes)
      if (settings.reorder <= 1) sendTogether(false)
    },

    settings,

    release(order) {
      const held = [...deliveries.values()].filter(({ state }) => state === 'held')
      if (order === 'last to first') held.reverse()
      for (const delivery of held) {
        delivery.state = 'waiting'
        go(delivery)
      }
      return held.length
    },

    repeat(id) {
      const delivery = deliveries.get(id)
      if (!delivery) throw new EmulatorError('not_found', `there is no delivery ${id}`)
      go({ ...delivery, attempts: [] })
    },

    resume() {
      const later = new Set([...timers.waiting<StoredDelivery>(RETRY), ...timers.waiting<StoredDelivery>(LATE), ...together])
      for (const delivery of deliveries.values()) if (delivery.state === 'waiting' && !later.has(delivery)) go(delivery)
    },

    close() {
      closed = true
      for (const cancel of open) cancel()
      open.clear()
    },
  }
}

function view({ id, request, headers, state, attempts, error }: StoredDelivery): DeliveryView {
  const { gateway, session, event, url, body } = request
  const told = error === undefined ? {} : { error }
  return { id, gateway, session, event, url, body, headers, state, attempts: [...attempts], ...told }
}
