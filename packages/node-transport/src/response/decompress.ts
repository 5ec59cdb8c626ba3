import { pipeline, Readable, Transform, type TransformCallback } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, type Inflate, type InflateRaw } from 'node:zlib'

/** What is asked for. */
export const ACCEPTED = 'gzip, deflate, br'

const MOST_CODINGS = 5
const KNOWN = new Set(['gzip', 'x-gzip', 'deflate', 'br'])

// as fetch does: what is there counts, also when the end of the stream is missing
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const LENIENT_BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }

/**
 * The codings to undo, the last applied first. Empty when there are none, or one that is not known: then the body stays as it is.
 *
 * @throws {Error} there are too many: each one multiplies the size that a few bytes can grow to
 */
export function codingsOf(header: string | null): readonly string[] {
  if (header === null || header === '') return []
  const codings = header.toLowerCase().split(',')
  if (codings.length > MOST_CODINGS) throw new Error(`the answer is compressed ${codings.length} times over`)
  const names = codings.map((coding) => coding.trim()).reverse()
  return names.every((name) => KNOWN.has(name)) ? names : []
}

/** A body with its codings undone, as a stream that fails when the body does. */
export function decompressed(body: Readable | Buffer, codings: readonly string[]): Readable {
  const source = body instanceof Readable ? body : Readable.from([body])
  const stages = codings.map(stageFor)
  const last = stages.at(-1)
  if (!last) return source
  // `pipeline` passes an error of any stage to the last one, whose reader handles it
  pipeline([source, ...stages], () => {})
  return last
}

function stageFor(coding: string): Transform {
  if (coding === 'br') return createBrotliDecompress(LENIENT_BROTLI)
  return coding === 'deflate' ? new AnyDeflate() : createGunzip(LENIENT)
}

/** `deflate` comes with and without a header; the first byte tells. */
class AnyDeflate extends Transform {
  #inner: Inflate | InflateRaw | undefined

  override _transform(chunk: Buffer, encoding: BufferEncoding, done: TransformCallback): void {
    this.#inner ??= this.#open(chunk)
    this.#inner.write(chunk, encoding, done)
  }

  override _flush(done: TransformCallback): void {
    if (this.#inner) this.#inner.once('end', done).end()
    else done()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inner?.destroy()
    done(error)
  }

  #open(chunk: Buffer): Inflate | InflateRaw {
    const inner = ((chunk[0] ?? 0) & 0x0f) === 8 ? createInflate(LENIENT) : createInflateRaw(LENIENT)
    inner.on('data', (data: Buffer) => this.push(data))
    inner.on('error', (error) => this.destroy(error))
    return inner
  }
}
