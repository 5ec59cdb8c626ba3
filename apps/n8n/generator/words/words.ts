import type { Field, Operation } from '@wamux/core'
import type { Placed } from '../../src/controls/control.ts'
import type { Overlay } from '../../src/overlay/overlay.ts'

// words that n8n writes in capitals, and names that have their own writing
const OWN_WRITING = [
  'ID', 'IDs', 'URL', 'URLs', 'URI', 'QR', 'PDF', 'GIF', 'LID', 'LIDs', 'JID', 'API', 'CPU', 'MCP', 'UUID', 'ULID', 'HMAC', 'MIME', 'SHA2',
  'SHA256', 'CRM', 'V2', 'NOWEB', 'GOWS', 'WEBJS', 'WhatsApp', 'JSON', 'iOS',
] // biome-ignore format: a list of words
const WRITING = new Map(OWN_WRITING.map((word) => [word.toLowerCase(), word]))
const SMALL = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'but',
  'by',
  'for',
  'if',
  'in',
  'nor',
  'of',
  'on',
  'or',
  'per',
  'so',
  'the',
  'to',
  'up',
  'via',
  'with',
  'without',
  'when',
  'only',
  'over',
])

const FIELD_LABELS: Readonly<Record<string, string>> = {
  chatId: 'Chat',
  contactId: 'Contact',
  groupId: 'Group',
  labelId: 'Label',
  sessionId: 'Session',
  session: 'Session',
  to: 'To',
  reply_to: 'Reply to Message ID',
  replyTo: 'Reply to Message ID',
  replyMessageId: 'Reply to Message ID',
  isVN: 'Voice Note',
  lid: 'LID',
  mimetype: 'MIME Type',
  mimeType: 'MIME Type',
  mime: 'MIME Type',
  filename: 'File Name',
  dm: 'Direct Messages',
  retries: 'Retries',
  wids: 'WhatsApp IDs',
  asNote: 'As Video Note',
  file: 'File',
  hmac: 'HMAC',
  participants: 'Participants',
  colorHex: 'Color (Hex)',
  message: 'Message',
  schedule: 'Schedule',
}

const WHETHER: Readonly<Record<string, string>> = {
  linkPreview: 'to show a preview of the link in the text',
  linkPreviewHighQuality: 'to show a large preview picture',
  multipleAnswers: 'a voter may pick several answers',
  downloadMedia: 'to download attached media, which is slow',
  merge: 'to join the chats that one contact has under a LID and under a number',
  refresh: 'to ask WhatsApp instead of using what is stored',
  'filter.fromMe': 'to get own messages only; off gets only those of others',
  fromMe: 'to get own messages only; off gets only those of others',
  extraGuestsAllowed: 'invited people may bring others',
  'event.extraGuestsAllowed': 'invited people may bring others',
  asNote: 'to send it as a round video note',
  markOnline: 'to show the account as online while connected; the phone then stays silent',
  fullSync: 'to fetch the whole history at pairing',
  tagsEventsOn: 'to turn on events that presence and acknowledgements need, at the cost of speed',
  markAsRead: 'to mark conversations as read when the contact has read them',
  preflight: 'to post a test event first and change nothing when that fails',
  presence: 'to show typing or recording first, which takes about 2 seconds more',
  isForwarded: 'to mark the message as forwarded',
  compress: 'to let the server shrink the file',
  viewOnce: 'it opens only once',
  isVN: 'to send it as a voice note',
  hasMedia: 'to leave out chats without any media',
  withMedia: 'to drop the media file as well',
  deleteForMe: 'to drop it from the own chat too, media included',
  deep: 'to look up picture, about text and business details of each one, which is slow',
  sendReadAck: 'to mark the chat as read',
  previewUrl: 'to show a preview of the first link',
  request: 'to ask the receiver for a location instead',
  canSend: 'to get only chats that take messages',
  deleteFromWhatsApp: 'to delete it on the phone too',
}

/** Words of an identifier: `deleteFromWhatsApp`, `reply_to`, `event.startTime`. */
function wordsOf(name: string): string[] {
  return name
    .replace(/WhatsApp/g, 'Whatsapp')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
}

