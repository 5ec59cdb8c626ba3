import { GatewayError } from '../errors/gateway-error.ts'
import type { Deadline } from '../request/transport.ts'
import type { RequestContext } from '../request/types.ts'

/** Asks somebody else whether requests may be made: an auxiliary service that knows the subscription, for one. */
export interface Preflight {
  /**
   * Gives the HTTP status of the answer, or true or false. 401, 403 and false refuse; what it throws is a failure of its own and is
   * reported as that. It must use its own key, never the gateway's.
   */
  readonly check: (signal: AbortSignal) => Promise<number | boolean>
  /** How long a yes holds, ms. Default 300 000. A no is asked again each time. */
  readonly cacheMs?: number
}

const DEFAULT_CACHE_MS = 300_000

/** Runs the check once for all that wait for it, and remembers a yes. */
export function createPreflight(
  { gateway, transport }: RequestContext,
  { check, cacheMs = DEFAULT_CACHE_MS }: Preflight,
): (deadline: Deadline) => Promise<void> {
  let goodUntil = -Infinity
  let running: Asking | undefined

  async function ask(signal: AbortSignal): Promise<void> {
    let verdict: number | boolean
    try {
      verdict = await check(signal)
    } catch {
      // its message could carry anything: the check belongs to the caller
      throw refusal('server', 'the preflight check itself failed', 'The gateway was not called. Look at the service that is asked first.')
    }
    if (verdict === false || verdict === 401 || verdict === 403) {
      throw refusal('auth', 'subscription or API key not valid', 'The gateway was not called: the preflight check said no.')
    }
    if (typeof verdict === 'number' && (verdict < 200 || verdict >= 300)) {
      throw refusal(
        'server',
        `the preflight check answered ${verdict}`,
        'The gateway was not called. Look at the service that is asked first.',
      )
    }
    goodUntil = transport.clock.now() + cacheMs
  }

  function refusal(kind: 'auth' | 'server', problem: string, hint: string): GatewayError {
    return new GatewayError(`${gateway.name}: ${problem}`, { kind, gateway: gateway.id, operation: 'preflight', hint, reached: 'no' })
  }

  function start(): Asking {
    const controller = new AbortController()
    const asking: Asking = { done: ask(controller.signal), waiting: 0, stop: () => controller.abort() }
    const forget = () => {
      if (running === asking) running = undefined
    }
    asking.done.then(forget, forget)
    return asking
  }

  function tooLate({ expired }: Deadline): GatewayError {
    const kind = expired ? 'timeout' : 'aborted'
    const hint = 'The gateway was not called.'
    const message = `${gateway.name}: ${kind} while waiting for the preflight check`
    return new GatewayError(message, { kind, gateway: gateway.id, operation: 'preflight', hint, reached: 'no' })
  }

  return async (deadline) => {
    if (transport.clock.now() < goodUntil) return
    if (deadline.signal.aborted) throw tooLate(deadline)
    running ??= start()
    const asking = running
    asking.waiting++
    try {
      if (await Promise.race([asking.done, deadline.ended])) throw tooLate(deadline)
    } finally {
      asking.waiting--
      // one caller who goes leaves the others their answer; the last one ends the question
      if (asking.waiting === 0 && running === asking) {
        running = undefined
        asking.stop()
      }
    }
  }
}

/** A check under way, for all that wait for it. */
interface Asking {
  readonly done: Promise<void>
  waiting: number
  stop(): void
}
