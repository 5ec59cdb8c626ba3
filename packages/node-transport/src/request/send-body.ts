import type { ClientRequest } from 'node:http'
import type { RunningRequest } from './running-request.ts'

/**
 * Sends a stream as the body of a request, as fast as the connection takes it.
 * @param length number of bytes that the head announces, if it does: further bytes would be read as another request
 */
export async function sendStream(
  stream: ReadableStream<Uint8Array>,
  length: number | undefined,
  request: ClientRequest,
  running: RunningRequest,
): Promise<void> {
  let wake: (() => void) | undefined
  let size = 0
  request.on('drain', () => wake?.())
  try {
    const reader = stream.getReader()
    running.onEnd = () => {
      wake?.()
      // rejects when the stream has failed: that is known already
      reader.cancel().catch(() => {})
    }
    for (;;) {
      const { done, value } = await reader.read()
      if (running.done) return
      if (done) break
      if (!(value instanceof Uint8Array)) throw new TypeError('a chunk of the body is not a Uint8Array')
      size += value.length
      if (length !== undefined && size > length) throw new TypeError('the body is longer than its content-length')
      if (request.write(value)) continue
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      if (running.done) return
    }
    if (length !== undefined && size < length) throw new TypeError('the body is shorter than its content-length')
    running.onEnd = undefined
    request.end()
  } catch (error) {
    running.failWith(error)
  }
}
