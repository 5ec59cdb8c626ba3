import { IdleMap } from '../memory/idle-map.ts'
import type { Deadline } from '../request/transport.ts'
import type { RequestContext } from '../request/types.ts'
import type { Clock } from '../time/clock.ts'

/**
 * How many requests at once, and how fast. What exceeds a limit waits; what exceeds the queue fails with `rate_limited` and is not sent.
 */
export interface Limits {
  /** Most requests in progress at once. Default: no limit. */
  readonly concurrency?: number
  /** Most requests per second, evenly spaced. Default: no limit. */
  readonly perSecond?: number
  /** The same limits for the requests of each session. Default: no limit. */
  readonly perSession?: { readonly concurrency?: number; readonly perSecond?: number }
  /** Most requests that wait. Default 1 000. */
  readonly queue?: number
}

/** Lets requests through as fast as the limits allow. */
export interface Limiter {
  /**
   * Waits for a place.
   *
   * @param session whose own limits count, too
   * @param deadline ends the wait
   * @returns a function that frees the place; `full` when the queue is full; `ended` when the deadline came first
   */
  enter(session: string | undefined, deadline: Deadline): Promise<(() => void) | 'full' | 'ended'>
  /** True when no request is in progress or waits, and the next one would not have to wait. */
  idle(): boolean
}

const DEFAULT_QUEUE = 1_000

// a map for each clock: tests with a clock of their own do not share limiters
const limiters = new WeakMap<Clock, Map<string, IdleMap<Limiter>>>()

/**
 * The limiter of a gateway. All clients in this process with the same gateway and the same limits share it. Ask for it again for each
 * request, because idle limiters are removed.
 *
 * @param context the gateway
 * @param limits of its configuration
 */
export function limiterFor({ gateway, baseUrl, transport: { clock } }: RequestContext, limits: Limits): Limiter {
  const byLimits = limiters.get(clock) ?? new Map<string, IdleMap<Limiter>>()
  limiters.set(clock, byLimits)
  // JSON writes Infinity as null; both mean no limit here
  const key = JSON.stringify(limits)
  const byGateway =
    byLimits.get(key) ??
    new IdleMap(
      () => createLimiter(limits, clock),
      (limiter) => limiter.idle(),
    )
  byLimits.set(key, byGateway)
  return byGateway.get(`${gateway.id} ${baseUrl}`)
}

/**
 * Makes a limiter that is not shared.
 *
 * @param limits what to allow
 * @param clock the clock to measure by
 */
export function createLimiter(limits: Limits, clock: Clock): Limiter {
  const { queue = DEFAULT_QUEUE, perSession = {} } = limits
  const whole = createGate(limits, clock)
  const sessions = new IdleMap(
    () => createGate(perSession, clock),
    (gate) => gate.idle(),
  )

  return {
    async enter(session, deadline) {
      const gates = limits.perSession && session !== undefined ? [sessions.get(session), whole] : [whole]
      if (gates.some((gate) => gate.busy() && gate.waiting() >= queue)) return 'full'
      const releases: (() => void)[] = []
      const release = () => {
        for (const free of releases) free()
      }
      for (const gate of gates) {
        if (!(await gate.pass(deadline))) {
          release()
          return 'ended'
        }
        releases.push(() => gate.leave())
      }
      return release
    },
    idle: () => whole.idle() && sessions.every((gate) => gate.idle()),
  }
}

interface Gate {
  /** Waits for its turn; false when the deadline came first. */
  pass(deadline: Deadline): Promise<boolean>
  leave(): void
  /** True when the next one has to wait. */
  busy(): boolean
  waiting(): number
  idle(): boolean
}

function createGate({ concurrency = Infinity, perSecond }: Pick<Limits, 'concurrency' | 'perSecond'>, clock: Clock): Gate {
  const gapMs = perSecond === undefined ? 0 : 1_000 / perSecond
  // a set, so that a request that gave up is removed without moving the others
  const line = new Set<() => void>()
  let inside = 0
  let nextAt = 0
  let stopTimer: (() => void) | undefined

  function advance(): void {
    for (const turn of line) {
      if (inside >= concurrency) return
      const wait = nextAt - clock.now()
      if (wait > 0) {
        later(wait)
        return
      }
      nextAt = Math.max(nextAt, clock.now()) + gapMs
      inside++
      line.delete(turn)
      turn()
    }
  }

  function later(ms: number): void {
    stopTimer ??= clock.after(Math.ceil(ms), () => {
      stopTimer = undefined
      advance()
    })
  }

  return {
    async pass(deadline) {
      let turn = () => {}
      const passed = new Promise<void>((resolve) => {
        turn = resolve
      })
      line.add(turn)
      advance()
      if (line.has(turn)) await Promise.race([passed, deadline.ended])
      if (!line.delete(turn)) return true
      // a timer left behind would keep the process running
      if (line.size === 0) {
        stopTimer?.()
        stopTimer = undefined
      }
      return false
    },
    leave() {
      inside--
      advance()
    },
    waiting: () => line.size,
    busy: () => line.size > 0 || inside >= concurrency || clock.now() < nextAt,
    idle: () => line.size === 0 && inside === 0 && clock.now() >= nextAt,
  }
}
