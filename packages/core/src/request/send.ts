import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import type { Parts } from '../schema/operation-types.ts'
import { placeOf } from '../schema/route.ts'
import { toWireRequest } from './body.ts'
import { type GatewayResponse, parseResponse } from './response.ts'
import { isSuccess } from './success.ts'
import type { OperationInfo, Outcome, RequestContext, RequestDraft, Send, SendOptions } from './types.ts'
import { fillPath, hasControlCharacter, queryPairs } from './url.ts'

export function createSend(context: RequestContext): Send {
  return async (route, parts, options = {}) => {
    const { path, query, headers, body } = (parts ?? {}) as Parts<unknown>
    const place = placeOf(route, context.paths)
    const draft: RequestDraft = {
      method: place.method,
      path: fillPath(place.path, path),
      query: queryPairs(query, route.comma),
      headers: { accept: options.accept ?? 'application/json', ...context.headers, ...headerTexts(headers) },
      body,
    }
    const { response, error } = await sendRequest(context, draft, route, options)
    if (error) throw error
    return response as GatewayResponse<never>
  }
}

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

function headerTexts(headers: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined || value === null) continue
    const text = String(value)
    if (hasControlCharacter(text)) throw invalidInput(name, 'must not contain line breaks or control characters')
    texts[name.toLowerCase()] = text
  }
  return texts
}
