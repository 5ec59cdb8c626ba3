import { NetworkError } from '../../errors.ts'
import { decodeBase64 } from '../../files/files.ts'
import type { MessageInput, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { type ConnectedSession, failure, findConnected, inputOf, isTrue, parseWarestJid, seconds, success } from './serialize.ts'

type Fields = Readonly<Record<string, unknown>>
type Content = Pick<MessageInput, 'type' | 'text' | 'media' | 'place' | 'cards' | 'poll' | 'mentions'>

/** A message to send, and its fields in the answer. */
interface Prepared {
  readonly content: Content
  readonly message: string
  readonly status: string
  readonly info: Fields
}

/** The send operations, for one recipient or several separated by commas. */
export function sendHandlers(state: State): Record<string, Handler> {
  const { network, files } = state

  function sendTo(
    connected: ConnectedSession,
    recipients: readonly string[],
    fields: Fields,
    { content, message, status, info }: Prepared,
  ): Answer {
    const { session, account } = connected
    const replyTo = textOf(fields.replyMessageId) ?? textOf(fields.quotedMessageId)
    const forwarded = isTrue(fields.isForwarded)
    try {
      const results = recipients.map((jid) => {
        const chat = network.chatOf(jid) ?? jid
        if (isTrue(fields.presence)) network.presence.subscribe(account, chat)
        const sent = network.send({
          ...content,
          from: account,
          to: chat,
          replyTo,
          forwarded,
          // the engine hears of it after it has answered
          refusedLater: true,
          via: { gateway: 'warest', session: session.id },
        })
        return {
          phone: account.phone,
          to: jid.split('@')[0],
          toJid: jid,
          messageId: sent.id,
          status: `${status} success`,
          timestamp: seconds(sent.sentAt),
          advancedInfo: { isForwarded: forwarded, quotedMessageId: replyTo ?? null, ...info },
        }
      })
      return success(200, 1000, results.length > 1 ? `${message} (${results.length} recipients)` : message, results)
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error
      return failure(500, 8000, 'Internal server error', null)
    }
  }

  /** Makes a send handler: checks session, content and recipient in this order. */
  const send = (
    prepare: (fields: Fields, call: Call) => Promise<Prepared | Answer> | Prepared | Answer,
    noRecipient: () => Answer = () => failure(400, 2001, "Missing or invalid 'to'", null),
  ): Handler => {
    return async (call) => {
      const fields = inputOf(call)
      const connected = findConnected(state, fields.sessionId)
      if (!connected) return failure(404, 1101, 'Session not found', null)
      const recipients = recipientsOf(fields.to)
      if (recipients.length === 0) return noRecipient()
      const prepared = await prepare(fields, call)
      return prepared instanceof Answer ? prepared : sendTo(connected, recipients, fields, prepared)
    }
  }

  /** The file of a send: a part of a form, an address, a data URI or base64. */
  async function fileIn(value: unknown, mimetype: string): Promise<StoredMedia | undefined> {
    if (value instanceof File) {
      const bytes = new Uint8Array(await value.arrayBuffer())
      return network.media.add({ bytes, mimetype: value.type || mimetype, filename: value.name })
    }
    if (isRecord(value)) {
      const { url, data, base64, filename, name, mimetype: type, mimeType } = value
      const inner = await fileIn(value.file ?? base64 ?? data ?? url, textOf(type) ?? textOf(mimeType) ?? mimetype)
      const named = textOf(filename) ?? textOf(name)
      return inner && named !== undefined ? { ...inner, filename: named } : inner
    }
    const text = textOf(value)
    if (text === undefined) return undefined
    const inText = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? undefined : decodeBase64(text)
    const input = inText ? { mimetype, ...inText } : await files.fetch(text, mimetype)
    return input && network.media.add(input)
  }

  /** Sends several files, each as a message of its own, and answers with one result for each recipient. */
  async function sendFiles(call: Call): Promise<Answer> {
    const fields = inputOf(call)
    const connected = findConnected(state, fields.sessionId)
    if (!connected) return failure(404, 1101, 'Session not found', null)
    const recipients = recipientsOf(fields.to)
    if (recipients.length === 0) return failure(400, 2001, "Missing or invalid 'to'", null)
    const { session, account } = connected
    const given = call.form ? call.form.getAll('files') : [fields.files].flat()
    const media = (await Promise.all(given.map((one) => fileIn(one, 'application/octet-stream')))).filter((one) => one !== undefined)
    const text = textOf(fields.caption)
    const results = recipients.map((jid) => {
      const sent = media.map((file, index) => {
        const caption = index === 0 ? text : undefined
        const via = { gateway: 'warest', session: session.id }
        return { file, message: network.send({ from: account, to: network.chatOf(jid) ?? jid, media: file, text: caption, via }) }
      })
      const shown = sent.map(({ file: { filename, mimetype, size }, message: { id, sentAt } }) => {
        return { name: filename ?? 'file', mimetype, size, messageId: id, timestamp: seconds(sentAt) }
      })
      const error = sent.length === 0 ? { error: 'No files were sent to this recipient' } : { files: shown }
      return {
        phone: account.phone,
        to: jid.split('@')[0],
        toJid: jid,
        messageId: null,
        status: sent.length === 0 ? 'file failed' : sent.length > 1 ? 'files success' : 'file success',
        timestamp: seconds(state.clock.now()),
        advancedInfo: {
          isForwarded: isTrue(fields.isForwarded),
          quotedMessageId: textOf(fields.quotedMessageId) ?? textOf(fields.replyMessageId) ?? null,
          ...error,
        },
      }
    })
    if (media.length > 0) return success(200, 1000, 'File message sent', results)
    return json(502, { status: false, code: 3002, message: 'Failed to send files to all recipients', results })
  }

  const kindOf = ({ mimetype }: StoredMedia) => (mimetype.includes('gif') ? 'gif' : (mimetype.split('/')[0] ?? ''))

  return {
    'messages.sendText': async (call) => {
      const fields = inputOf(call)
      const connected = findConnected(state, fields.sessionId)
      if (!connected) return failure(404, 1101, 'Session not found', null)
      const text = textOf(fields.message) ?? textOf(fields.text)
      if (text === undefined) return failure(400, 1100, "Parameter 'message' is required", null)
      // the real server does not accept a list here
      const to = textOf(fields.to)
      if (to === undefined) return failure(400, 1100, "Parameter 'to' is required", null)
      const recipients = recipientsOf(to)
      if (recipients.length === 0) return failure(400, 1100, "Invalid 'to' value", null)
      const plain = withoutMarkup(text)
      const mentions = [...new Set([...plain.matchAll(/@(\d{6,20})/g)].map(([, digits]) => `${digits}@s.whatsapp.net`))]
      return sendTo(connected, recipients, fields, {
        content: { text: plain, mentions },
        message: 'Text message sent',
        status: 'text',
        info: mentions.length > 0 ? { mentions } : {},
      })
    },

    'messages.sendFiles': sendFiles,

    'messages.sendGif': send(async ({ gif, caption, compress }) => {
      const media = await fileIn(gif, 'image/gif')
      if (!media) return failure(400, 2000, 'Invalid gif input', null)
      const kind = kindOf(media)
      if (kind !== 'gif' && kind !== 'video') return failure(415, 2007, 'Unsupported gif type', null)
      const text = textOf(caption) && withoutMarkup(String(caption))
      const info = { ...(text ? { caption: text } : {}), ...(isTrue(compress, true) ? { compression: { enable: true } } : {}) }
      return { content: { media, text, type: 'video' }, message: 'GIF message sent', status: 'gif', info }
    }),

    'messages.sendButtons': send(({ text, message, buttons }) => {
      const shown = (Array.isArray(buttons) ? buttons : []).filter(Boolean).slice(0, 10)
      if (shown.length === 0) return failure(400, 2000, 'buttons must be a non-empty array', null)
      const info = { buttonCount: shown.length }
      const words = textOf(text) ?? textOf(message) ?? ''
      return { content: { text: words }, message: 'Interactive button message sent', status: 'interactive button', info }
    }, invalidDestination),

    'messages.sendList': send(({ text, title, message, list, lists, sections }) => {
      const containers = Array.isArray(lists) ? lists.filter(isRecord) : [isRecord(list) ? list : { sections }]
      const all = containers.flatMap((one) => (Array.isArray(one.sections) ? one.sections.filter(isRecord) : []))
      const rows = all.flatMap((section) => (Array.isArray(section.rows) ? section.rows : []))
      if (rows.length === 0) return failure(400, 2000, 'at least one section with one row is required', null)
      const info = { sectionCount: all.length, rowCount: rows.length }
      const words = textOf(text) ?? textOf(title) ?? textOf(message) ?? ''
      return { content: { text: words }, message: 'Interactive list message sent', status: 'interactive list', info }
    }, invalidDestination),

    'messages.sendMedia': send(async ({ media: file, caption, compress, viewOnce }) => {
      const media = await fileIn(file, 'application/octet-stream')
      if (!media) return failure(400, 2000, 'Invalid media input', null)
      const kind = kindOf(media)
      if (kind !== 'image' && kind !== 'video') return failure(415, 2007, 'Unsupported media type for this route', null)
      const text = textOf(caption) && withoutMarkup(String(caption))
      const compression = isTrue(compress, true) ? { compression: { enable: true } } : {}
      const once = isTrue(viewOnce) ? { viewOnce: true } : {}
      const info = { ...once, ...(text ? { caption: text } : {}), ...compression, mediaKind: kind }
      return { content: { media, text, type: kind }, message: 'Media message sent', status: kind, info }
    }),

    'messages.sendAudio': send(async ({ audio, isVN }) => {
      const media = await fileIn(audio, 'audio/mpeg')
      if (!media) return failure(400, 2000, 'Invalid audio input', null)
      if (kindOf(media) !== 'audio') return failure(415, 2007, 'Unsupported audio type', null)
      const voice = isTrue(isVN)
      const info = { ...(voice ? { isVoiceNote: true } : {}), mimeType: media.mimetype }
      return { content: { media, type: voice ? 'voice' : 'audio' }, message: 'Audio message sent', status: voice ? 'ptt' : 'audio', info }
    }),

    'messages.sendDocument': send(async ({ document, filename, caption }) => {
      const media = await fileIn(document, 'application/octet-stream')
      if (!media) return failure(400, 2000, 'Invalid document input', null)
      const name = textOf(filename) ?? media.filename ?? 'document.bin'
      const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? 'bin'
      if (/^(exe|msi|bat|cmd|sh|ps1|vbs|com|dll|js|jar|apk)$/.test(ending)) {
        return failure(415, 2007, `Files with .${ending} extensions are not allowed`, null)
      }
      const text = textOf(caption) && withoutMarkup(String(caption))
      const info = { ...(text ? { caption: text } : {}), filename: name, mimetype: media.mimetype }
      const named = { ...media, filename: name }
      return { content: { media: named, text, type: 'document' }, message: 'Document message sent', status: `document ${ending}`, info }
    }),

    'messages.sendSticker': send(async ({ sticker, compress }) => {
      const media = await fileIn(sticker, 'image/webp')
      if (!media) return failure(400, 2000, 'Invalid sticker input', null)
      if (kindOf(media) !== 'image') return failure(502, 3013, 'Sticker conversion failed', null)
      const info = isTrue(compress, true) ? { compression: { enable: true } } : {}
      return { content: { media, type: 'sticker' }, message: 'Sticker message sent', status: 'sticker', info }
    }),

    'messages.sendLocation': send(({ location }) => {
      const [latitude, longitude] = Array.isArray(location)
        ? location.map(Number)
        : typeof location === 'string'
          ? location.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)))
          : isRecord(location)
            ? [location.latitude, location.longitude].map((one) => (one === undefined ? Number.NaN : Number(one)))
            : []
      if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return failure(400, 3012, 'Invalid location payload', null)
      const names = isRecord(location) ? { name: textOf(location.name), address: textOf(location.address) } : {}
      const place = { latitude: Number(latitude), longitude: Number(longitude), ...names }
      const told = { degreesLatitude: place.latitude, degreesLongitude: place.longitude, ...names }
      return { content: { place }, message: 'Location message sent', status: 'location', info: { location: told } }
    }),

    'messages.sendContact': send(({ contact }) => {
      const card = isRecord(contact) ? contact : {}
      const name = textOf(card.name) ?? textOf(card.fullName) ?? 'Contact'
      const phone = textOf(card.phone)?.replace(/\D+/g, '')
      const cards = [{ name, phone, organization: textOf(card.organization) }]
      return { content: { cards }, message: 'Contact message sent', status: 'contact', info: { displayName: name } }
    }),

    'messages.sendPoll': send(({ question, options, maxSelection = 1 }) => {
      const answers = (Array.isArray(options) ? options : []).map((one) => String(one).trim()).filter(Boolean)
      const asked = textOf(question)?.trim()
      if (!asked || answers.length === 0) return failure(400, 3012, 'Poll payload invalid', null)
      const most = Math.min(Math.max(Number(maxSelection) || 1, 1), answers.length)
      const poll = { question: asked, options: answers, multiple: most > 1 }
      const info = { question: asked, options: answers, maxSelection: most }
      return { content: { poll }, message: 'Poll message sent', status: 'poll', info }
    }),
  }
}

const invalidDestination = () => failure(400, 2000, 'Invalid destination', null)

function recipientsOf(to: unknown): readonly string[] {
  const list = (Array.isArray(to) ? to : [to]).flatMap((one) => (textOf(one) ?? '').split(/[,;\n]+/))
  return [...new Set(list.map(parseWarestJid).filter((jid) => jid !== ''))]
}

/** WARest removes text in angle brackets, as if it were HTML. */
function withoutMarkup(text: string): string {
  return text
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?(?:b|strong)>/gi, '*')
    .replace(/<\/?(?:i|em)>/gi, '_')
    .replace(/<\/?(?:s|strike|del)>/gi, '~')
    .replace(/<[^<>]+>/g, '')
}
