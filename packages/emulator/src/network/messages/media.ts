import type { Ids } from '../../ids.ts'
import { createMemory, type Memory } from '../../memory/memory.ts'
import { MAX_MEDIA_BYTES } from '../limits.ts'
import type { MediaInput, StoredMedia } from '../types.ts'

/** All files of the network, the newest {@link MAX_MEDIA_BYTES}. */
export interface MediaStore {
  add(input: MediaInput): StoredMedia
  get(id: string): StoredMedia | undefined
  /** The bytes; `undefined` when they were dropped for newer files. */
  bytes(id: string): Uint8Array<ArrayBuffer> | undefined
}

export function createMediaStore(ids: Ids, memory: Memory = createMemory()): MediaStore {
  const stored = memory.part(
    'network/media',
    () => new Map<string, { readonly media: StoredMedia; readonly bytes: Uint8Array<ArrayBuffer> }>(),
  )
  let total = 0
  for (const { bytes } of stored.values()) total += bytes.length

  return {
    add({ bytes, mimetype, filename }) {
      const media = { id: ids.next('media', 32), mimetype, size: bytes.length, ...(filename === undefined ? {} : { filename }) }
      stored.set(media.id, { media, bytes: bytes.slice() })
      total += bytes.length
      for (const [id, old] of stored) {
        if (total <= MAX_MEDIA_BYTES || id === media.id) break
        stored.delete(id)
        total -= old.bytes.length
      }
      return media
    },
    get: (id) => stored.get(id)?.media,
    bytes: (id) => stored.get(id)?.bytes,
  }
}
