import { mimetypeOf } from '@wamux/core/verbs'
import type { MediaStore } from '../network/messages/media.ts'
import type { MediaInput, StoredMedia } from '../network/types.ts'
import type { Deliver } from '../webhooks/webhooks.ts'
import { drawPng } from './png.ts'

/** Files that gateways fetch, and addresses of files that they show. */
export interface Files {
  /** Where the emulator serves a file of the network, without credentials. */
  urlOf(media: StoredMedia): string
  /**
   * The file at an address that a program gave to a gateway to send. Files that the emulator serves are the real ones; `data:` is read; all else is
   * fetched with `fetchFile` when the emulator was given one; else a placeholder is returned: the emulator never uses the network by itself.
   *
   * @param mimetype used when nothing else names one
   * @returns `undefined` when the address has no file
   */
  fetch(url: string, mimetype?: string): Promise<MediaInput | undefined>
}

export const FILES_PATH = '/_emulator/files/'

export function createFiles(media: MediaStore, origin: () => string, fetchFile: Deliver | undefined): Files {
  function own(url: string): MediaInput | undefined {
    const id = new URL(url).pathname.split(FILES_PATH)[1] ?? ''
    const [found, bytes] = [media.get(id), media.bytes(id)]
    return found && bytes && { bytes, mimetype: found.mimetype, filename: found.filename }
  }

  return {
    urlOf: ({ id }) => `${origin()}${FILES_PATH}${id}`,

    async fetch(url, mimetype = 'application/octet-stream') {
      if (!URL.canParse(url)) return undefined
      if (url.startsWith('data:')) {
        const read = decodeBase64(url)
        return read && { bytes: read.bytes, mimetype: read.mimetype ?? mimetype }
      }
      if (new URL(url).pathname.startsWith(FILES_PATH)) return own(url)
      const filename = new URL(url).pathname.split('/').at(-1) || undefined
      const type = mimetypeOf(filename) ?? mimetype
      if (!fetchFile) return { bytes: placeholderBytes(url, type), mimetype: type, filename }
      const response = await fetchFile(url, { method: 'GET' }).catch(() => undefined)
      if (!response?.ok) return undefined
      const told = response.headers.get('content-type')
      return { bytes: new Uint8Array(await response.arrayBuffer()), mimetype: told ?? type, filename }
    },
  }
}

/** Bytes of base64 text or of a `data:` URL; `undefined` when it is neither. */
export function decodeBase64(text: string): { readonly bytes: Uint8Array<ArrayBuffer>; readonly mimetype?: string } | undefined {
  const [, mimetype, inUrl] = /^data:([^,]*);base64,(.*)$/s.exec(text) ?? []
  try {
    const bytes = Uint8Array.from(atob(inUrl ?? text), (character) => character.charCodeAt(0))
    return { bytes, ...(mimetype ? { mimetype } : {}) }
  } catch {
    return undefined
  }
}

function placeholderBytes(url: string, mimetype: string): Uint8Array<ArrayBuffer> {
  if (mimetype === 'image/png') return drawPng([[true]], 8)
  return new TextEncoder().encode(`a file that the wamux emulator made up for ${url}`)
}
