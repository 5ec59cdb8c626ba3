import { GatewayError } from '../errors/gateway-error.ts'
import { toWireRequest } from './body.ts'
import { parseResponse } from './response.ts'
import { isSuccess } from './success.ts'
import type { OperationInfo, Outcome, RequestContext, RequestDraft, SendOptions } from './types.ts'

/**
 * Sends a draft until it succeeded or must not be tried again. The way of success is short; all that a failure, a hook or a limit needs
 * is code of its own, so that bundles stay small.
 */
export async function sendRequest(
  context: RequestContext,
  draft: RequestDraft,
  operation: OperationInfo,
  call: SendOptions,
): Promise<Outcome> {
  const { transport } = context
  context.authorization.apply(draft)
  const request = toWireRequest(context.baseUrl, draft, call.bytes)
  const deadline = transport.begin(call)
  try {
    const first = context.observer || deadline.signal.aborted ? undefined : await transport.attempt(request, deadline)
    const response = first?.response && parseResponse(first.response, request.bytes)
    if (response && isSuccess(context, response)) return { response, raw: first?.response }
    const { retryLoop } = await loadRetryLoop()
    return await retryLoop({ context, draft, request, operation, deadline, call }, first)
  } finally {
    deadline.close()
  }
}

// a browser that is offline cannot load the chunk either; then the little that is certain has to do
function loadRetryLoop(): Promise<typeof import('./retry-loop.ts')> {
  return import('./retry-loop.ts').catch((cause) => {
    throw new GatewayError('The request failed', { kind: 'unknown_outcome', cause })
  })
}
