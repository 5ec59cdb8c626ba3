import type { Media } from '@wamux/core'

export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'

interface FileFacts {
  readonly mimetype: string
  readonly filename: string
}

/** What the suite's files are called. */
export const FILES: Readonly<Record<FileKind, FileFacts>> = {
  image: { mimetype: 'image/png', filename: 'picture.png' },
  video: { mimetype: 'video/mp4', filename: 'film.mp4' },
  audio: { mimetype: 'audio/mpeg', filename: 'sound.mp3' },
  voice: { mimetype: 'audio/ogg; codecs=opus', filename: 'voice.ogg' },
  document: { mimetype: 'application/pdf', filename: 'paper.pdf' },
  sticker: { mimetype: 'image/webp', filename: 'sticker.webp' },
}

/** Their content: short, different from each other, and with bytes that a text encoding would change. */
export function bytesOf(kind: FileKind): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([0, 255, 10, 13, 128, ...new TextEncoder().encode(kind)])
}

export function base64Of(kind: FileKind): string {
  return btoa(String.fromCharCode(...bytesOf(kind)))
}

/** The file as bytes. */
export function asBytes(kind: FileKind): Media {
  return { ...FILES[kind], data: bytesOf(kind) }
}
