import { type CallOptions, type Clock, GatewayError, type PluginContext } from '@wamux/core'
import { engineMessageId } from '@wamux/engine'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Message = components['schemas']['Message']

/** Where a message goes. */
export interface Place {
  readonly session: string
  readonly chatId: string
}

/** Sends once, with the fields of `given` added to the body: the message id, or nothing. */
export type Send<Raw> = (given: { readonly id?: string }, options: CallOptions | undefined) => Promise<Raw>

/** How a verb sends: plainly, or reconciled. */
export type Sender = <Raw>(place: Place, options: CallOptions | undefined, send: Send<Raw>) => Promise<Raw | Message>

// as in plugin.ts
const DEFAULT_TIMEOUT_MS = 30_000

/** Time for both look-ups and the pause, ms, in addition to the deadline of the call, which the send may have used up. */
const FIND_OUT_MS = 10_000

/** WAHA shows a message only after its engine has sent it. */
const PAUSE_MS = 4_000

/** Statuses that only a proxy answers: it did not reach WAHA, or lost the connection to it. */
const NOT_FROM_WAHA = [502, 503]

/** Errors of a connection that did not break: the caller stopped waiting, or a response came. WAHA may still send the message, or has sent it. */
const NOT_BROKEN = /TIME|ABORT|TOO_LARGE/i

/** Chats where a message keeps the id it was sent under. In channels and broadcast lists it may exist although the look-up does not find it. */
const KEEPS_IDS = /@(c\.us|g\.us|lid)$/

/**
 * Sends under an id that was taken before, and looks the message up when the outcome is unknown.
 *
 * - WAHA has the message: it is returned, as if the send had returned it.
 * - WAHA does not have it, and the connection broke or a proxy failed (502, 503): it waits, looks again, and if the message is still absent
 *   sends once more under the same id. Only WAHA's own words for an unknown message count as absent; any other 404 does not.
 * - Everything else stays `unknown_outcome`, with the id in its hint. After a timeout nothing is sent again, because WAHA may still be
 *   sending. After an error or a success by WAHA itself neither, because its engine had the message.
 *
 * This does not rely on WhatsApp dropping a second message with the same id, which is not known. A duplicate is possible when WAHA has the
 * message, or will send it, and yet says that it has none.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#sends-that-may-have-arrived
 */
export async function sendReconciled<Raw>(
  context: PluginContext<WahaConfig>,
  place: Place,
  options: CallOptions | undefined,
  send: Send<Raw>,
): Promise<Raw | Message> {
  const { clock, config } = context
  const timeoutMs = options?.timeoutMs ?? config.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const endsAt = timeoutMs > 0 ? clock.now() + timeoutMs : Infinity
  // the id, the message and its repetition share the time of the call
  const within = (): CallOptions => (endsAt === Infinity ? { ...options } : { ...options, timeoutMs: Math.max(1, endsAt - clock.now()) })

  const id = await takeId(context, place.session, within())
  try {
    return await send({ id }, within())
  } catch (error) {
    if (!isUnknown(error)) throw error
    const search = new Search(context, place, id, options?.signal)
    const found = await search.find()
    if (found) return found
    const again = search.absent && mayNotHaveArrived(error, place) && clock.now() + PAUSE_MS < endsAt && (await search.isStillAbsent())
    // the pause gave it time to appear
    if (search.found) return search.found
    if (!again || clock.now() >= endsAt) throw search.explain(error)
    return send({ id }, within()).catch(async () => {
      const last = new Search(context, place, id, options?.signal)
      const late = await last.find()
      if (late) return late
      throw last.explain(error)
    })
  }
}

/**
 * Takes an id to send under.
 *
 * @throws {GatewayError} `unsupported`: this server has no ids to give, so that a lost answer could not be cleared up
 * @throws {GatewayError} of any kind: the id could not be taken
 */
async function takeId({ send }: PluginContext<WahaConfig>, session: string, options: CallOptions): Promise<string> {
  const { data } = await send(routes.messagesNewId, { path: { session } }, options).catch((error: unknown) => {
    if (!GatewayError.is(error)) throw error
    if (error.kind === 'unsupported') throw cannotReconcile(error)
    throw withHint(error, `Nothing was sent: taking a message id failed. ${error.hint ?? ''}`.trim())
  })
  if (typeof data?.id === 'string' && data.id !== '') return data.id
  throw cannotReconcile()
}

