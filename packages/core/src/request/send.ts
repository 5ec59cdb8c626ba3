import { invalidInput } from '../errors/gateway-error.ts'
import { correctedPath } from '../schema/corrected-path.ts'
import type { Parts } from '../schema/operation-types.ts'
import { isHeaderText } from './header-text.ts'
import type { GatewayResponse } from './response.ts'
import { sendRequest } from './send-request.ts'
import type { RequestContext, RequestDraft, Send } from './types.ts'
import { fillPath, queryPairs } from './url.ts'

/**
 * Makes the function that verbs send operations with.
 *
 * @param context the gateway
 * @returns `send(route, parts, options)`, which throws what {@link Send} says
 */
export function createSend(context: RequestContext): Send {
  return async (route, parts, options = {}) => {
    const { path, query, headers, body } = (parts ?? {}) as Parts<unknown>
    const place = correctedPath(route, context.paths)
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

function headerTexts(headers: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined || value === null) continue
    const text = String(value)
    if (!isHeaderText(text)) throw invalidInput(name, 'expected printable characters up to U+00FF')
    texts[name.toLowerCase()] = text
  }
  return texts
}
