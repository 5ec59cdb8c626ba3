import { GatewayError } from '../errors/gateway-error.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import { checkTimes } from '../vocabulary/check-input.ts'

export interface PollUntilOptions {
  readonly clock: Clock
  readonly eventBus: EventBus | undefined
  readonly session: string
  /** The verb, for errors. */
  readonly operation: string
  /** For errors: `Waiting for session x`. */
  readonly what: string
  readonly timeoutMs: number
  readonly intervalMs: number
}

/** Looks until it is done or time is up, with growing pauses; an event of the session ends a pause. @returns what was seen last */
export async function pollUntil<Value>(
  { clock, eventBus, session, operation, what, timeoutMs, intervalMs }: PollUntilOptions,
  { signal }: CallOptions,
  once: () => Promise<{ readonly value: Value; readonly done: boolean }>,
): Promise<{ readonly value: Value; readonly done: boolean }> {
  checkTimes({ timeoutMs, intervalMs }, ['intervalMs'])
  const ends = clock.now() + timeoutMs
  for (let pause = intervalMs; ; pause = Math.min(pause * 1.5, intervalMs * 5)) {
    const seen = await once().catch((error: unknown) => {
      // who waits, waits for a gateway too that starts, restarts or cannot be reached
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

/** An error that may be gone by the next look. */
function isPassing(error: unknown): boolean {
  return GatewayError.is(error) && ['network', 'timeout', 'server', 'rate_limited'].includes(error.kind)
}
