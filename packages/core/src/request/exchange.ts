import { invalidInput } from '../errors/gateway-error.ts'
import type { Parts } from '../schema/operation-types.ts'
import { placeOf } from '../schema/route.ts'
import type { Answer } from './response.ts'
import { perform } from './send.ts'
import type { Draft, Exchange, ExchangeContext } from './types.ts'
import { fillPath, queryPairs } from './url.ts'

/** What verbs and `call()` perform operations with. Apart from `perform`, as the typed client alone has no routes. */
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

/** True for CR, LF, NUL and their like, which have no place in a header. */
function hasControlCharacter(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  return /[\u0000-\u001f\u007f]/.test(text)
}
