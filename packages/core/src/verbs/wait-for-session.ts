import { GatewayError } from '../errors/gateway-error.ts'
import type { EventBus } from '../events/event-bus.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import type { ProgressOptions, SessionInfo, SessionRef, WaitForInput } from '../vocabulary/session.ts'
import { pollUntil } from './poll-until.ts'

const WAIT_MS = 60_000
const INTERVAL_MS = 1_000

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
  return async ({ session, state = 'connected', timeoutMs = WAIT_MS, intervalMs = INTERVAL_MS, onState }, options = {}) => {
    const wanted: readonly string[] = typeof state === 'string' ? [state] : state
    const about = { clock, eventBus, session, operation: 'session.waitFor', what: `Waiting for session ${session}`, timeoutMs, intervalMs }
    let checks = 0
    let stops = 0
    const last = await pollUntil(about, options, async () => {
      const info = await get({ session }, options)
      onState?.(info)
      // a restart passes through `stopped`; when three checks in a row find it, nobody is starting the session
      stops = info.state === 'stopped' ? stops + 1 : 0
      if (info.state === 'stopped' && !wanted.includes('stopped') && (checks === 0 || stops > 2)) throw nothingWillHappen(info, wanted)
      checks += 1
      return { value: info, done: wanted.includes(info.state) }
    })
    if (!last.done) throw notInTime(last.value, wanted, timeoutMs)
    return last.value
  }
}

function nothingWillHappen(info: SessionInfo, wanted: readonly string[]): GatewayError {
  const hint = info.nextActions.includes('start')
    ? 'Start it: session.start. Waiting alone changes nothing.'
    : 'Waiting alone changes nothing.'
  const message = `Session ${info.session} is stopped and will not become ${wanted.join(' or ')} by itself`
  return new GatewayError(message, { kind: 'conflict', operation: 'session.waitFor', hint, reached: 'yes' })
}

function notInTime(info: SessionInfo, wanted: readonly string[], timeoutMs: number): GatewayError {
  const now = info.challenge ? `${info.state} (${info.challenge})` : info.state
  // the error of a wait that timed out does not name waiting as the next action
  const next = info.nextActions.filter((action) => action !== 'wait')
  const hint = next.length > 0 ? `Try: ${next.join(', ')}.` : undefined
  const message = `Session ${info.session} is ${now}, not ${wanted.join(' or ')}, after ${Math.round(timeoutMs / 1000)} s`
  return new GatewayError(message, { kind: 'timeout', operation: 'session.waitFor', hint, retryable: true, reached: 'yes' })
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
