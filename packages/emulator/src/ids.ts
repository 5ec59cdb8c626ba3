import { createMemory, type Memory } from './memory/memory.ts'

/** Makes ids that look random and are the same in every run with the same seed. */
export interface Ids {
  /** The text of a key: always the same for one seed. */
  of(key: string, length: number, alphabet?: string): string
  /**
   * The next text of a kind. Kinds do not disturb each other.
   *
   * @param prefix how it begins, beside `length`
   */
  next(kind: string, length: number, alphabet?: string, prefix?: string): string
}

export const HEX = '0123456789abcdef'
export const UPPER_HEX = '0123456789ABCDEF'
export const DIGITS = '0123456789'
export const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
/** Without letters and digits that people mix up. */
export const READABLE = '23456789ABCDEFGHJKLMNPQRSTVWXYZ'

/** @param seed any number; another seed gives other ids */
export function createIds(seed: number, memory: Memory = createMemory()): Ids {
  const counts = memory.part('ids', () => new Map<string, number>())

  function of(key: string, length: number, alphabet: string = HEX, prefix = ''): string {
    const random = mulberry32(hash(`${seed}/${key}`))
    // joined at once: a text that grows by single characters keeps all its beginnings in memory
    const characters = new Array<string | undefined>(length)
    for (let index = 0; index < length; index++) characters[index] = alphabet[Math.floor(random() * alphabet.length)]
    return prefix === '' ? characters.join('') : [prefix, ...characters].join('')
  }

  return {
    of,
    next(kind, length, alphabet, prefix) {
      const count = (counts.get(kind) ?? 0) + 1
      counts.set(kind, count)
      return of(`${kind}/${count}`, length, alphabet, prefix)
    },
  }
}

// FNV-1a
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value >>> 0
}

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
