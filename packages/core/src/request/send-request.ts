import { GatewayError } from '../errors/gateway-error.ts'
import { toWireRequest } from './body.ts'
import { type ParsedResponse, parseResponse } from './response.ts'
import type { OperationInfo, Outcome, RequestContext, RequestDraft, SendOptions } from './types.ts'

/**
 * Sends a request until it succeeds or must not be repeated. The code for failures, hooks and limits is loaded when it is needed, so that
 * bundles stay small.
 *
 * @param context the gateway
 * @param draft the request; the credentials are added to it
 * @param operation id and safety of the operation
 * @param call options of this call
 * @returns the success, or the error and whether the gateway refused
 * @throws {GatewayError} `invalid_request`: a path, header, body or option is malformed
 * @throws {GatewayError} `rate_limited`, `timeout`, `aborted`, `auth`, `server`: a limit or the preflight check stopped it before it
 *   was sent
 * @throws {GatewayError} `unknown_outcome`: the attempt failed, and the code that handles failures could not be loaded
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
    if (response && isPlainSuccess(context, response)) return { response, raw: first?.response }
    const { retryLoop } = await loadRetryLoop()
    return await retryLoop({ context, draft, request, operation, deadline, call }, first)
  } finally {
    deadline.close()
  }
}

// false also for a web page and for words that may report a failure: `isSuccess` decides these, and is loaded with the code for failures
function isPlainSuccess(context: RequestContext, response: ParsedResponse): boolean {
  const { status, text, unreadable } = response
  return (
    status >= 200 &&
    status < 300 &&
    !(unreadable || /^\s*<|fa[il]|err|exc|: ?"?[45]\d\d/i.test(text as string) || context.isErrorResponse?.(response))
  )
}

// a browser that is offline cannot load this chunk; without it nothing can tell whether the request was sent
function loadRetryLoop(): Promise<typeof import('./retry-loop.ts')> {
  return import('./retry-loop.ts').catch((cause) => {
    throw new GatewayError('failed', { kind: 'unknown_outcome', cause })
  })
}
