import { isRefusal } from './refusal.ts'
import type { ParsedResponse } from './response.ts'
import type { RequestContext } from './types.ts'

/** True for a 2xx response that can be read and that neither is a web page nor says that it failed. */
export function isSuccess(context: RequestContext, response: ParsedResponse): boolean {
  const { status, unreadable } = response
  return (
    status >= 200 &&
    status < 300 &&
    !unreadable &&
    !isWebPage(response) &&
    !context.isErrorResponse?.(response) &&
    !isRefusal(response.data)
  )
}

/**
 * True for HTML, for example of a proxy or a login page, under any media type but that of a file. A text labelled as HTML that does not
 * begin with `<` is text.
 */
export function isWebPage({ contentType, text }: ParsedResponse): boolean {
  return /^\s*</.test(text ?? '') && (contentType === 'text/html' || /^\s*<(!doctype html|html|head|body)\b/i.test(text ?? ''))
}

/** A 404 of the web server rather than of the API: the path is not there, so that the base URL may be wrong, or the gateway too old. */
export function isNoRoute(response: ParsedResponse | undefined, vendorMessage: string | undefined): boolean {
  return response?.status === 404 && (response.contentType === 'text/html' || isUnknownPath(vendorMessage))
}

/** True for the words of a web framework that has no such path. */
export function isUnknownPath(vendorMessage: string | undefined): boolean {
  return /^Cannot (GET|POST|PUT|PATCH|DELETE) /.test(vendorMessage ?? '')
}
