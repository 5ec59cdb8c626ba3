import type { Readable, Transform, TransformCallback } from 'node:stream'
import type { BrotliOptions, Inflate, InflateRaw, ZlibOptions } from 'node:zlib'
import { builtin } from '../builtins.ts'

/** What is asked for. */
export const ACCEPTED = 'gzip, deflate, br'

const MOST_CODINGS = 5
const KNOWN = new Set(['gzip', 'x-gzip', 'deflate', 'br'])

// as fetch does: what is there counts, also when the end of the stream is missing
function lenient(): ZlibOptions {
  const { Z_SYNC_FLUSH } = builtin('node:zlib').constants
  return { flush: Z_SYNC_FLUSH, finishFlush: Z_SYNC_FLUSH }
}

function lenientBrotli(): BrotliOptions {
  const { BROTLI_OPERATION_FLUSH } = builtin('node:zlib').constants
  return { flush: BROTLI_OPERATION_FLUSH, finishFlush: BROTLI_OPERATION_FLUSH }
}

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
  const { pipeline, Readable } = builtin('node:stream')
  const source = body instanceof Uint8Array ? Readable.from([body]) : body
  const stages = codings.map(stageFor)
  const last = stages.at(-1)
  if (!last) return source
  // `pipeline` passes an error of any stage to the last one, whose reader handles it
  pipeline([source, ...stages], () => {})
  return last
}

function stageFor(coding: string): Transform {
  if (coding === 'deflate') return anyDeflate()
  const { createBrotliDecompress, createGunzip } = builtin('node:zlib')
  return coding === 'br' ? createBrotliDecompress(lenientBrotli()) : createGunzip(lenient())
}

/** `deflate` comes with and without a header; the first byte tells. */
function anyDeflate(): Transform {
  const { Transform } = builtin('node:stream')
  let inner: Inflate | InflateRaw | undefined
  return new Transform({
    transform(chunk: Buffer, encoding, done) {
      inner ??= openDeflate(chunk, this)
      inner.write(chunk, encoding, done)
    },
    flush(done: TransformCallback) {
      if (inner) inner.once('end', done).end()
      else done()
    },
    destroy(error, done) {
      inner?.destroy()
      done(error)
    },
  })
}

function openDeflate(chunk: Buffer, outer: Transform): Inflate | InflateRaw {
  const { createInflate, createInflateRaw } = builtin('node:zlib')
  const inner = ((chunk[0] ?? 0) & 0x0f) === 8 ? createInflate(lenient()) : createInflateRaw(lenient())
  inner.on('data', (data: Buffer) => outer.push(data))
  inner.on('error', (error) => outer.destroy(error))
  return inner
}
