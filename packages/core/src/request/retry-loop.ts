import { invalidInput } from '../errors/gateway-error.ts'
import { parseResponse } from './response.ts'
import { decideRetry } from './retry-decision.ts'
import { isSuccess } from './success.ts'
import type { Attempt } from './transport.ts'
import type { FailedAttempt, Outcome } from './types.ts'

/** A request whose first attempt was no success, or that is watched from its first attempt on. */
export type PendingRequest = Pick<FailedAttempt, 'context' | 'draft' | 'request' | 'operation' | 'deadline' | 'call'>

const NOT_SENT: Attempt = { cause: undefined, begun: false, stopped: true, notSent: true }

/** Tries until it is decided. @param first the attempt that was made already; @throws GatewayError when a limit or preflight says no */
export async function retryLoop(pending: PendingRequest, first: Attempt | undefined): Promise<Outcome> {
  const { context, draft, request, operation, deadline, call } = pending
  for (const name of ['timeoutMs', 'attempts'] as const) {
    // before anything went out: with such a deadline there was no first attempt
    if (!first && !((call[name] ?? 1) >= 0)) throw invalidInput(name, 'expected a positive number', { operation: operation.id })
  }
  const observer = await context.observer?.(context)
  const leave = await observer?.enter(operation, context.sessionOf?.(draft), deadline)
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
