import type { Deadline } from '../request/transport.ts'
import type { ExchangeContext } from '../request/types.ts'
import type { Clock } from '../time/clock.ts'

/** How much at once, and how fast. What exceeds it waits its turn; what exceeds the queue fails with `rate_limited`, unsent. */
export interface Limits {
  /** Requests under way at once. Default: no limit. */
  readonly concurrency?: number
  /** Requests a second, evenly spaced. Default: no limit. */
  readonly perSecond?: number
  /** The same for each session by itself. */
  readonly perSession?: { readonly concurrency?: number; readonly perSecond?: number }
  /** Requests that may wait. Default 1 000. */
  readonly queue?: number
}

export interface Limiter {
  /** Waits for a place. `full`: too many wait already; `ended`: the deadline came first. */
  enter(session: string | undefined, deadline: Deadline): Promise<(() => void) | 'full' | 'ended'>
}

const DEFAULT_QUEUE = 1_000
const limiters = new Map<string, Limiter>()

/** The limiter of a gateway: one for all clients in this process that talk to the same place with the same limits. */
export function limiterFor({ gateway, baseUrl, transport }: ExchangeContext, limits: Limits): Limiter {
  const key = `${gateway.id} ${baseUrl} ${JSON.stringify(limits)}`
  const limiter = limiters.get(key) ?? createLimiter(limits, transport.clock)
  limiters.set(key, limiter)
  return limiter
}

/** Makes a limiter of its own, for tests and for other queues. */
export function createLimiter(limits: Limits, clock: Clock): Limiter {
  const { queue = DEFAULT_QUEUE, perSession } = limits
  const whole = createGate(limits, clock)
  const sessions = new Map<string, Gate>()

  return {
    async enter(session, deadline) {
      const gates = [whole]
      if (perSession && session !== undefined) gates.unshift(gateOf(session))
      if (gates.some((gate) => gate.busy() && gate.waiting() >= queue)) return 'full'
      const releases: (() => void)[] = []
      const release = () => {
        for (const free of releases) free()
        // a session that is idle needs no gate
        if (session !== undefined && sessions.get(session)?.idle()) sessions.delete(session)
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
  }

  function gateOf(session: string): Gate {
    const gate = sessions.get(session) ?? createGate(perSession ?? {}, clock)
    sessions.set(session, gate)
    return gate
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
  const line: (() => void)[] = []
  let inside = 0
  let nextAt = 0
  let timer = false

  function advance(): void {
    while (line.length > 0 && inside < concurrency) {
      const wait = nextAt - clock.now()
      if (wait > 0) {
        later(wait)
        return
      }
      nextAt = Math.max(nextAt, clock.now()) + gapMs
      inside++
      line.shift()?.()
    }
  }

  function later(ms: number): void {
    if (timer) return
    timer = true
    clock.after(Math.ceil(ms), () => {
      timer = false
      advance()
    })
  }

  return {
    async pass(deadline) {
      let turn = () => {}
      let inLine = true
      const passed = new Promise<boolean>((resolve) => {
        turn = () => {
          inLine = false
          resolve(true)
        }
      })
      line.push(turn)
      advance()
      if (!inLine) return true
      await Promise.race([passed, deadline.ended])
      if (!inLine) return true
      line.splice(line.indexOf(turn), 1)
      return false
    },
    leave() {
      inside--
      advance()
    },
    waiting: () => line.length,
    busy: () => line.length > 0 || inside >= concurrency || clock.now() < nextAt,
    idle: () => line.length === 0 && inside === 0 && clock.now() >= nextAt,
  }
}
