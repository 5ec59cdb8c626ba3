import { GatewayError } from '../errors/gateway-error.ts'
import type { Deadline } from '../request/transport.ts'
import type { RequestContext } from '../request/types.ts'

/** A check by another service whether requests may be made, for example by one that knows the subscription. */
export interface Preflight {
  /**
   * The check. It must use a key of its own, never the gateway's.
   *
   * @param signal fires when nobody waits for the result any more
   * @returns the HTTP status of the service, or true or false. True and 2xx allow the call; 401, 403 and false refuse it with `auth`;
   *   anything else, and anything that it throws, fails the call with `server`
   */
  readonly check: (signal: AbortSignal) => Promise<number | boolean>
  /** How long a permission is valid, ms. A refusal is not kept. Default 300 000. */
  readonly cacheMs?: number
}

const DEFAULT_CACHE_MS = 300_000

/**
 * Makes the function that waits for the check. Calls that wait at the same time share one check, and a permission is remembered.
 *
 * @param context the gateway
 * @param preflight the check
 * @returns waits for a permission; rejects with a GatewayError of kind `auth`, `server`, `timeout` or `aborted`
 */
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
      // the error of the check is not shown: it could contain secrets of the other service
      throw refusal('server', 'the preflight check itself failed', 'The gateway was not called. Look at the service that is asked first.')
    }
    if (verdict === false || verdict === 401 || verdict === 403) {
      throw refusal('auth', 'subscription or API key not valid', 'The gateway was not called: the preflight check refused.')
    }
    // only `true` or a 2xx status allows the request: a check that returns nothing has not allowed it
    if (verdict !== true && !(typeof verdict === 'number' && verdict >= 200 && verdict < 300)) {
      throw refusal(
        'server',
        `the preflight check answered ${typeof verdict === 'number' ? verdict : 'neither true or false nor an HTTP status'}`,
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
      // a caller that gives up does not stop the check for the others; the last one does
      if (asking.waiting === 0 && running === asking) {
        running = undefined
        asking.stop()
      }
    }
  }
}

/** A check in progress, shared by the calls that wait for it. */
interface Asking {
  readonly done: Promise<void>
  waiting: number
  stop(): void
}
