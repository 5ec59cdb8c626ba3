/** Largest number of messages kept, of all chats together. */
export const MAX_MESSAGES = 100_000
/** Largest number of calls kept. */
export const MAX_CALLS = 1_000
/** Largest number of phones kept that never did anything but receive. */
export const MAX_STRANGERS = 20_000
/** Largest number of chats of an account. */
export const MAX_CHATS = 5_000
/** Largest number of groups, and of channels; the oldest are dropped. */
export const MAX_GROUPS = 5_000
/** Largest sum of bytes of all files; the oldest are dropped. */
export const MAX_MEDIA_BYTES: number = 64 * 1024 * 1024
/** How old a message may be to be edited, ms. */
export const MAX_EDIT_AGE_MS: number = 15 * 60_000
/** How old a message may be to be deleted for everyone, ms. */
export const MAX_REVOKE_AGE_MS: number = 60 * 60 * 60_000

/**
 * Drops the oldest entries of a map until it fits.
 *
 * @param spare returns true for entries that must stay
 */
export function dropOldest<Key, Value>(
  map: Map<Key, Value>,
  most: number,
  drop: (value: Value) => void,
  spare: (value: Value) => boolean = () => false,
): void {
  if (map.size <= most) return
  for (const [key, value] of map) {
    if (spare(value)) continue
    map.delete(key)
    drop(value)
    if (map.size <= most) return
  }
}

/**
 * Drops the oldest entries of a map that something is added to again and again. A map keeps a gap for each entry that was deleted, and
 * a loop that starts at the first entry each time visits them all again: so this one continues where it stopped.
 *
 * @returns drops until the map fits
 */
export function oldestDropper<Key, Value>(map: Map<Key, Value>, most: number, drop: (value: Value) => void): () => void {
  let oldest = map.entries()
  return () => {
    while (map.size > most) {
      const { value, done } = oldest.next()
      if (done) {
        oldest = map.entries()
        continue
      }
      map.delete(value[0])
      drop(value[1])
    }
  }
}
