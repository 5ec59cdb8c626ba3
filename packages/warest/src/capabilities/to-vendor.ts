import {
  type Address,
  type AddressInput,
  GatewayError,
  invalidInput,
  type Media,
  normalJid,
  parseAddress,
  type SendFileInput,
  type SendInput,
  type SentMessage,
  toJid,
} from '@wamux/core'
import { formOf, openMedia, textInput, toBase64, unsupportedInput } from '@wamux/core/verbs'
import { omitUndefined, textOf } from '@wamux/engine'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { resultOf } from './from-vendor.ts'

type Schemas = components['schemas']

/** JIDs that the server accepts unchanged. */
const TAKEN: readonly Address['kind'][] = ['phone', 'group', 'channel', 'broadcast']

/**
 * The chat as WARest takes it: persons as `…@s.whatsapp.net`, since bare digits that begin with 0 are read as a number of its own
 * country.
 *
 * @param field input field to name when it is none
 * @throws {GatewayError} `invalid_request`; `unsupported` for `…@lid`, whose digits the server takes for a phone number (its source)
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#addresses
 */
export function chatIdOf(value: AddressInput, field: string): string {
  const address = parseAddress(value, field)
  if (!TAKEN.includes(address.kind)) {
    const jid = toJid(address).replace(/^[^@]*/, '…')
    throw unsupportedInput(manifest, field, `it would read the digits of ${jid} as the phone number of somebody else. Give the number.`)
  }
  return toJid(address, 's.whatsapp.net')
}

/**
 * A person.
 *
 * @throws {GatewayError} as {@link chatIdOf}
 */
export function personIdOf(value: AddressInput, field: string): string {
  const id = chatIdOf(value, field)
  if (!id.endsWith('@s.whatsapp.net')) throw invalidInput(field, 'expected a person: an E.164 number or …@c.us')
  return id
}

/**
 * A group.
 *
 * @throws {GatewayError} as {@link chatIdOf}
 */
export function groupIdOf(value: AddressInput): string {
  const id = chatIdOf(value, 'group')
  if (!id.endsWith('@g.us')) throw invalidInput('group', 'expected a group: …@g.us')
  return id
}

/** What every send has in its body. */
export interface SendBase {
  readonly sessionId: string
  readonly to: string
  readonly replyMessageId?: string
}

/** @throws {GatewayError} `invalid_request`: for a session or address that cannot be, `unsupported` for one that WARest misreads */
export function sendBase({ session, to, replyTo }: SendInput): SendBase {
  const base = { sessionId: textInput(session, 'session'), to: chatIdOf(to, 'to') }
  return replyTo === undefined ? base : { ...base, replyMessageId: textInput(replyTo, 'replyTo') }
}

/**
 * For all sends but texts: WARest looks for mentions in texts only.
 *
 * @throws {GatewayError} `unsupported`: for mentions, as {@link sendBase}
 */
export function plainBase(input: SendInput): SendBase {
  if (input.mentions !== undefined && input.mentions.length > 0) {
    throw unsupportedInput(manifest, 'mentions', 'it can mention persons only in the text of sendText.')
  }
  return sendBase(input)
}

/**
 * Checks that a text contains the persons to mention: WARest has no field for them, and mentions every `@digits` in a text.
 *
 * @throws {GatewayError} `invalid_request`
 */
export function checkMentions(text: string, mentions: readonly AddressInput[] = []): void {
  for (const [index, person] of mentions.entries()) {
    const field = `mentions[${index}]`
    const name = `@${personIdOf(person, field).replace(/@.*/, '')}`
    if (!new RegExp(`${name}(?!\\d)`).test(text)) throw invalidInput(field, `expected ${name} in the text, where WARest looks for mentions`)
  }
}

/** How a send takes its file. */
export interface FileField {
  /** Name of the field. */
  readonly field: 'media' | 'audio' | 'sticker' | 'document'
  /** Media type when neither the caller nor the file name tells it. */
  readonly mimetype: string
  /** Required media type, `image`: the server chooses the kind of message by the type of the file. */
  readonly kind?: 'image' | 'video' | 'audio'
}

/**
 * The body of a send with a file: JSON with its address, which the server fetches, or a form with its bytes.
 *
 * @param more further fields, left out when undefined
 * @throws {GatewayError} `invalid_request`: for a file that cannot be, as {@link plainBase}
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#limits-of-the-server
 */
export async function fileBody(
  input: SendFileInput,
  { field, mimetype, kind }: FileField,
  more: Readonly<Record<string, string | boolean | undefined>>,
): Promise<object> {
  const fields = { ...plainBase(input), ...more }
  const file = await openMedia(input.file, mimetype)
  if (kind && !file.mimetype.startsWith(`${kind}/`)) throw invalidInput('file.mimetype', `expected ${kind}/…, not ${file.mimetype}`)
  if (file.kind === 'url') return { ...fields, [field]: file.url }
  // the server reads a part without a name as text, and its parser ends a name at these characters
  const name = (file.filename || 'file').replace(/[;="\\]/g, '_')
  return formOf({ ...fields, [field]: new File([file.bytes], name, { type: file.mimetype }) })
}

// in base64 a third longer; the server takes JSON up to 2 MiB
const LARGEST_PICTURE = 1_500_000

/**
 * A picture of a profile or group: its address, which the server fetches, or a data URL. The server would open any other text as a
 * file on its own disk.
 *
 * @throws {GatewayError} `invalid_request`
 */
export async function pictureOf(media: Media): Promise<string> {
  const file = await openMedia(media, 'image/jpeg')
  if (file.kind === 'url') return file.url
  if (!/^image\/[\w.+-]+$/.test(file.mimetype)) throw invalidInput('file.mimetype', `expected image/…, not ${file.mimetype}`)
  if (file.bytes.length > LARGEST_PICTURE) throw invalidInput('file', `expected at most ${LARGEST_PICTURE} bytes, or an address`)
  return `data:${file.mimetype};base64,${toBase64(file.bytes)}`
}

/** What the server writes about a message that it did not send. */
const NOT_SENT = /fail|error|refused|blocked|reject|denied|cancel|expired|unsuccessful|\bnot (been )?(sent|accepted)\b/i
/** What it writes about one that it did send: "sent, but the log failed". */
const SENT = /(?<!\bnot (been )?)\b(sent|success|accepted|delivered)\b/i

/**
 * The result of a send.
 *
 * @throws {GatewayError} `server`: the response says that the message was not sent
 * @throws {GatewayError} `unknown_outcome`: the response says both
 */
export function sentMessage<Raw>({ session, to }: SendInput, raw: Raw): SentMessage & { readonly raw: Raw } {
  const { messageId, toJid: jid, status: word } = resultOf(raw as { results: Schemas['Sent'][] } | undefined)
  const id = textOf(messageId)
  const told = textOf(word)
  if (told !== undefined && NOT_SENT.test(told)) {
    const both = SENT.test(told)
    const message = both ? `${manifest.name} may have sent the message: ${told}` : `${manifest.name} did not send the message: ${told}`
    throw new GatewayError(message, {
      kind: both ? 'unknown_outcome' : 'server',
      gateway: manifest.id,
      reached: 'yes',
      vendorMessage: told,
    })
  }
  // responses to files have no id, but a text such as "media success"
  const status = /queue|pending/i.test(told ?? '') ? 'queued' : id !== undefined || /success|sent/i.test(told ?? '') ? 'sent' : 'unknown'
  return { session, ...omitUndefined({ id, key: id }), to: normalJid(jid) ?? toJid(parseAddress(to)), status, raw }
}
