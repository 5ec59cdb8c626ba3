import type { EventBus } from '../events/event-bus.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import type { ProgressOptions, SessionInfo, SessionRef, WaitForInput } from '../vocabulary/session.ts'

/**
 * Builds `session.waitFor` from `session.get`: it checks with growing pauses, and at once after an event of the session.
 *
 * @param get the gateway's `session.get`
 * @param clock the clock to wait by
 * @param eventBus events of the gateway
 * @returns the verb; it rejects with `timeout`
 */
export function waitForSession<Info extends SessionInfo>(
  get: (input: SessionRef, options?: CallOptions) => Promise<Info>,
  clock: Clock,
  eventBus?: EventBus,
): (input: WaitForInput, options?: CallOptions) => Promise<Info> {
  return async (input, options) => (await import('./session-waiter.ts')).sessionWaiter(get, clock, eventBus)(input, options)
}

/**
 * Runs a long call, and reports every second how long it has taken.
 *
 * @param clock the clock to measure by
 * @param options options of the call; `onProgress` gets the duration so far, ms
 * @param run makes the call
 * @returns what the call returns
 */
export async function withProgress<Value>(
  clock: Clock,
  options: ProgressOptions,
  run: (options: CallOptions) => Promise<Value>,
): Promise<Value> {
  const { onProgress, ...call } = options
  if (!onProgress) return run(call)
  const began = clock.now()
  let cancel: () => void
  const tick = () => {
    cancel = clock.after(1_000, () => {
      onProgress(clock.now() - began)
      tick()
    })
  }
  tick()
  try {
    return await run(call)
  } finally {
    // biome-ignore lint/style/noNonNullAssertion: tick() ran before
    cancel!()
  }
}
