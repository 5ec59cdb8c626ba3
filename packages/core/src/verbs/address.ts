import { invalidInput } from '../errors/gateway-error.ts'
import type { Address } from '../vocabulary/refs.ts'

const FORMS = 'expected an E.164 number (+4915112345678) or a JID (…@c.us, …@g.us, …@newsletter, …@lid)'
const SERVERS: Readonly<Record<string, Address['kind']>> = {
  'c.us': 'phone',
  's.whatsapp.net': 'phone',
  'g.us': 'group',
  newsletter: 'channel',
  lid: 'lid',
  broadcast: 'broadcast',
  // gateways list these beside people: assistants, and accounts that a company runs for a business
  bot: 'bot',
  hosted: 'hosted',
  'hosted.lid': 'hosted-lid',
  interop: 'interop',
  msgr: 'msgr',
}
/** How each kind is written. */
const SERVER_OF: Readonly<Record<Address['kind'], string>> = {
  phone: 'c.us',
  service: 'c.us',
  group: 'g.us',
  channel: 'newsletter',
  lid: 'lid',
  broadcast: 'broadcast',
  bot: 'bot',
  hosted: 'hosted',
  'hosted-lid': 'hosted.lid',
  interop: 'interop',
  msgr: 'msgr',
}
/** WhatsApp's own notices, which stand among the chats of persons and have no number. */
const SERVICES: readonly string[] = ['0', 'server', 'status']

/**
 * The address of a person by phone number.
 *
 * @param value E.164 number: `+4915112345678`
 * @throws {GatewayError} `invalid_request`: it is not an E.164 number
 */
export function phone(value: string): Address {
  return { kind: 'phone', user: phoneDigits(String(value), 'phone') }
}

/**
 * The address of a group.
 *
 * @param value id of the group, with or without `@g.us`
 * @throws {GatewayError} `invalid_request`: it is not the id of a group
 */
export function group(value: string): Address {
  return ofKind('group', 'g.us', value)
}

/**
 * The address of a channel.
 *
 * @param value id of the channel, with or without `@newsletter`
 * @throws {GatewayError} `invalid_request`: it is not the id of a channel
 */
export function channel(value: string): Address {
  return ofKind('channel', 'newsletter', value)
}

/**
 * The address of a person by LID, WhatsApp's id that hides the phone number.
 *
 * @param value LID, with or without `@lid`
 * @throws {GatewayError} `invalid_request`: it is not a LID
 */
export function lid(value: string): Address {
  return ofKind('lid', 'lid', value)
}

function ofKind(kind: Address['kind'], server: string, value: string): Address {
  const address = parseAddress(String(value).includes('@') ? value : `${value}@${server}`, kind)
  if (address.kind !== kind) throw invalidInput(kind, `expected …@${server}, not …@${SERVER_OF[address.kind]}`)
  return address
}

/**
 * Brings a JID into the form that all results have: persons as `…@c.us`, without the number of a linked device. Never throws.
 *
 * @param value JID as a gateway writes it
 * @returns `undefined` when it is not a JID
 */
export function normalJid(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  const [, user, server] = /^([^@:]+)(?::\d+)?@(.+)$/.exec(value) ?? []
  if (user === undefined || server === undefined) return value
  // an agent stands before the device: 4915112345678_1:12, 4915112345678.0:12
  const person = OF_ONE_PERSON.test(server) ? user.replace(/[._]\d+$/, '') : user
  return server === 's.whatsapp.net' ? `${person}@c.us` : `${person}@${server}`
}

const OF_ONE_PERSON = /^(c\.us|s\.whatsapp\.net|lid|hosted|hosted\.lid)$/

/** Whether a JID names one person, by number or LID. */
export function isPersonJid(jid: string): boolean {
  return phoneOfJid(jid) !== undefined || lidOfJid(jid) !== undefined
}

/**
 * The LID in a JID, of any device of the person.
 *
 * @param value JID as a gateway writes it
 * @returns `…@lid`; `undefined` when it is not a LID
 */
export function lidOfJid(value: unknown): string | undefined {
  const [, user] = (typeof value === 'string' && /^(\d+)(?:[._]\d+)?(?::\d+)?@(?:hosted\.)?lid$/.exec(value)) || []
  return user === undefined ? undefined : `${user}@lid`
}

/**
 * The phone number in a person's JID.
 *
 * @param value JID as a gateway writes it
 * @returns E.164 number with plus; `undefined` for a group, channel or LID
 */
export function phoneOfJid(value: unknown): string | undefined {
  const digits =
    typeof value === 'string' ? /^\+?(\d{5,15})(?:(?:[._]\d+)?(?::\d+)?@(?:c\.us|s\.whatsapp\.net|hosted))?$/.exec(value)?.[1] : undefined
  return digits === undefined ? undefined : `+${digits}`
}

/**
 * Reads a recipient.
 *
 * @param value E.164 number with plus (spaces, dots, dashes and brackets are dropped), its digits alone, a JID, or what {@link phone},
 *   {@link group}, {@link channel} and {@link lid} return
 * @param field input field to name in the error
 * @throws {GatewayError} `invalid_request`: it is none of these
 */
export function parseAddress(value: string | Address, field = 'to'): Address {
  if (typeof value === 'object' && value !== null && typeof value.user === 'string') {
    // without this check an unknown kind would give a JID that ends in "@undefined"
    if (!Object.hasOwn(SERVER_OF, value.kind)) throw invalidInput(field, FORMS)
    return parseAddress(`${value.user}@${SERVER_OF[value.kind]}`, field)
  }
  if (typeof value !== 'string' || value.trim() === '') throw invalidInput(field, FORMS)
  const [user = '', server, ...rest] = value.trim().split('@')
  if (rest.length > 0) throw invalidInput(field, FORMS)
  if (server === undefined) return { kind: 'phone', user: phoneDigits(user, field) }
  const word = server.toLowerCase()
  const kind = Object.hasOwn(SERVERS, word) ? SERVERS[word] : undefined
  if (!kind || !/^[\w.:-]+$/.test(user)) throw invalidInput(field, FORMS)
  if (kind === 'phone' && SERVICES.includes(user)) return { kind: 'service', user }
  // a device or agent suffix ("4915112345678:7") names one linked device, never a recipient
  const person = OF_ONE_PERSON.test(word) ? (user.split(/[:._]/, 1)[0] ?? '') : user
  return { kind, user: kind === 'phone' ? phoneDigits(person, field) : person }
}

// E.164 allows at most 15 digits; none that WhatsApp serves has fewer than 7
function phoneDigits(value: string, field: string): string {
  // a zero in brackets stays and is refused: with it or without, one reading is the number of somebody else
  const digits = value.replace(/(\(\s*0\s*\))|[\s().-]/g, '$1').replace(/^\+/, '')
  if (!/^[1-9]\d{6,14}$/.test(digits)) throw invalidInput(field, FORMS)
  return digits
}

/**
 * The JID of an address.
 *
 * @param address a recipient
 * @param phoneServer how the gateway writes persons: `c.us` or `s.whatsapp.net`. Default `c.us`
 * @returns for example `4915112345678@c.us`
 * @throws {GatewayError} `invalid_request`: the address has an unknown `kind`
 */
export function toJid(address: Address, phoneServer: 'c.us' | 's.whatsapp.net' = 'c.us'): string {
  if (!Object.hasOwn(SERVER_OF, address.kind)) throw invalidInput('kind', `expected one of ${Object.keys(SERVER_OF).join(', ')}`)
  const server = SERVER_OF[address.kind]
  return `${address.user}@${server === 'c.us' ? phoneServer : server}`
}
