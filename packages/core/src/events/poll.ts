import { GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import type { SessionInfo, SessionVerbs } from '../vocabulary/session.ts'
import type { MessagePoller } from './message-poller.ts'
import type { ParsedEvent } from './parsed-event.ts'

export interface PollOptions {
  readonly session: string
  /** Without it, changes of the session's state are not reported. */
  readonly get: SessionVerbs['get'] | undefined
  /** Without it, because chats cannot be listed, messages are not reported. */
  readonly messages: MessagePoller | undefined
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
/** Kinds of errors after which another poll may succeed. */
const PASSING: readonly GatewayError['kind'][] = ['network', 'timeout', 'server', 'rate_limited', 'bad_response', 'conflict']

/** Polls at intervals and gives what has changed. Ends when the signal fires; rejects when another poll would not help. */
export async function* pollEvents(options: PollOptions): AsyncGenerator<ParsedEvent> {
  const { session, get, messages, intervalMs, clock, signal } = options
  const call: CallOptions = { signal }
  let { since } = options
  let known: string | undefined
  for (let failures = 0; !signal?.aborted; ) {
    let pause = intervalMs
    try {
      const parsed: ParsedEvent[] = []
      const began = clock.now()
      const info = await get?.({ session }, call)
      if (info && known !== stateKey(info)) {
        known = stateKey(info)
        parsed.push(statusOf(info))
      }
      // a session that is not connected has no chats to show
      if (messages && (!info || info.state === 'connected')) {
        for (const draft of await messages.poll(since, call)) parsed.push(draft)
        since = began
      }
      failures = 0
      yield* parsed
    } catch (error) {
      if (signal?.aborted) return
      if (!GatewayError.is(error) || !PASSING.includes(error.kind)) throw error
      failures += 1
      const wished = Math.min(error.retryAfterMs ?? 0, LONGEST_WISH_MS)
      pause = Math.max(wished, intervalMs, Math.min(intervalMs * 2 ** failures, LONGEST_PAUSE_MS))
    }
    await sleep(clock, pause, signal).catch(() => undefined)
  }
}

function stateKey({ state, challenge, account }: SessionInfo): string {
  return [state, challenge, account].join(' ')
}

function statusOf(info: SessionInfo): ParsedEvent {
  const { session, state, challenge, account, raw } = info
  return {
    type: 'session.status',
    vendorType: 'poll',
    session,
    data: { state, ...(challenge ? { challenge } : {}), account },
    raw,
  }
}
