import type { GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import type { ParsedEvent } from './parsed-event.ts'
import { isPassing, type SessionPoller } from './session-poller.ts'
import type { ConnectionReports } from './socket.ts'

export interface PollOptions {
  readonly poller: SessionPoller
  /** Older messages are not reported, ms since the epoch. */
  readonly since: number
  readonly intervalMs: number
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  /** Makes the events that report that polls fail, and that they succeed again. Default: not reported. */
  readonly reports?: Pick<ConnectionReports<ParsedEvent>, 'lost' | 'restored'>
}

/** Failed polls in a row after which the gateway counts as out of reach. */
const FAILURES_UNTIL_LOST = 2
const OUT_OF_REACH: readonly GatewayError['kind'][] = ['network', 'timeout', 'server']

/** The longest pause after failures, ms. */
const LONGEST_PAUSE_MS = 60_000
/** The longest pause that a gateway can ask for, ms: an hour. */
const LONGEST_WISH_MS = 3_600_000

/** Polls at intervals and gives what has changed. Ends when the signal fires; rejects when another poll would not help. */
export async function* pollEvents({ poller, intervalMs, clock, signal, reports, ...options }: PollOptions): AsyncGenerator<ParsedEvent> {
  const call: CallOptions = { signal }
  let { since } = options
  let failures = 0
  let unreached = 0
  let lostAt: number | undefined
  let failedAt = 0
  while (!signal?.aborted) {
    let pause = intervalMs
    try {
      const began = clock.now()
      const { events, complete } = await poller.poll(since, call)
      // after an incomplete poll the next one reads from the same time on
      if (complete) since = began
      failures = 0
      unreached = 0
      // this poll asked for everything since the last success, so its events include what was missed
      if (lostAt !== undefined && reports) yield reports.restored(began - lostAt)
      lostAt = undefined
      yield* events
    } catch (error) {
      if (signal?.aborted) return
      if (!isPassing(error)) throw error
      failures += 1
      unreached = OUT_OF_REACH.includes(error.kind) ? unreached + 1 : 0
      if (unreached === 1) failedAt = clock.now()
      if (unreached === FAILURES_UNTIL_LOST) {
        lostAt = failedAt
        if (reports) yield reports.lost('closed')
      }
      const wished = Math.min(error.retryAfterMs ?? 0, LONGEST_WISH_MS)
      pause = Math.max(wished, intervalMs, Math.min(intervalMs * 2 ** failures, LONGEST_PAUSE_MS))
    }
    await sleep(clock, pause, signal).catch(() => undefined)
  }
}
