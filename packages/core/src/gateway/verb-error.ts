import { GatewayError } from '../errors/gateway-error.ts'
import { hideSecrets, redactorFor } from '../request/redaction.ts'
import type { RequestContext } from '../request/types.ts'
import type { VerbId } from '../vocabulary/index.ts'
import { verbSafety } from '../vocabulary/safety.ts'

/** What a verb throws, whatever went wrong in it. */
export function verbError(context: RequestContext, operation: string, cause: unknown): GatewayError {
  if (GatewayError.is(cause)) return hideSecrets(cause, redactorFor(context))
  const { id: gateway, name } = context.gateway
  // the gateway said yes: whatever was to be sent, made or removed may have been
  const safety = Object.hasOwn(verbSafety, operation) ? verbSafety[operation as VerbId] : 'send'
  const kind = safety === 'read' || safety === 'converge' ? 'bad_response' : 'unknown_outcome'
  const told = 'It answered well, but with data of another shape than its document says.'
  const hint = kind === 'unknown_outcome' ? `${told} Look whether it was done before you repeat it.` : told
  const message = `${name} ${operation}: the answer is not what was expected`
  // the cause stays out: an engine's TypeError quotes the data, and that may be a QR code or an echoed key
  const code = cause instanceof Error ? cause.name : undefined
  return new GatewayError(message, { kind, gateway, operation, hint, code, reached: 'yes' })
}
