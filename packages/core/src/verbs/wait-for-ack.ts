import { GatewayError } from '../errors/gateway-error.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import type { Ack, Message, WaitForAckInput } from '../vocabulary/message.ts'
import type { MessageRef } from '../vocabulary/refs.ts'
import { pollUntil } from './poll-until.ts'

const WAIT_MS = 60_000
const INTERVAL_MS = 1_000
const ORDER: readonly Ack[] = ['pending', 'sent', 'delivered', 'read', 'played']

/**
 * True when a message has got at least as far as wanted.
 *
 * @param ack state of the message
 * @param wanted `sent`, `delivered`, `read` or `played`
 */
export function reached(ack: Ack, wanted: Ack): boolean {
  return ORDER.includes(ack) && ORDER.indexOf(ack) >= ORDER.indexOf(wanted)
}

/**
 * Builds `message.waitFor` from `message.get`: it checks with growing pauses, and at once after an event of the session.
 *
 * @param get the gateway's `message.get`
 * @param clock the clock to wait by
 * @param eventBus events of the gateway
 * @returns the verb; it rejects with `timeout`, and with `conflict` when the message failed
 */
export function waitForAck<Found extends Message>(
  get: (input: MessageRef, options?: CallOptions) => Promise<Found>,
  clock: Clock,
  eventBus?: EventBus,
): (input: WaitForAckInput, options?: CallOptions) => Promise<Found> {
  return async ({ session, chat, message, ack = 'delivered', timeoutMs = WAIT_MS, intervalMs = INTERVAL_MS }, options = {}) => {
    const about = { clock, eventBus, session, operation: 'message.waitFor', what: `Waiting for message ${message}`, timeoutMs, intervalMs }
    const last = await pollUntil(about, options, async () => {
      const found = await get({ session, chat, message }, options)
      if (found.ack === 'failed') throw failed(message)
      return { value: found, done: reached(found.ack, ack) }
    })
    if (last.done) return last.value
    const text = `Message ${message} is ${last.value.ack}, not ${ack}, after ${Math.round(timeoutMs / 1000)} s`
    throw new GatewayError(text, { kind: 'timeout', operation: 'message.waitFor', retryable: true, reached: 'yes' })
  }
}

function failed(message: string): GatewayError {
  return new GatewayError(`Message ${message} failed`, { kind: 'conflict', operation: 'message.waitFor', reached: 'yes' })
}
