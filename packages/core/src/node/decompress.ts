import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'

/** What is asked for. */
export const ACCEPTED = 'gzip, deflate, br'

const MOST_CODINGS = 5

// as fetch does: what is there counts, also when the end of the stream is missing
const LENIENT = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH }
const LENIENT_BROTLI = { flush: constants.BROTLI_OPERATION_FLUSH, finishFlush: constants.BROTLI_OPERATION_FLUSH }

/** The codings to undo, the last applied first. Empty when there are none, or one that is not known: then the body stays as it is. */
export function codingsOf(header: string | null): readonly string[] {
  if (header === null || header === '') return []
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .reverse()
  // each of them multiplies the work that a few bytes make
  if (codings.length > MOST_CODINGS) throw new Error('the answer is compressed too many times over')
  return codings.every((coding) => ['gzip', 'x-gzip', 'deflate', 'br'].includes(coding)) ? codings : []
}

/** A body with its codings undone. `first` are its first bytes: deflate comes in two forms that only they tell apart. */
export function decompressed(source: Readable, codings: readonly string[], first: Uint8Array | undefined): Readable {
  const stages = codings.map((coding, index) => stageFor(coding, index === 0 ? first : undefined))
  const last = stages.at(-1)
  if (!last) return source
  // errors reach the last stage, where someone listens
  pipeline([source, ...stages], () => {})
  return last
}

function stageFor(coding: string, first: Uint8Array | undefined): Transform {
  if (coding === 'br') return createBrotliDecompress(LENIENT_BROTLI)
  if (coding !== 'deflate') return createGunzip(LENIENT)
  const raw = first?.[0] !== undefined && (first[0] & 0x0f) !== 8
  return raw ? createInflateRaw(LENIENT) : createInflate(LENIENT)
}
