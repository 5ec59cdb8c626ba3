import type { Limits } from '@wamux/core'
import type { IExecuteFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { wait } from '../wire/wait.ts'

/** Longest wait for a turn, ms. */
const LONGEST_TURN_MS = 60 * 60_000

/** How fast the requests of a node may be. */
export interface Pace {
  /** For the gateway, which keeps to it over all executions of this process. */
  readonly limits?: Limits
  /** Deadline of one call, ms: the time for the gateway, and for waiting for a turn. n8n ends the HTTP request itself in time. */
  readonly deadlineMs: number
}

/**
 * Waits as long as the options of the node say before an item.
 *
 * @throws InvalidParameter for numbers that cannot be
 */
export async function pauseBefore(context: IExecuteFunctions, index: number): Promise<void> {
  const { pause, pauseVariation } = (context.getNodeParameter('nodeOptions', index, {}) ?? {}) as Record<string, unknown>
  const pauseMs = secondsOf('pause', pause) + Math.random() * secondsOf('pauseVariation', pauseVariation)
  if (index > 0 && pauseMs > 0) await wait(pauseMs, context.getExecutionCancelSignal())
}

/**
 * The limit per session that the options of the node say.
 *
 * @param timeoutMs time for the gateway, ms
 * @throws InvalidParameter for a number that cannot be
 */
export function paceOf(options: unknown, timeoutMs: number): Pace {
  const { callsPerMinute } = (options ?? {}) as Record<string, unknown>
  if (callsPerMinute === undefined) return { deadlineMs: timeoutMs }
  const calls = Number(callsPerMinute)
  if (!(calls > 0)) throw new InvalidParameter('callsPerMinute', 'callsPerMinute: expected a number of more than 0')
  return { limits: { perSession: { perSecond: calls / 60 } }, deadlineMs: timeoutMs + LONGEST_TURN_MS }
}

function secondsOf(name: string, value: unknown): number {
  const seconds = Number(value ?? 0)
  if (!(seconds >= 0)) throw new InvalidParameter(name, `${name}: expected a number of seconds`)
  return seconds * 1_000
}
