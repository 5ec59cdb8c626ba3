/** How many messages are kept, of all chats together. */
export const MAX_MESSAGES = 10_000
/** How many calls are kept. */
export const MAX_CALLS = 1_000
/** How many phones are kept that only ever were written to. */
export const MAX_STRANGERS = 20_000
/** How many chats an account keeps. */
export const MAX_CHATS = 5_000
/** How many groups there are; the oldest go. */
export const MAX_GROUPS = 5_000
/** Bytes of all files together; the oldest go. */
export const MAX_MEDIA_BYTES: number = 64 * 1024 * 1024
/** How old a message may be to be edited, ms. */
export const MAX_EDIT_AGE_MS: number = 15 * 60_000
/** How old a message may be to be deleted for everyone, ms. */
export const MAX_REVOKE_AGE_MS: number = 60 * 60 * 60_000

/** Drops the oldest entries of a map until it fits. @param spare those that must stay */
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
