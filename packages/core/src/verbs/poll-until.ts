import { GatewayError } from '../errors/gateway-error.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import { checkTimes } from '../vocabulary/check-input.ts'

/** What to wait for, and how long. */
export interface PollUntilOptions {
  /** The clock to wait by. */
  readonly clock: Clock
  /** Events of the gateway; one of this session ends a pause early. */
  readonly eventBus: EventBus | undefined
  /** Session id. */
  readonly session: string
  /** The verb, for errors: `session.waitFor`. */
  readonly operation: string
  /** What is waited for, for errors: `Waiting for session x`. */
  readonly what: string
  /** Longest wait, ms. */
  readonly timeoutMs: number
  /** First pause between two checks, ms. Each pause is 1.5 times as long as the one before, up to 5 times the first. */
  readonly intervalMs: number
}

/**
 * Checks repeatedly until something is done or time is over.
 *
 * @param options what to wait for, and how long
 * @param call `signal` ends the wait
 * @param once makes one check
 * @returns the result of the last check; `done` is false when time was over
 * @throws {GatewayError} `invalid_request`: `timeoutMs` or `intervalMs` is malformed
 * @throws {GatewayError} `aborted`: the signal fired
 */
export async function pollUntil<Value>(
  { clock, eventBus, session, operation, what, timeoutMs, intervalMs }: PollUntilOptions,
  { signal }: CallOptions,
  once: () => Promise<{ readonly value: Value; readonly done: boolean }>,
): Promise<{ readonly value: Value; readonly done: boolean }> {
  checkTimes({ timeoutMs, intervalMs }, ['intervalMs'])
  const ends = clock.now() + timeoutMs
  for (let pause = intervalMs; ; pause = Math.min(pause * 1.5, intervalMs * 5)) {
    const seen = await once().catch((error: unknown) => {
      // a gateway that starts, restarts or cannot be reached is waited for as well
      if (signal?.aborted || ends <= clock.now() || !isPassing(error)) throw error
      return undefined
    })
    const left = ends - clock.now()
    if (seen && (seen.done || left <= 0)) return seen
    const nap = new AbortController()
    const onAbort = () => nap.abort()
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    const stopListening = eventBus?.listen((event) => {
      if (event.session === session || event.session === '') nap.abort()
    })
    try {
      await sleep(clock, Math.min(pause, left), nap.signal)
    } catch (cause) {
      if (signal?.aborted) throw new GatewayError(`${what} was aborted`, { kind: 'aborted', operation, cause })
    } finally {
      stopListening?.()
      signal?.removeEventListener('abort', onAbort)
    }
  }
}

/** True for an error after which the next check may succeed. */
function isPassing(error: unknown): boolean {
  return GatewayError.is(error) && ['network', 'timeout', 'server', 'rate_limited'].includes(error.kind)
}
