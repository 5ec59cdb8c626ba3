import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import { parseResponse } from './response.ts'
import { decideRetry } from './retry-decision.ts'
import { isSuccess } from './success.ts'
import type { Attempt } from './transport.ts'
import type { FailedAttempt, Outcome } from './types.ts'

/** A request that still has to be completed: its first attempt failed, or an observer wants to know of every attempt. */
export type PendingRequest = Pick<FailedAttempt, 'context' | 'draft' | 'request' | 'operation' | 'deadline' | 'call'>

const COUNT = 'expected a positive number'
const NOT_SENT: Attempt = { cause: undefined, begun: false, stopped: true, notSent: true }

/**
 * Sends a request until it succeeds or must not be repeated.
 *
 * @param pending the request
 * @param first the attempt that was already made; `undefined` when none was
 * @returns the success, or the error and whether the gateway refused
 * @throws {GatewayError} `invalid_request`: `timeoutMs`, `attempts` or `signal` is not what it should be
 * @throws {GatewayError} `rate_limited`: the queue of the limiter is full
 * @throws {GatewayError} `timeout`, `aborted`: the deadline came while waiting for the limiter or the preflight check
 * @throws {GatewayError} `auth`, `server`: the preflight check refused or failed
 */
export async function retryLoop(pending: PendingRequest, first: Attempt | undefined): Promise<Outcome> {
  const { context, draft, request, operation, deadline } = pending
  // nothing was sent yet: the transport ends such a call before its first attempt
  if (!first) checkCall(pending)
  const observer = await context.observer?.(context)
  const leave = await observer?.enter(operation, draft, deadline)
  try {
    for (let attempts = 1; ; attempts++) {
      Object.assign(request.headers, observer?.onAttempt(request, operation, attempts))
      const attempt = (attempts === 1 && first) || (deadline.signal.aborted ? NOT_SENT : await context.transport.attempt(request, deadline))
      const response = attempt.response && parseResponse(attempt.response, request.bytes)
      if (response && isSuccess(context, response)) {
        observer?.onSuccess(request, operation, attempts, response.status)
        return { response, raw: attempt.response }
      }
      const failed = await decideRetry({ ...pending, attempt, attempts })
      if (failed) {
        observer?.onError(request, operation, failed.error)
        return failed
      }
      observer?.onRetry(request, operation, attempts, response?.status)
    }
  } finally {
    leave?.()
  }
}

function checkCall({ context, operation, deadline, call }: PendingRequest): void {
  const { timeoutMs = 0, attempts = 0, signal } = call
  const about = { gateway: context.gateway.id, operation: operation.id }
  for (const [name, value] of Object.entries({ timeoutMs, attempts })) {
    if (!(typeof value === 'number' && value >= 0)) throw invalidInput(name, COUNT, about)
  }
  if (signal && !signal.addEventListener) throw invalidInput('signal', 'expected an AbortSignal', about)
  // neither time nor the caller ended the call: the gateway's own time limit is none
  if (deadline.signal.aborted && !deadline.expired && !signal?.aborted) {
    throw new GatewayError(`timeoutMs: ${COUNT}`, { ...about, kind: 'config', field: 'timeoutMs' })
  }
}
