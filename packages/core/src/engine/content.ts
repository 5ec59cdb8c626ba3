import type { MessageType } from '../vocabulary/message.ts'
import { type Fields, recordOf } from './fields.ts'

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
  pollCreationMessage: 'poll',
  pollCreationMessageV2: 'poll',
  pollCreationMessageV3: 'poll',
  reactionMessage: 'reaction',
  protocolMessage: 'system',
}

/** What WhatsApp's web page calls the types of messages. */
const WEB: Readonly<Record<string, MessageType>> = {
  chat: 'text',
  image: 'image',
  video: 'video',
  audio: 'audio',
  ptt: 'voice',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  live_location: 'location',
  vcard: 'contact',
  multi_vcard: 'contact',
  poll_creation: 'poll',
  reaction: 'reaction',
  protocol: 'system',
  revoked: 'system',
  gp2: 'system',
  call_log: 'system',
  notification: 'system',
  notification_template: 'system',
  e2e_notification: 'system',
}

/** Parts that hold the message inside. */
const WRAPPERS: readonly string[] = [
  'ephemeralMessage',
  'viewOnceMessage',
  'viewOnceMessageV2',
  'viewOnceMessageV2Extension',
  'documentWithCaptionMessage',
  'deviceSentMessage',
  'editedMessage',
]

/** The content of a message, in the terms of WhatsApp's protocol. */
export interface Content {
  readonly type: MessageType
  /** The part that says it; empty for bare text. */
  readonly part: Fields
  readonly text?: unknown
}

/**
 * @param data the engine's own message
 * @returns nothing where it does not show what is inside
 */
export function contentOf(data: Fields): Content | undefined {
  let message = recordOf(data.message) ?? recordOf(data.Message)
  for (let depth = 0; message && depth < WRAPPERS.length; depth++) {
    const inside: Fields | undefined = WRAPPERS.map((name) => recordOf(recordOf(message?.[name])?.message)).find(Boolean)
    if (!inside) break
    message = inside
  }
  const name = message && Object.keys(PROTOCOL).find((one) => message[one] !== undefined && message[one] !== null)
  if (message && name !== undefined) {
    const part = recordOf(message[name]) ?? {}
    // Go writes PTT, JavaScript ptt
    const voice = name === 'audioMessage' && (part.ptt === true || part.PTT === true)
    return { type: voice ? 'voice' : (PROTOCOL[name] ?? 'unknown'), part, text: part.text ?? part.caption ?? part.name ?? message[name] }
  }
  const word = data.type
  return typeof word === 'string' && Object.hasOwn(WEB, word) ? { type: WEB[word] ?? 'unknown', part: data } : undefined
}
