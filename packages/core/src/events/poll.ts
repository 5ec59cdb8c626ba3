import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import type { ParsedEvent } from './parsed-event.ts'
import { isPassing, type SessionPoller } from './session-poller.ts'

export interface PollOptions {
  readonly poller: SessionPoller
  /** Older messages are not reported, ms since the epoch. */
  readonly since: number
  readonly intervalMs: number
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
}

/** The longest pause after failures, ms. */
const LONGEST_PAUSE_MS = 60_000
/** The longest pause that a gateway can ask for, ms: an hour. */
const LONGEST_WISH_MS = 3_600_000

/** Polls at intervals and gives what has changed. Ends when the signal fires; rejects when another poll would not help. */
export async function* pollEvents({ poller, intervalMs, clock, signal, ...options }: PollOptions): AsyncGenerator<ParsedEvent> {
  const call: CallOptions = { signal }
  let { since } = options
  let failures = 0
  while (!signal?.aborted) {
    let pause = intervalMs
    try {
      const began = clock.now()
      const { events, complete } = await poller.poll(since, call)
      // after an incomplete poll the next one reads from the same time on
      if (complete) since = began
      failures = 0
      yield* events
    } catch (error) {
      if (signal?.aborted) return
      if (!isPassing(error)) throw error
      failures += 1
      const wished = Math.min(error.retryAfterMs ?? 0, LONGEST_WISH_MS)
      pause = Math.max(wished, intervalMs, Math.min(intervalMs * 2 ** failures, LONGEST_PAUSE_MS))
    }
    await sleep(clock, pause, signal).catch(() => undefined)
  }
}
