/** An answer with its length, as bytes on the wire. */
export function reply(status: string, type: string, body: string, fields: readonly string[] = []): string {
  return [`HTTP/1.1 ${status}`, `content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`, ...fields, '', body].join('\r\n')
}

/** A successful answer that every gateway's plugin understands. */
export const DONE: string = JSON.stringify({
  id: 'true_4915112345678@c.us_3EB0',
  success: true,
  status: 'processed',
  results: [{ toJid: '4915112345678@s.whatsapp.net', messageId: '3EB0' }],
})

/** The answer to a request that went well. */
export function accepted(): string {
  return reply('200 OK', 'application/json', DONE)
}

/** The request with its credentials, in all encodings in which a careless gateway might repeat it. */
export function echoes(heard: string): readonly string[] {
  const once = encodeURIComponent(heard)
  return [heard, once, encodeURIComponent(once), new URLSearchParams({ heard }).toString()]
}

/** An error as JSON that repeats the request. */
export function jsonError(message: string, heard: string): string {
  const [plain = '', once, twice, form] = echoes(heard)
  return JSON.stringify({
    message: `${message}: ${plain}`,
    error: once,
    code: 'E_FAULT',
    debug: { twice, form, nested: JSON.stringify({ plain }) },
  })
}

/** A proxy's page that repeats the request. */
export function webPage(title: string, heard: string): string {
  const escaped = heard.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  return `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1><pre>${escaped}</pre>${echoes(heard).join('<hr>')}</body></html>`
}

/** One chunk of a chunked body. */
export function chunk(text: string): string {
  return `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`
}

/** A text cut into pieces of equal size. */
export function cut(text: string, pieces: number): readonly string[] {
  const size = Math.ceil(text.length / pieces)
  return Array.from({ length: pieces }, (_, index) => text.slice(index * size, (index + 1) * size))
}
