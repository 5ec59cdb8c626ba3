import { invalidInput } from './errors.ts'

/** Who a message goes to. `user` is the number (E.164 without plus), the group or channel id, or the hidden id of a LID. */
export interface Address {
  readonly kind: 'phone' | 'group' | 'channel' | 'lid' | 'broadcast'
  readonly user: string
}

const FORMS = 'expected an E.164 number (+4915112345678) or a JID (…@c.us, …@g.us, …@newsletter, …@lid)'
const SERVERS: Readonly<Record<string, Address['kind']>> = {
  'c.us': 'phone',
  's.whatsapp.net': 'phone',
  'g.us': 'group',
  newsletter: 'channel',
  lid: 'lid',
  broadcast: 'broadcast',
}

/**
 * Reads a number or JID.
 *
 * @param value E.164 number with plus (spaces, dots, dashes and brackets are dropped), its bare digits, or a JID
 * @param field input field to name when it is neither
 * @throws GatewayError `invalid_request`
 */
export function parseAddress(value: string, field = 'to'): Address {
  if (typeof value !== 'string' || value.trim() === '') throw invalidInput(field, FORMS)
  const [user = '', server, ...rest] = value.trim().split('@')
  if (rest.length > 0) throw invalidInput(field, FORMS)
  if (server === undefined) return { kind: 'phone', user: phoneDigits(user, field) }
  const kind = SERVERS[server.toLowerCase()]
  if (!kind || !/^[\w.:-]+$/.test(user)) throw invalidInput(field, FORMS)
  // a device or agent suffix ("4915112345678:7") names one linked device, never a recipient
  return { kind, user: kind === 'phone' ? phoneDigits(user.split(/[:.]/, 1)[0] ?? '', field) : user }
}

// E.164 allows at most 15 digits; none that WhatsApp serves has fewer than 7
function phoneDigits(value: string, field: string): string {
  const digits = value.replace(/[\s().-]/g, '').replace(/^\+/, '')
  if (!/^[1-9]\d{6,14}$/.test(digits)) throw invalidInput(field, FORMS)
  return digits
}

/** The JID of an address. @param phoneServer how the gateway writes persons: `c.us` or `s.whatsapp.net` */
export function toJid(address: Address, phoneServer: 'c.us' | 's.whatsapp.net' = 'c.us'): string {
  const servers = { phone: phoneServer, group: 'g.us', channel: 'newsletter', lid: 'lid', broadcast: 'broadcast' } as const
  return `${address.user}@${servers[address.kind]}`
}
