import type { FetchInit } from '@wamux/core/transport'
import { encodeForm } from './form.ts'

/** A body as it goes over the wire: known at once, or a stream. */
export type WireBody =
  | { readonly data: string | Uint8Array; readonly length: number; readonly type?: string; readonly stream?: never }
  | { readonly stream: () => ReadableStream<Uint8Array>; readonly length?: number; readonly type?: string; readonly data?: never }

/** Brings a body into one of the two forms, with the content type that fetch gives it. */
export function wireBody(body: NonNullable<FetchInit['body']>): WireBody {
  if (typeof body === 'string') return { data: body, length: Buffer.byteLength(body), type: 'text/plain;charset=UTF-8' }
  if (body instanceof Uint8Array) return { data: body, length: body.byteLength }
  if (body instanceof FormData) return fromBlob(encodeForm(body))
  if (body instanceof Blob) return fromBlob(body)
  if (body instanceof URLSearchParams) {
    const data = body.toString()
    return { data, length: data.length, type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  }
  if (body instanceof ReadableStream) {
    if (body.locked) throw new TypeError('the body is a stream that someone else reads')
    return { stream: () => body }
  }
  throw new TypeError('the body is of a kind that cannot be sent')
}

function fromBlob(blob: Blob): WireBody {
  const type = blob.type === '' ? {} : { type: blob.type }
  return { stream: () => blob.stream() as ReadableStream<Uint8Array>, length: blob.size, ...type }
}