function cannotReconcile(cause?: GatewayError): GatewayError {
  const { status, vendorMessage } = cause ?? {}
  const hint = "It needs WAHA 2026.4.3 with the engine NOWEB or GOWS. To send without it: idempotency: 'off'."
  const details = { kind: 'unsupported', gateway: manifest.id, operation: routes.messagesNewId.id, status, vendorMessage, hint } as const
  return new GatewayError("WAHA gives no message ids here, which idempotency: 'reconcile' needs. Nothing was sent.", {
    ...details,
    field: 'idempotency',
    reached: 'yes',
  })
}

/** Looking for one message. */
class Search {
  readonly #context: PluginContext<WahaConfig>
  readonly #place: Place
  readonly #messageId: string
  readonly #signal: AbortSignal | undefined
  readonly #endsAt: number
  /** WAHA said that it has no such message. */
  absent = false
  found: Message | undefined
  #problem = ''

  constructor(context: PluginContext<WahaConfig>, place: Place, id: string, signal: AbortSignal | undefined) {
    this.#context = context
    this.#place = place
    // the form that the look-up documents; what gives ids gives bare ones
    this.#messageId = id.includes('_') ? id : `true_${place.chatId}_${id}`
    this.#signal = signal
    this.#endsAt = context.clock.now() + FIND_OUT_MS
  }

  async find(): Promise<Message | undefined> {
    const { send, clock } = this.#context
    const path = { ...this.#place, messageId: this.#messageId }
    const options = { signal: this.#signal, timeoutMs: Math.max(1, this.#endsAt - clock.now()) }
    this.absent = false
    try {
      const { data } = await send(routes.chatsGetMessage, { path, query: { downloadMedia: false, merge: true } }, options)
      const id = engineMessageId(data)
      if (!data || !id?.includes(bareId(this.#messageId))) this.#problem = 'it answered with something else'
      // ack -1: the engine has it as failed, which is no success
      else if (data.ack === -1) this.#problem = 'WAHA has it as failed'
      else this.found = data
    } catch (error) {
      this.absent = GatewayError.is(error) && error.status === 404 && /^message not found/i.test(error.vendorMessage ?? '')
      this.#problem = this.absent ? 'WAHA has no such message yet' : GatewayError.is(error) ? error.kind : 'failed'
    }
    return this.found
  }

  /** A fresh look after a pause. */
  async isStillAbsent(): Promise<boolean> {
    if (!(await paused(this.#context.clock, this.#signal))) return false
    await this.find()
    return this.absent
  }

  explain(error: GatewayError): GatewayError {
    const hint = `It was sent under the message id ${this.#messageId}. Looking for it: ${this.#problem}. Look again (chats.getMessage) before you repeat it.`
    return withHint(error, hint)
  }
}

function isUnknown(error: unknown): error is GatewayError {
  return GatewayError.is(error) && error.kind === 'unknown_outcome'
}

function mayNotHaveArrived({ status, code, cause }: GatewayError, { chatId }: Place): boolean {
  if (!KEEPS_IDS.test(chatId)) return false
  if (status !== undefined) return NOT_FROM_WAHA.includes(status)
  return cause instanceof Error && !NOT_BROKEN.test(`${code} ${cause.name}`)
}

/** False when the caller aborted. */
function paused(clock: Clock, signal: AbortSignal | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve(false)
    const end = (whole: boolean) => {
      cancel()
      signal?.removeEventListener('abort', abort)
      resolve(whole)
    }
    const abort = () => end(false)
    const cancel = clock.after(PAUSE_MS, () => end(true))
    signal?.addEventListener('abort', abort)
  })
}

function bareId(messageId: string): string {
  return messageId.split('_')[2] ?? messageId
}

function withHint(error: GatewayError, hint: string): GatewayError {
  return new GatewayError(error.message, { ...error, hint, cause: error.cause })
}
