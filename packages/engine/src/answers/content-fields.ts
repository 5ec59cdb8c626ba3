import type { Message, MessageContact, MessagePoll } from '@wamux/core'
import { phoneOfJid } from '@wamux/core'
import { type Fields, firstOf, flagOf, idOf, numberOf, omitUndefined, recordOf, textOf } from '../fields/fields.ts'
import type { Content } from './content.ts'

/** The fields of a message that only some types have. */
export type ContentFields = Pick<Message, 'location' | 'contacts' | 'poll' | 'album' | 'choice'>

/**
 * Reads what a message contains besides its text: a place, contact cards, a poll, an album, a choice from buttons or a list. It reads the
 * messages of engines, in the form of the protocol or of WhatsApp Web, and the common form of the gateways.
 */
export function contentFields(message: Fields, content: Content | undefined): ContentFields {
  const part = content?.part ?? {}
  const type = content?.type
  return omitUndefined({
    location: type === 'location' || recordOf(message.location) ? locationOf(message, part) : undefined,
    contacts: type === 'contact' || Array.isArray(message.vCards) ? contactsOf(message, part) : undefined,
    poll: type === 'poll' ? pollOf(part) : undefined,
    album: albumOf(content),
    choice: content && choiceOf(content),
  })
}

function locationOf(message: Fields, part: Fields): Message['location'] {
  const place = { ...part, ...recordOf(message.location) }
  const latitude = numberOf(firstOf(place, 'degreesLatitude', 'latitude', 'lat'))
  const longitude = numberOf(firstOf(place, 'degreesLongitude', 'longitude', 'lng'))
  if (latitude === undefined || longitude === undefined) return undefined
  // the web page has name and address in one text, each on a line
  const [first, ...more] = textOf(firstOf(place, 'loc', 'description'))?.split('\n') ?? []
  const name = textOf(place.name) ?? textOf(first)
  const address = textOf(place.address) ?? textOf(more.join('\n'))
  return omitUndefined({ latitude, longitude, name, address })
}

function contactsOf(message: Fields, part: Fields): readonly MessageContact[] | undefined {
  const lists = [part.contacts, part.vcardList, message.vCards]
  return cardsOf(lists.find((one): one is unknown[] => Array.isArray(one) && one.length > 0) ?? [part])
}

/**
 * Reads contact cards.
 *
 * @param list vCards, or objects that hold one
 * @returns `undefined` when there is none
 */
export function cardsOf(list: readonly unknown[]): readonly MessageContact[] | undefined {
  const contacts = list.flatMap((one) => {
    const card = recordOf(one)
    const vcard = textOf(one) ?? textOf(firstOf(card, 'vcard', 'body'))
    const name = textOf(card?.displayName) ?? (vcard === undefined ? undefined : lineOf(vcard, 'FN'))
    if (vcard === undefined && name === undefined) return []
    return [omitUndefined({ name, phones: vcard === undefined ? [] : phonesOf(vcard), vcard })]
  })
  return contacts.length > 0 ? contacts : undefined
}

/** Most numbers that are read from one card. */
const MOST_PHONES = 20

interface CardProperty {
  readonly parameters: string
  readonly value: string
}

/** The properties of a vCard with a name, groups (`item1.`) left out. */
function* propertiesOf(vcard: string, name: string): Generator<CardProperty> {
  for (let start = 0; start < vcard.length; ) {
    const end = vcard.indexOf('\n', start)
    const line = vcard.slice(start, end < 0 ? vcard.length : end)
    start = end < 0 ? vcard.length : end + 1
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const [label = '', ...parameters] = line.slice(0, colon).split(';')
    if (label.slice(label.indexOf('.') + 1).toUpperCase() === name)
      yield { parameters: parameters.join(';'), value: line.slice(colon + 1).trim() }
  }
}

function lineOf(vcard: string, name: string): string | undefined {
  for (const { value } of propertiesOf(vcard, name)) return textOf(value)
  return undefined
}

// `waid` is the number that WhatsApp knows; without it only a number with `+` and country code is certain
function phonesOf(vcard: string): readonly string[] {
  const phones = new Set<string>()
  for (const { parameters, value } of propertiesOf(vcard, 'TEL')) {
    const known = /(?:^|;)waid=(\d{5,15})(?:;|$)/i.exec(parameters)?.[1]
    const digits = value.startsWith('+') ? value.replace(/\D/g, '') : ''
    const phone = phoneOfJid(`${known ?? digits}@c.us`)
    if (phone !== undefined) phones.add(phone)
    if (phones.size >= MOST_PHONES) break
  }
  return [...phones]
}

function pollOf(part: Fields): MessagePoll | undefined {
  const question = textOf(firstOf(part, 'name', 'pollName'))
  const list = firstOf(part, 'options', 'pollOptions')
  const options = (Array.isArray(list) ? list : []).flatMap(
    (one) => textOf(one) ?? textOf(firstOf(recordOf(one), 'optionName', 'name')) ?? [],
  )
  if (question === undefined && options.length === 0) return undefined
  const most = numberOf(firstOf(part, 'selectableOptionsCount', 'selectableCount', 'pollSelectableOptionsCount'))
  // 0 is how WhatsApp says that there is no limit
  const multiple = flagOf(firstOf(part, 'multipleAnswers', 'allowMultipleAnswers')) ?? (most === undefined ? undefined : most !== 1)
  return omitUndefined({ question: question ?? '', options, multiple })
}

function albumOf(content: Content | undefined): Message['album'] {
  if (!content) return undefined
  const { type, part, context } = content
  const parent = recordOf(recordOf(context.messageAssociation)?.parentMessageKey) ?? recordOf(part.parentMsgKey)
  const album = omitUndefined({
    images: type === 'album' ? numberOf(part.expectedImageCount) : undefined,
    videos: type === 'album' ? numberOf(part.expectedVideoCount) : undefined,
    parent: idOf(firstOf(parent, 'id', 'ID')),
  })
  return type === 'album' || album.parent !== undefined ? album : undefined
}

const CHOICES: readonly string[] = [
  'buttonsResponseMessage',
  'templateButtonReplyMessage',
  'listResponseMessage',
  'interactiveResponseMessage',
  'buttons_response',
  'template_button_reply',
  'list_response',
  'interactive_response',
]

function choiceOf({ name, part, text }: Content): Message['choice'] {
  if (!CHOICES.includes(name)) return undefined
  const list = recordOf(part.listResponse) ?? part
  const id =
    textOf(firstOf(part, 'selectedButtonId', 'selectedButtonID', 'selectedId', 'selectedID')) ??
    textOf(firstOf(recordOf(list.singleSelectReply), 'selectedRowId', 'selectedRowID')) ??
    flowChoice(part)
  return omitUndefined({ id, text: textOf(list.title) ?? textOf(text) ?? textOf(part.body) })
}

// the choice is in a JSON text inside the message
function flowChoice(part: Fields): string | undefined {
  const flow =
    recordOf(part.nativeFlowResponseMessage) ??
    recordOf(recordOf(part.InteractiveResponseMessage)?.NativeFlowResponseMessage) ??
    recordOf(recordOf(part.interactiveResponseMessage)?.nativeFlowResponseMessage)
  try {
    return idOf(recordOf(JSON.parse(textOf(firstOf(flow, 'paramsJson', 'paramsJSON')) ?? ''))?.id)
  } catch {
    return undefined
  }
}
