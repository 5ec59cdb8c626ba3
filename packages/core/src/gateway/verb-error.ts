import { GatewayError } from '../errors/gateway-error.ts'
import { hideSecrets, redactorFor } from '../request/redaction.ts'
import type { RequestContext } from '../request/types.ts'
import type { VerbId } from '../vocabulary/index.ts'
import { verbSafety } from '../vocabulary/safety.ts'

/**
 * The error that a verb throws for what went wrong in it.
 *
 * @param context the gateway
 * @param operation the verb: `message.sendText`
 * @param cause what was thrown
 * @returns a GatewayError without secrets: the cause itself if it is one; otherwise the response had an unexpected shape, which is
 *   `unknown_outcome` for verbs that send, make or remove, and `bad_response` for the others
 */
export function verbError(context: RequestContext, operation: string, cause: unknown): GatewayError {
  if (GatewayError.is(cause)) return hideSecrets(cause, redactorFor(context))
  const { id: gateway, name } = context.gateway
  // the gateway reported success, so a message may have been sent, or a thing made or removed
  const safety = Object.hasOwn(verbSafety, operation) ? verbSafety[operation as VerbId] : 'send'
  const kind = safety === 'read' || safety === 'converge' ? 'bad_response' : 'unknown_outcome'
  const told = 'It answered well, but with data of another shape than its document says.'
  const hint = kind === 'unknown_outcome' ? `${told} Look whether it was done before you repeat it.` : told
  const message = `${name} ${operation}: the answer is not what was expected`
  // without `cause`: the message of a TypeError may quote data of the response, for example a QR code or a key
  const code = cause instanceof Error ? cause.name : undefined
  return new GatewayError(message, { kind, gateway, operation, hint, code, attempts: 1, reached: 'yes' })
}
