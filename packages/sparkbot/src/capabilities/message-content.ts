import type { Message, MessageMedia, MessageType } from '@wamux/core'
import { cardsOf, type Fields, firstOf, flagOf, numberOf, omitUndefined, recordOf, textOf } from '@wamux/engine'

/** The words for what a message is. */
export const TYPES: Readonly<Record<string, MessageType>> = {
  text: 'text',
  chat: 'text',
  image: 'image',
  video: 'video',
  gif: 'video',
  audio: 'audio',
  voice: 'voice',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  live_location: 'location',
  contact: 'contact',
  contacts: 'contact',
  vcard: 'contact',
  multi_vcard: 'contact',
  poll: 'poll',
  poll_creation: 'poll',
  album: 'album',
  reaction: 'reaction',
  // people see a text on these, which `shownOn` reads
  list: 'text',
  buttons: 'text',
  template: 'text',
  interactive: 'text',
  list_response: 'text',
  buttons_response: 'text',
  template_button_reply: 'text',
  product: 'text',
  order: 'text',
  event: 'text',
  payment: 'text',
  groups_v4_invite: 'text',
  system: 'system',
  notification: 'system',
  notification_template: 'system',
  e2e_notification: 'system',
  call_log: 'system',
  revoked: 'system',
  gp2: 'system',
}

/** The JID of a person by number. */
export function personOf(phone: unknown): string | undefined {
  const digits = /^\+?(\d{7,15})$/.exec(textOf(phone) ?? '')?.[1]
  return digits === undefined ? undefined : `${digits}@c.us`
}

/** A place, contact cards and a poll. */
export function readSpecial({ location, contacts, vcards, poll }: Fields): Pick<Message, 'location' | 'contacts' | 'poll'> {
  const cards = readCards(contacts) ?? (Array.isArray(vcards) ? cardsOf(vcards) : undefined)
  return omitUndefined({ location: readPlace(recordOf(location) ?? {}), contacts: cards, poll: readPoll(recordOf(poll) ?? {}) })
}

function readPlace(place: Fields): Message['location'] {
  const [latitude, longitude] = [numberOf(firstOf(place, 'latitude', 'lat')), numberOf(firstOf(place, 'longitude', 'lng', 'lon'))]
  if (latitude === undefined || longitude === undefined) return undefined
  return omitUndefined({ latitude, longitude, name: textOf(place.name), address: textOf(place.address) })
}

function readCards(list: unknown): Message['contacts'] {
  const cards = (Array.isArray(list) ? list : []).flatMap((one) => {
    const { name, phone, vcard } = recordOf(one) ?? {}
    const person = personOf(phone)
    const told = omitUndefined({ name: textOf(name), vcard: textOf(vcard) })
    if (person === undefined && Object.keys(told).length === 0) return []
    return [{ ...told, phones: person === undefined ? [] : [`+${person.slice(0, person.indexOf('@'))}`] }]
  })
  return cards.length > 0 ? cards : undefined
}

function readPoll(poll: Fields): Message['poll'] {
  const question = textOf(poll.name)
  if (question === undefined) return undefined
  const options = (Array.isArray(poll.options) ? poll.options : []).flatMap((one) => textOf(one) ?? textOf(recordOf(one)?.name) ?? [])
  return omitUndefined({ question, options, multiple: flagOf(poll.multiple) })
}

/** The text that people see on a product, an event, a payment or a list. */
export function shownOn({ product, event, payment, list, title, header }: Fields): string | undefined {
  const [goods, date] = [product, event].map((one) => textOf(recordOf(one)?.name))
  const menu = textOf(firstOf(recordOf(list), 'description', 'title'))
  return goods ?? date ?? textOf(recordOf(payment)?.note) ?? menu ?? textOf(title) ?? textOf(header)
}

/** What somebody chose on buttons or in a list. */
export function choiceOf({ meta, quoted, body }: Fields): Message['choice'] {
  const id = textOf(firstOf(recordOf(meta), 'selectedButtonId', 'selectedListId')) ?? textOf(recordOf(quoted)?.selectedId)
  return id === undefined ? undefined : omitUndefined({ id, text: textOf(body) })
}

/** The caption of a file. */
export function captionOf(media: unknown): string | undefined {
  return textOf(recordOf(media)?.caption)
}

/** The file of a message. */
export function readMedia(media: unknown): MessageMedia | undefined {
  const { mime, filename, size, url } = recordOf(media) ?? {}
  const told = omitUndefined({
    mimetype: textOf(mime),
    filename: textOf(filename),
    url: typeof url === 'string' && URL.canParse(url) ? url : undefined,
    size: numberOf(size),
  })
  return Object.keys(told).length > 0 ? told : undefined
}
