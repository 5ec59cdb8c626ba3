import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import { readLimited } from '../request/read-limited.ts'
import type { Media, MediaFacts } from '../vocabulary/media.ts'
import { httpUrlInput } from './validate.ts'

/** A checked file: a link, or bytes. */
export type OpenMedia =
  | { readonly kind: 'url'; readonly url: string; readonly mimetype: string; readonly filename?: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer>; readonly mimetype: string; readonly filename?: string }

/** Largest file that is read, bytes: 64 MiB. */
export const MAX_MEDIA_BYTES: number = 64 * 1024 * 1024

const MIMETYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  '3gp': 'video/3gpp',
  webm: 'video/webm',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  ogg: 'audio/ogg; codecs=opus',
  opus: 'audio/ogg; codecs=opus',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  json: 'application/json',
  zip: 'application/zip',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
}

/**
 * The media type of a file name, by its extension.
 *
 * @param filename `photo.jpg`
 * @returns `image/jpeg`; `undefined` for an unknown extension
 */
export function mimetypeOf(filename: string | undefined): string | undefined {
  const ending = /\.(\w+)$/.exec(filename ?? '')?.[1]?.toLowerCase()
  return ending !== undefined && Object.hasOwn(MIMETYPES, ending) ? MIMETYPES[ending] : undefined
}

/**
 * Checks a file and reads its bytes, before anything is sent. A link is checked only: the gateway fetches it.
 *
 * @param media what the caller gave
 * @param mimetype media type to assume when neither the caller nor a file name tells it
 * @param field input field to name in the error
 * @throws {GatewayError} `invalid_request`: the file is missing, empty, unreadable or larger than 64 MiB, or a field of it is malformed
 */
export async function openMedia(media: Media, mimetype: string = 'application/octet-stream', field: string = 'file'): Promise<OpenMedia> {
  const given = (['url', 'data', 'base64'] as const).filter((name) => media?.[name] !== undefined)
  if (given.length !== 1) throw invalidInput(field, 'expected exactly one of url, data and base64')
  if (media.url !== undefined) {
    const url = httpUrlInput(media.url, `${field}.url`)
    return { kind: 'url', url, ...factsOf(media, mimetype, new URL(url).pathname.split('/').at(-1)) }
  }
  if (media.base64 !== undefined) {
    const { bytes, mimetype: told } = fromBase64(media.base64, `${field}.base64`)
    return { kind: 'bytes', bytes, ...factsOf(media, told ?? mimetype) }
  }
  const blobType = media.data instanceof Blob && media.data.type !== '' ? media.data.type : undefined
  return { kind: 'bytes', bytes: await bytesOf(media.data, field), ...factsOf(media, blobType ?? mimetype) }
}

function factsOf({ mimetype, filename }: MediaFacts, fallback: string, nameInUrl?: string): { mimetype: string; filename?: string } {
  if (mimetype !== undefined && !/^[\w.+-]+\/[\w.+-]+(\s*;.*)?$/.test(mimetype))
    throw invalidInput('file.mimetype', 'expected one like image/png')
  // the file name is only shown, and may have no extension
  const type = mimetype ?? mimetypeOf(filename) ?? mimetypeOf(nameInUrl) ?? fallback
  return { mimetype: type, ...(filename === undefined ? {} : { filename }) }
}

async function bytesOf(data: unknown, field: string): Promise<Uint8Array<ArrayBuffer>> {
  if (data instanceof Uint8Array) return checked(data as Uint8Array<ArrayBuffer>, field)
  if (data instanceof Blob) return checked(new Uint8Array(await data.arrayBuffer()), field)
  if (!(data instanceof ReadableStream)) throw invalidInput(`${field}.data`, 'expected Uint8Array, Blob or ReadableStream')
  try {
    return checked(await readLimited(data as ReadableStream<Uint8Array>, MAX_MEDIA_BYTES, 0), field)
  } catch (cause) {
    if (GatewayError.is(cause)) throw cause
    throw invalidInput(`${field}.data`, 'the stream could not be read, or is larger than 64 MiB', { cause })
  }
}

function checked(bytes: Uint8Array<ArrayBuffer>, field: string): Uint8Array<ArrayBuffer> {
  if (bytes.length === 0) throw invalidInput(`${field}.data`, 'is empty')
  if (bytes.length > MAX_MEDIA_BYTES) throw invalidInput(`${field}.data`, 'is larger than 64 MiB')
  return bytes
}

/** @throws {GatewayError} `invalid_request`: it is not base64 text, or too large */
function fromBase64(text: unknown, field: string): { bytes: Uint8Array<ArrayBuffer>; mimetype?: string } {
  if (typeof text !== 'string') throw invalidInput(field, 'expected base64 text')
  const [, mimetype, inUrl] = /^data:([^;,]*(?:;[^;,]+)*);base64,(.*)$/s.exec(text) ?? []
  const plain = (inUrl ?? text).replace(/\s/g, '')
  if (plain === '' || !/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) throw invalidInput(field, 'expected base64 text')
  if (plain.length > MAX_MEDIA_BYTES * 1.4) throw invalidInput(field, 'is larger than 64 MiB')
  try {
    const bytes = Uint8Array.from(atob(plain), (character) => character.charCodeAt(0))
    return { bytes, ...(mimetype ? { mimetype } : {}) }
  } catch {
    throw invalidInput(field, 'expected base64 text')
  }
}

/**
 * Writes bytes as base64 text.
 *
 * @param bytes any number of them
 * @returns base64 text with padding
 */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  // in pieces, because a function call takes a limited number of arguments
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
