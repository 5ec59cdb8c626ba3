import type { ParsedResponse } from './response.ts'
import { saysNo } from './says-no.ts'
import type { RequestContext } from './types.ts'

/** True for an answer that says yes and can be read. */
export function isSuccess(context: RequestContext, response: ParsedResponse): boolean {
  const { status, unreadable } = response
  return (
    status >= 200 && status < 300 && !unreadable && !isWebPage(response) && !context.isErrorResponse?.(response) && !saysNo(response.data)
  )
}

/** True for a proxy's or login page; a gateway that labels bare text as HTML means the text. */
export function isWebPage({ contentType, text }: ParsedResponse): boolean {
  return contentType === 'text/html' && /^\s*</.test(text ?? '')
}
