import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'

// nothing is loaded, nothing runs, and the form goes nowhere but back
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
const LONGEST_ANSWER = 10_000
const STYLE =
  'body{font-family:system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;line-height:1.5}' +
  'button{font:inherit;padding:.6rem 1.2rem;margin:.5rem .5rem 0 0;border:1px solid #888;border-radius:.4rem;cursor:pointer}' +
  'textarea{font:inherit;width:100%;box-sizing:border-box}p{white-space:pre-wrap}'

/** The page behind the link of Send and Wait for Response: shows what was asked, and takes the answer. */
export async function answerWaiting(context: IWebhookFunctions): Promise<IWebhookResponseData> {
  const request = context.getRequestObject()
  const isText = context.getNodeParameter('responseType', 'approval') === 'freeText'
  if (request.method !== 'POST') return page(context, questionPage(context, isText))
  const { approved, text } = context.getBodyData() as { approved?: unknown; text?: unknown }
  const respondedAt = new Date().toISOString()
  if (isText) {
    const answer = typeof text === 'string' ? text.trim().slice(0, LONGEST_ANSWER) : ''
    if (answer === '') return page(context, questionPage(context, isText))
    return answered(context, { text: answer, respondedAt })
  }
  if (approved !== 'true' && approved !== 'false') return page(context, questionPage(context, isText))
  return answered(context, { approved: approved === 'true', respondedAt })
}

function answered(context: IWebhookFunctions, data: { text?: string; approved?: boolean; respondedAt: string }): IWebhookResponseData {
  page(context, '<h1>Thank you</h1><p>Your answer was taken. You can close this page.</p>')
  return { noWebhookResponse: true, workflowData: [[{ json: { data: { ...data, timedOut: false } } }]] }
}

function questionPage(context: IWebhookFunctions, isText: boolean): string {
  const asked = `<p>${escaped(context.getNodeParameter('text', ''))}</p>`
  const { approveLabel, declineLabel } = context.getNodeParameter('waitOptions', {}) as { approveLabel?: unknown; declineLabel?: unknown }
  const fields = isText
    ? '<textarea name="text" rows="5" required autofocus></textarea><button type="submit">Send</button>'
    : `<button name="approved" value="true">${escaped(approveLabel || 'Approve')}</button>` +
      `<button name="approved" value="false">${escaped(declineLabel || 'Decline')}</button>`
  return `${asked}<form method="post">${fields}</form>`
}

function page(context: IWebhookFunctions, body: string): IWebhookResponseData {
  const response = context.getResponseObject()
  response.setHeader('content-type', 'text/html; charset=utf-8')
  response.setHeader('content-security-policy', POLICY)
  response.setHeader('referrer-policy', 'no-referrer')
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>Answer</title>`
  response.status(200).end(`<!doctype html><html lang="en"><head>${head}<style>${STYLE}</style></head><body>${body}</body></html>`)
  return { noWebhookResponse: true }
}

function escaped(value: unknown): string {
  return String(value ?? '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
