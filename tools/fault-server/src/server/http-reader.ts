/** How far a request in a buffer has come. */
export interface ReadSoFar {
  /** Bytes of the head with its empty line, once that is there. */
  readonly head: number | undefined
  /** Bytes of the body that are there, and that there have to be; chunked bodies do not say. */
  readonly body: number
  readonly length: number | undefined
  /** Bytes of the whole request, once it is there. */
  readonly whole: number | undefined
}

const NOTHING: ReadSoFar = { head: undefined, body: 0, length: undefined, whole: undefined }
const LAST_CHUNK = '0\r\n\r\n'

/** Just enough HTTP/1.1 to know where the first request in a buffer is, and where it ends. */
export function readRequest(bytes: Buffer): ReadSoFar {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return NOTHING
  const head = end + 4
  const fields = bytes.toString('latin1', 0, head)
  const body = bytes.length - head
  if (/\r\ntransfer-encoding: *chunked\r\n/i.test(fields)) {
    const last = bytes.indexOf(LAST_CHUNK, head)
    return { head, body, length: undefined, whole: last < 0 ? undefined : last + LAST_CHUNK.length }
  }
  const length = Number(/\r\ncontent-length: *(\d+)\r\n/i.exec(fields)?.[1] ?? 0)
  return { head, body, length, whole: body < length ? undefined : head + length }
}
