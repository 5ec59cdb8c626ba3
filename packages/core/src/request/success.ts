import type { ReadAnswer } from './response.ts'
import type { ExchangeContext } from './types.ts'

/** True for an answer that says yes and can be read. */
export function isSuccess(context: ExchangeContext, answer: ReadAnswer): boolean {
  const { status, unreadable } = answer
  return status >= 200 && status < 300 && !unreadable && !isWebPage(answer) && !context.refuses?.(answer)
}

/** True for a proxy's or login page; a gateway that labels bare text as HTML means the text. */
export function isWebPage({ contentType, text }: ReadAnswer): boolean {
  return contentType === 'text/html' && /^\s*</.test(text ?? '')
}
