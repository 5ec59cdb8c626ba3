import { invalidInput } from '../errors/gateway-error.ts'
import { isSuccess, readAnswer } from './response.ts'
import { settle } from './retry-decision.ts'
import type { Attempt } from './transport.ts'
import type { Outcome, Unsettled } from './types.ts'

/** A request whose first attempt was no success, or that is watched from its first attempt on. */
export type Pending = Pick<Unsettled, 'context' | 'draft' | 'request' | 'meaning' | 'deadline' | 'call'>

const NOT_SENT: Attempt = { cause: undefined, begun: false, stopped: true, notSent: true }

/** Tries until it is decided. @param first the attempt that was made already; @throws GatewayError when a limit or preflight says no */
export async function persist(pending: Pending, first: Attempt | undefined): Promise<Outcome> {
  const { context, draft, request, meaning, deadline, call } = pending
  for (const name of ['timeoutMs', 'attempts'] as const) {
    // before anything went out: with such a deadline there was no first attempt
    if (!first && !((call[name] ?? 1) >= 0)) throw invalidInput(name, 'expected a positive number', { operation: meaning.id })
  }
  const watch = await context.watch?.(context)
  const leave = await watch?.enter(meaning, context.sessionOf?.(draft), deadline)
  try {
    for (let attempts = 1; ; attempts++) {
      Object.assign(request.headers, watch?.begins(request, meaning, attempts))
      const attempt = (attempts === 1 && first) || (deadline.signal.aborted ? NOT_SENT : await context.transport.attempt(request, deadline))
      const answer = attempt.answer && readAnswer(attempt.answer, request.bytes)
      if (answer && isSuccess(context, answer)) {
        watch?.answered(request, meaning, attempts, answer.status)
        return { answer, raw: attempt.answer }
      }
      const failed = await settle({ ...pending, attempt, attempts })
      if (failed) {
        watch?.failed(request, meaning, failed.error)
        return failed
      }
      watch?.retries(request, meaning, attempts, answer?.status)
    }
  } finally {
    leave?.()
  }
}
