import { parseAddress } from '@wamux/core'

/** Digits of a phone number; `undefined` when the value is none. */
export function parsePhone(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.includes('@')) return undefined
  try {
    return parseAddress(text).user
  } catch {
    return undefined
  }
}
