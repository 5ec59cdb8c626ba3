import type { IExecuteFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { wait } from '../wire/wait.ts'

/** When the next call of a session may be made, ms since the epoch; of this process. */
const nextCalls = new Map<string, number>()
const MANY_SESSIONS = 1_000

/**
 * Waits as long as the options of the node say: a pause between items, and no more calls per minute for one session than that.
 *
 * @param session parameters that may name the session; the first one that is filled in counts
 * @throws InvalidParameter for numbers that cannot be
 */
export async function waitForTurn(context: IExecuteFunctions, index: number, session: readonly string[]): Promise<void> {
  const { pause, pauseVariation, callsPerMinute } = (context.getNodeParameter('nodeOptions', index, {}) ?? {}) as Record<string, unknown>
  const pauseMs = secondsOf('pause', pause) + Math.random() * secondsOf('pauseVariation', pauseVariation)
  const turnMs = callsPerMinute === undefined ? 0 : turnOf(sessionKey(context, index, session), perMinute(callsPerMinute))
  const waitMs = Math.max(index === 0 ? 0 : pauseMs, turnMs)
  if (waitMs > 0) await wait(waitMs, context.getExecutionCancelSignal())
}

// takes the next free place, and tells how long it is until then, ms
function turnOf(key: string, callsPerMinute: number): number {
  const now = Date.now()
  if (nextCalls.size > MANY_SESSIONS) for (const [name, at] of nextCalls) if (at < now) nextCalls.delete(name)
  const at = Math.max(now, nextCalls.get(key) ?? 0)
  nextCalls.set(key, at + 60_000 / callsPerMinute)
  return at - now
}

function sessionKey(context: IExecuteFunctions, index: number, names: readonly string[]): string {
  const values = names.map((name) => {
    const value = context.getNodeParameter(name, index, '')
    return typeof value === 'object' && value !== null && 'value' in value ? value.value : value
  })
  const credentials = Object.values(context.getNode().credentials ?? {}).map(({ id }) => id)
  return JSON.stringify([credentials, values.find((value) => typeof value === 'string' && value !== '')])
}

function perMinute(value: unknown): number {
  const calls = Number(value)
  if (!(calls > 0)) throw new InvalidParameter('callsPerMinute', 'callsPerMinute: expected a number of more than 0')
  return calls
}

function secondsOf(name: string, value: unknown): number {
  const seconds = Number(value ?? 0)
  if (!(seconds >= 0)) throw new InvalidParameter(name, `${name}: expected a number of seconds`)
  return seconds * 1_000
}
