import { parseAddress } from '@wamux/core'
import type { Network } from './network.ts'

/** Who a message goes to: a phone, something that does not exist here, or no address at all. */
export type Recipient = { readonly phone: string } | { readonly missing: string } | 'invalid'

/** Reads a number or JID; hidden numbers lead to the phone behind them. */
export function recipientOf(network: Network, value: unknown): Recipient {
  if (typeof value !== 'string') return 'invalid'
  try {
    const { kind, user } = parseAddress(value)
    if (kind === 'phone') return { phone: user }
    const hidden = kind === 'lid' ? network.accounts().find(({ lid }) => lid === user) : undefined
    return hidden ? { phone: hidden.phone } : { missing: value }
  } catch {
    return 'invalid'
  }
}

/** Digits of a phone number, or nothing. */
export function phoneOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || text.includes('@')) return undefined
  try {
    return parseAddress(text).user
  } catch {
    return undefined
  }
}