/** Title Case as n8n writes it. */
export function titleCase(text: string): string {
  const words = text.split(' ')
  return words
    .map((word, index) => {
      const bare = word.replace(/[()]/g, '')
      const own = WRITING.get(bare.toLowerCase())
      if (own) return word.replace(bare, own)
      if (SMALL.has(word.toLowerCase()) && index > 0 && index < words.length - 1) return word.toLowerCase()
      return word.replace(/^(\(?)([a-z])/, (_, open: string, letter: string) => open + letter.toUpperCase())
    })
    .join(' ')
}

/** Sentence case as n8n's lint has it: only words in capitals throughout keep them, and no other sign than letters. */
export function sentenceCase(text: string): string {
  const words = text
    .replace(/\b(\w+)\/(\w+)\b/g, (whole, one: string, other: string) => (whole === whole.toUpperCase() ? whole : `${one} or ${other}`))
    .replace(/\(((?=\w*[a-z])[^)]*)\)/g, '$1')
    .split(' ')
  const first = words.findIndex((word) => word !== word.toUpperCase())
  return words.map((word, index) => (index === first || word === word.toUpperCase() ? word : word.toLowerCase())).join(' ')
}

/** Title of a field. */
export function fieldLabel(operation: Operation, overlay: Overlay, { path, field, control }: Placed): string {
  const at = path.join('.')
  const given =
    overlay.fieldLabels?.[`${operation.id}.${at}`] ?? overlay.fieldLabels?.[at] ?? (path.length === 1 ? FIELD_LABELS[at] : undefined)
  if (given) return titleCase(given)
  if (control.kind === 'locator' && (at === 'id' || at === 'name')) return overlay.lists[control.list]?.label ?? 'ID'
  // `filter.timestamp.lte` is one word on the wire, and says more with all of its parts
  const name = FIELD_LABELS[field.name] && path.length === 1 ? (FIELD_LABELS[field.name] ?? '') : at === '' ? field.name : at
  return titleCase(wordsOf(name).join(' '))
}

/** Markdown of our documents as what n8n shows: code in its tag, no final period on one sentence. */
export function descriptionText(...parts: readonly (string | undefined)[]): string {
  const text = parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => String(part).trim())
    .map((part) => (/[.!?:]$/.test(part) ? part : `${part}.`))
    .join(' ')
  const html = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/`([^`]+)`/g, '<code>$1</code>')
  const sentences = html
    .replace(/<code>.*?<\/code>/g, 'x')
    .split(/[.!?](?:\s|$)/)
    .filter((one) => one.trim() !== '')
  const trimmed = sentences.length <= 1 ? html.replace(/\.$/, '') : html
  return inCapitals(trimmed.charAt(0).toUpperCase() + trimmed.slice(1))
}

/** Words that n8n wants in capitals wherever they stand. */
export function inCapitals(text: string): string {
  return text
    .replace(/\bids\b/gi, 'IDs')
    .replace(/\bid\b/gi, 'ID')
    .replace(/\bjson\b/gi, 'JSON')
    .replace(/\burl\b/gi, 'URL')
}

/** What stands below a field. */
export function fieldDescription(operation: Operation, overlay: Overlay, placed: Placed): string {
  const { path, field, control } = placed
  const at = path.join('.')
  const inferred = field.evidence === 'inferred' ? 'That it exists is inferred' : undefined
  if (control.kind === 'boolean') return descriptionText(`Whether ${whetherText(operation, overlay, at, field)}`, inferred)
  const given = overlay.fieldAbout?.[`${operation.id}.${at}`]
  return descriptionText(given ?? field.about, assumed(field), inferred)
}

function whetherText(operation: Operation, overlay: Overlay, at: string, field: Field): string {
  const all = overlay.whether ?? {}
  const found = all[`${operation.id}.${at}`] ?? all[at] ?? all[field.name] ?? WHETHER[at] ?? WHETHER[field.name]
  if (found) return found.replace(/^Whether /, '')
  const about = (field.about ?? '').replace(/\.$/, '')
  if (/^Whether /.test(about)) return about.slice('Whether '.length)
  // most sentences of the documents are commands: "Keep the order of the messages"
  return about === '' ? `${wordsOf(at).join(' ').toLowerCase()} is on` : `to ${about.charAt(0).toLowerCase()}${about.slice(1)}`
}

function assumed(field: Field): string | undefined {
  const { default: value } = field
  if (value === undefined || typeof value === 'object' || value === '') return undefined
  return `Left out, the gateway takes \`${String(value)}\``
}
