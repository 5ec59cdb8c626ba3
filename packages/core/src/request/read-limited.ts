import { joinChunks } from './join-chunks.ts'

/**
 * Reads a body up to a limit. For bodies of unknown length, and for compressed ones.
 *
 * @param body the body
 * @param limit largest size, bytes
 * @param declared the response's content-length, bytes; 0 when it has none
 * @throws {Error} code `WAMUX_BODY_TOO_LARGE`: the body is larger than `limit`
 */
export async function readLimited(body: ReadableStream<Uint8Array>, limit: number, declared: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!(declared <= limit)) {
    discard(body)
    throw tooLarge(`${declared} bytes`, limit)
  }
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return joinChunks(chunks)
    size += value.length
    if (!(size <= limit)) {
      // not awaited: a stream may never finish cancelling
      reader.cancel().catch(() => undefined)
      throw tooLarge(`${size} bytes or more`, limit)
    }
    chunks.push(value as Uint8Array<ArrayBuffer>)
  }
}

function discard(body: ReadableStream<Uint8Array>): void {
  body.cancel().catch(() => undefined)
}

/** The error for a response that is larger than allowed. */
export function tooLarge(size: string, limit: number): Error {
  return Object.assign(new Error(`the answer has ${size}, more than the ${limit} bytes allowed`), { code: 'WAMUX_BODY_TOO_LARGE' })
}
