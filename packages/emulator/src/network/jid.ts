import { normalJid, parseAddress } from '@wamux/core'
import type { ChatKind } from './types.ts'

/** Where status posts go. */
export const STATUS: string = 'status@broadcast'

/** How the network names a person: `12025550100@c.us`. */
export function personJid(phone: string): string {
  return `${phone}@c.us`
}

/** The digits in a person's JID; `undefined` for a group, channel or status. */
export function phoneInJid(jid: string): string | undefined {
  return /^(\d+)@c\.us$/.exec(jid)?.[1]
}

export function kindOf(jid: string): ChatKind {
  if (jid.endsWith('@g.us')) return 'group'
  if (jid.endsWith('@newsletter')) return 'channel'
  return jid === STATUS ? 'status' : 'person'
}

/** A person's JID as the network writes it. */
const PERSON = /^[1-9]\d{6,14}@c\.us$/

/** A number with or without plus, or a JID in any of its forms, as the network writes it; `…@lid` stays. `undefined` for anything else. */
export function parseJid(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  // most are written so already
  if (PERSON.test(value)) return value
  try {
    const { kind, user } = parseAddress(value)
    if (kind === 'phone') return personJid(user)
    return normalJid(value.trim())
  } catch {
    return undefined
  }
}
