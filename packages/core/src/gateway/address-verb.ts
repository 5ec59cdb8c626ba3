import { GatewayError, invalidInput } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import { isPersonJid, parseAddress, toJid } from '../verbs/address.ts'
import type { Identities } from '../verbs/identities.ts'
import { numberForms } from '../verbs/number-forms.ts'
import type { ContactCheck } from '../vocabulary/contact.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { AddressInput } from '../vocabulary/refs.ts'

/** The inputs that name a chat, of sends and of verbs about one message. */
export interface Addressed {
  readonly session?: unknown
  readonly to?: unknown
  readonly chat?: unknown
  readonly message?: unknown
}

export interface AddressContext {
  readonly gateway: { readonly id: string; readonly name: string }
  readonly contact: Capabilities['contact']
  readonly identities: Identities
  /** Answers of `contact.check`, by session and number. */
  readonly checked: Map<string, string>
  readonly resolveNumbers: 'never' | 'check' | 'always'
}

/** Numbers whose answer is kept. */
const CHECKED = 5_000

/**
 * Replaces the chat in an input by the one that WhatsApp uses: for a send whose number is checked first, and for a message that went to
 * another form of the number than the caller gave.
 *
 * @throws {GatewayError} `not_found`: the number is not on WhatsApp; nothing was sent
 * @throws {GatewayError} `unsupported`: the gateway cannot check numbers; nothing was sent
 */
export async function addressed<Input extends Addressed>(input: Input, context: AddressContext, options?: CallOptions): Promise<Input> {
  const session = String(input.session)
  const { to, chat, message } = input
  const aimed = to === undefined ? input : { ...input, to: await recipient(session, to as AddressInput, context, options) }
  const jid = message === undefined ? undefined : jidFor(chat)
  if (jid === undefined || !isPersonJid(jid)) return aimed
  const named = typeof message === 'string' ? /^(?:true|false)_([^_@]+@[^_]+)_/.exec(message)?.[1] : undefined
  // the id of a message contains its chat, in the form that the gateway uses
  const answered = named !== undefined && isPersonJid(named) ? named : context.identities.formOf(session, jid)
  return answered === undefined ? aimed : { ...aimed, chat: answered }
}

async function recipient(session: string, to: AddressInput, context: AddressContext, options?: CallOptions): Promise<AddressInput> {
  const { resolveNumbers, contact, gateway, checked } = context
  if (resolveNumbers === 'never') return to
  if (resolveNumbers !== 'check' && resolveNumbers !== 'always') throw invalidInput('resolveNumbers', 'expected never, check or always')
  const address = parseAddress(to)
  if (address.kind !== 'phone') return to
  const check = contact?.check
  if (!check) {
    const text = `${gateway.name} cannot check whether a number is on WhatsApp. Nothing was sent.`
    throw new GatewayError(text, { kind: 'unsupported', gateway: gateway.id, field: 'resolveNumbers' })
  }
  const key = `${session} ${address.user}`
  const known = resolveNumbers === 'check' ? checked.get(key) : undefined
  if (known !== undefined) return known
  for (const form of numberForms(address.user)) {
    const found: ContactCheck = await check({ session, phone: `+${form}` }, options).catch(unchecked(gateway))
    if (!found.exists) continue
    const jid = (found.id ?? `${form}@c.us`).replace('+', '')
    // sent there, the message would reach others than the person who was asked for
    if (!isPersonJid(jid)) unchecked(gateway)(jid)
    checked.delete(key)
    checked.set(key, jid)
    const [oldest] = checked.keys()
    if (checked.size > CHECKED && oldest !== undefined) checked.delete(oldest)
    context.identities.learnForm(session, toJid(address), jid)
    context.identities.learn(session, found)
    return jid
  }
  const text = `${gateway.name}: to: +${address.user} is not on WhatsApp. Nothing was sent.`
  throw new GatewayError(text, { kind: 'not_found', gateway: gateway.id, field: 'to', reached: 'yes' })
}

// the number could not be checked: whatever went wrong, the message itself was not sent
function unchecked({ id, name }: AddressContext['gateway']): (cause: unknown) => never {
  return (cause) => {
    if (GatewayError.is(cause)) throw cause
    const text = `${name} contact.check: the answer is not what was expected. Nothing was sent.`
    throw new GatewayError(text, { kind: 'bad_response', gateway: id, operation: 'contact.check', reached: 'yes' })
  }
}

/** Remembers from a result in which form WhatsApp writes a number, and which number and LID are one person. */
export function learnResult(input: Addressed, result: unknown, { identities }: Pick<AddressContext, 'identities'>): void {
  const session = String(input.session)
  const { to, items, participants, requests } = (result ?? {}) as { readonly [name: string]: unknown }
  // most results name exactly the chat that the caller gave: nothing to remember
  const asked = to === input.to ? undefined : jidFor(input.to)
  if (typeof to === 'string' && asked !== undefined && isPersonJid(to) && isPersonJid(asked)) identities.learnForm(session, asked, to)
  learnRow(session, result, identities)
  for (const list of [items, participants, requests]) {
    if (!Array.isArray(list)) continue
    for (const one of list) {
      const members = learnRow(session, one, identities)
      if (list === items && Array.isArray(members)) for (const member of members) identities.learn(session, member)
    }
  }
}

/** Remembers the person that a row of a list is about, and returns the participants that the row names. */
function learnRow(session: string, one: unknown, identities: Identities): unknown {
  const row = (typeof one === 'object' && one !== null ? one : {}) as { readonly person?: object; readonly participants?: unknown }
  identities.learn(session, row.person ?? row)
  return row.participants
}

function jidFor(value: unknown): string | undefined {
  try {
    return value === undefined ? undefined : toJid(parseAddress(value as AddressInput))
  } catch {
    // the verb itself refuses a malformed recipient, and names its field
    return undefined
  }
}
