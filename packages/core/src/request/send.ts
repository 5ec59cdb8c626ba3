import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import type { Parts } from '../schema/operation-types.ts'
import { placeOf } from '../schema/route.ts'
import { toWire } from './body.ts'
import { type Answer, readAnswer } from './response.ts'
import { isSuccess } from './success.ts'
import type { Draft, Exchange, ExchangeContext, ExchangeOptions, Meaning, Outcome } from './types.ts'
import { fillPath, hasControlCharacter, queryPairs } from './url.ts'

export function createExchange(context: ExchangeContext): Exchange {
  return async (route, parts, options = {}) => {
    const { path, query, headers, body } = (parts ?? {}) as Parts<unknown>
    const place = placeOf(route, context.paths)
    const draft: Draft = {
      method: place.method,
      path: fillPath(place.path, path),
      query: queryPairs(query, route.comma),
      headers: { accept: options.accept ?? 'application/json', ...context.headers, ...headerTexts(headers) },
      body,
    }
    const { answer, error } = await perform(context, draft, route, options)
    if (error) throw error
    return answer as Answer<never>
  }
}

/**
 * Sends a draft until it succeeded or must not be tried again. The way of success is short; all that a failure, a hook or a limit needs
 * is code of its own, so that bundles stay small.
 */
export async function perform(context: ExchangeContext, draft: Draft, meaning: Meaning, call: ExchangeOptions): Promise<Outcome> {
  const { transport } = context
  context.authorization.apply(draft)
  const request = toWire(context.baseUrl, draft, call.bytes)
  const deadline = transport.begin(call)
  try {
    const first = context.watch || deadline.signal.aborted ? undefined : await transport.attempt(request, deadline)
    const answer = first?.answer && readAnswer(first.answer, request.bytes)
    if (answer && isSuccess(context, answer)) return { answer, raw: first?.answer }
    const { persist } = await loadPersist()
    return await persist({ context, draft, request, meaning, deadline, call }, first)
  } finally {
    deadline.close()
  }
}

// a browser that is offline cannot load the chunk either; then the little that is certain has to do
function loadPersist(): Promise<typeof import('./retry-loop.ts')> {
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
