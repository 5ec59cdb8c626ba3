import type { MessageType } from '@wamux/core'
import { type Fields, firstOf, recordOf, textOf } from '../fields/fields.ts'

/** What WhatsApp's protocol calls the parts of a message. */
const PROTOCOL: Readonly<Record<string, MessageType>> = {
  conversation: 'text',
  extendedTextMessage: 'text',
  imageMessage: 'image',
  videoMessage: 'video',
  ptvMessage: 'video',
  audioMessage: 'audio',
  documentMessage: 'document',
  stickerMessage: 'sticker',
  locationMessage: 'location',
  liveLocationMessage: 'location',
  contactMessage: 'contact',
  contactsArrayMessage: 'contact',
  albumMessage: 'album',
  buttonsMessage: 'text',
  listMessage: 'text',
  templateMessage: 'text',
  interactiveMessage: 'text',
  buttonsResponseMessage: 'text',
  templateButtonReplyMessage: 'text',
  listResponseMessage: 'text',
  interactiveResponseMessage: 'text',
  // offers and invitations: `shownText` reads the text that people see on them
  productMessage: 'text',
  orderMessage: 'text',
  groupInviteMessage: 'text',
  newsletterAdminInviteMessage: 'text',
  newsletterFollowerInviteMessageV2: 'text',
  eventMessage: 'text',
  scheduledCallCreationMessage: 'text',
  highlyStructuredMessage: 'text',
  sendPaymentMessage: 'text',
  requestPaymentMessage: 'text',
  invoiceMessage: 'text',
  reactionMessage: 'reaction',
  encReactionMessage: 'reaction',
  protocolMessage: 'system',
  pinInChatMessage: 'system',
  keepInChatMessage: 'system',
  pollUpdateMessage: 'system',
  encEventResponseMessage: 'system',
  callLogMesssage: 'system',
  callLogMessage: 'system',
  requestPhoneNumberMessage: 'system',
}

/** What WhatsApp's web page calls the types of messages. */
const WEB: Readonly<Record<string, MessageType>> = {
  chat: 'text',
  image: 'image',
  video: 'video',
  ptv: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  live_location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  poll_creation: 'poll',
  album: 'album',
  list: 'text',
  interactive: 'text',
  list_response: 'text',
  buttons_response: 'text',
  template_button_reply: 'text',
  interactive_response: 'text',
  product: 'text',
  order: 'text',
  groups_v4_invite: 'text',
  event_creation: 'text',
  hsm: 'text',
  reaction: 'reaction',
  protocol: 'system',
  pinned_message: 'system',
  broadcast_notification: 'system',
  newsletter_notification: 'system',
  revoked: 'system',
  gp2: 'system',
  call_log: 'system',
  notification: 'system',
  notification_template: 'system',
  e2e_notification: 'system',
}

/** Most messages inside each other that are read. WhatsApp uses three; the limit bounds the work for malformed data. */
const DEPTH = 8

/** The content of a message, in the terms of WhatsApp's protocol. */
export interface Content {
  readonly type: MessageType
  /** The protocol's name of the part, or the web page's word. */
  readonly name: string
  /** The part of the message with the content; empty for bare text. */
  readonly part: Fields
  readonly text?: unknown
  /** The fields beside the part: secrets, and the album that the message belongs to. */
  readonly context: Fields
}

/**
 * Finds the content of a message.
 *
 * @param data the engine's own message
 * @returns `undefined` when there is none of a known form
 */
export function contentOf(data: Fields): Content | undefined {
  let message = recordOf(data.message) ?? recordOf(data.Message)
  let context: Fields = {}
  for (let depth = 0; message && depth < DEPTH; depth++) {
    context = { ...context, ...recordOf(message.messageContextInfo) }
    const name = partOf(message)
    if (name !== undefined) return readPart(message, name, context)
    message = insideOf(message)
  }
  const word = data.type
  if (typeof word !== 'string' || !Object.hasOwn(WEB, word)) return undefined
  return { type: WEB[word] ?? 'unknown', name: word, part: data, context: {} }
}

/**
 * The new text of an edited message, from the notice of the edit or from the edited message itself.
 *
 * @param data the engine's own message
 */
export function editedText(data: Fields): string | undefined {
  let message = recordOf(data.message) ?? recordOf(data.Message)
  for (let depth = 0; message && depth < DEPTH; depth++) {
    const edited = recordOf(recordOf(message.protocolMessage)?.editedMessage)
    if (edited) return textOf(contentOf({ message: edited })?.text)
    message = insideOf(message)
  }
  return textOf(contentOf(data)?.text)
}

/** The part that says what a message is; nothing for a message that only holds another one. */
function partOf(message: Fields): string | undefined {
  // in the order of the table: a message may have a technical part of the protocol beside the one that somebody wrote
  const known = Object.keys(PROTOCOL).find((name) => isSet(message[name]) && !holds(message[name]))
  return known ?? Object.keys(message).find((name) => isPoll(name) && recordOf(message[name]) && !holds(message[name]))
}

// some engines write every text field of the protocol, unused ones as ''
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== ''
}

// any version of the part; some versions contain the poll itself, others a message with the poll
function isPoll(name: string): boolean {
  return /^pollCreationMessage(V\d+)?$/.test(name)
}

/** `{ x: { message: {…} } }`: WhatsApp wraps new kinds of messages like this, under names that change. */
function holds(value: unknown): boolean {
  return recordOf(recordOf(value)?.message) !== undefined
}

function insideOf(message: Fields): Fields | undefined {
  const wrapper = Object.values(message).find(holds)
  return recordOf(recordOf(wrapper)?.message)
}

function readPart(message: Fields, name: string, context: Fields): Content {
  const part = recordOf(message[name]) ?? {}
  // Go writes PTT, JavaScript ptt
  const voice = name === 'audioMessage' && (part.ptt === true || part.PTT === true)
  const type = voice ? 'voice' : isPoll(name) ? 'poll' : (PROTOCOL[name] ?? 'unknown')
  return { type, name, part, context, text: firstOf(part, 'text', 'caption', 'name') ?? shownText(part) ?? message[name] }
}

/** The text that people see on buttons, lists and answers to them, on offers and invitations. */
function shownText(part: Fields): unknown {
  const message = recordOf(recordOf(part.hydratedHsm)?.hydratedTemplate) ? recordOf(part.hydratedHsm) : part
  const template = recordOf(message?.hydratedTemplate) ?? recordOf(message?.hydratedFourRowTemplate)
  const places = [
    [part, 'selectedDisplayText'],
    [recordOf(part.Response), 'SelectedDisplayText'],
    [recordOf(part.response), 'selectedDisplayText'],
    [part, 'contentText'],
    [template, 'hydratedContentText'],
    [recordOf(part.body) ?? recordOf(recordOf(part.interactiveMessageTemplate)?.body), 'text'],
    [recordOf(recordOf(part.noteMessage)?.extendedTextMessage), 'text'],
    [part, 'body', 'description', 'title', 'message', 'orderTitle', 'note', 'groupName', 'newsletterName'],
    [recordOf(part.header) ?? recordOf(part.product), 'title'],
  ] as const
  for (const [fields, ...names] of places) {
    const text = textOf(firstOf(fields, ...names))
    if (text !== undefined) return text
  }
  return undefined
}
