import { decodeBase64 } from '../../files/files.ts'
import { base64, qrPng, qrSvg } from '../../files/qr.ts'
import { HEX } from '../../ids.ts'
import { parsePhone } from '../../network/phone-number.ts'
import type { StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import type { Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { failure, parseWarestJid, success, toWarestJid } from './serialize.ts'

type Fields = Readonly<Record<string, unknown>>

const QR_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  svg: 'image/svg+xml',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
}
const TARGETS = 'base64, svg, png, jpg, jpeg, or webp'
const ALGORITHMS: Readonly<Record<string, string>> = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' }
const ULID = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const STORED_MS = 300_000

/** The server's tools: QR codes, hashes, ids, files and checks of numbers. Pictures are passed on as they are. */
export function toolHandlers(state: State): Record<string, Handler> {
  const { network, files, clock, ids } = state

  /** Bytes of a data URI, an address, base64 or a text, as the real server reads them. */
  async function bytesOf(value: unknown): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const text = textOf(value)
    if (text === undefined) return undefined
    if (/^https?:/i.test(text)) return (await files.fetch(text))?.bytes
    if (text.startsWith('data:')) return decodeBase64(text)?.bytes
    // like Buffer.from(text, 'base64'): what is left over after whole groups is dropped
    const letters = text.replace(/[^A-Za-z0-9+/]/g, '')
    return decodeBase64(letters.length % 4 === 1 ? letters.slice(0, -1) : letters)?.bytes ?? new TextEncoder().encode(text)
  }

  /** A file in the server's temporary storage. */
  function storedFile(media: StoredMedia, ending: string): { readonly data: string; readonly meta: Fields } {
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    const key = `misc/temp/${day}/${media.id}.${ending}`
    const url = `/storages/${key}`
    const expiresAt = new Date(clock.now() + STORED_MS).toISOString()
    return { data: url, meta: { mode: 'url', mimeType: media.mimetype, size: media.size, temporary: true, key, url, expiresAt } }
  }

  /** Bytes in the form that `output` asks for. */
  function output(bytes: Uint8Array<ArrayBuffer>, mimetype: string, wanted: unknown): { readonly data: string; readonly meta: Fields } {
    const size = bytes.length
    if (wanted === 'url' || wanted === 'file') return storedFile(network.media.add({ bytes, mimetype }), mimetype.split('/')[1] ?? 'bin')
    if (wanted === 'dataurl')
      return { data: `data:${mimetype};base64,${base64(bytes)}`, meta: { mode: 'dataurl', mimeType: mimetype, size } }
    if (wanted === 'string') return { data: new TextDecoder().decode(bytes), meta: { mode: 'string', mimeType: mimetype, size } }
    return { data: base64(bytes), meta: { mode: 'base64', mimeType: mimetype, size } }
  }

  async function digest(fields: Fields, key: string | undefined): Promise<string | undefined> {
    const name = (textOf(fields.algo) ?? 'sha256').toLowerCase()
    const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
    const bytes = await bytesOf(fields.input)
    if (algorithm === undefined || !bytes) return undefined
    const hash = new Uint8Array(key === undefined ? await crypto.subtle.digest(algorithm, bytes) : await signed(algorithm, key, bytes))
    return fields.output === 'base64' ? base64(hash) : [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  function uuidOf(version: string, of?: string): string {
    if (version === 'nil') return '00000000-0000-0000-0000-000000000000'
    const hex = of === undefined ? ids.next('warest/uuid', 32, HEX) : ids.of(`warest/uuid/${version}/${of}`, 32, HEX)
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `${version.slice(1)}${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)]
    return parts.join('-')
  }

  const person = (value: unknown) => {
    const jid = parseWarestJid(value)
    const phone = parsePhone(jid.split('@')[0])
    return jid.endsWith('@s.whatsapp.net') && phone !== undefined ? network.account(phone) : undefined
  }

  return {
    'misc.stringToQr': ({ params, body }) => {
      const target = (params.target ?? '').toLowerCase()
      const type = Object.hasOwn(QR_TYPES, target) ? QR_TYPES[target] : undefined
      if (target !== 'base64' && type === undefined) return failure(400, 2002, `Unsupported target format; use ${TARGETS}`)
      const text = textOf(body.string)
      if (text === undefined) return failure(400, 2001, 'string is required')
      if (type === undefined) {
        const data = `data:image/png;base64,${base64(qrPng(text))}`
        const result = { data, meta: { mode: 'dataurl', mimeType: 'image/png', format: 'png' } }
        return success(200, 1000, 'String converted to QR-friendly PNG (base64 data URI)', [result])
      }
      const bytes = target === 'svg' ? new TextEncoder().encode(qrSvg(text)) : qrPng(text)
      const stored = storedFile(network.media.add({ bytes, mimetype: type }), target)
      return success(200, 1000, `String converted to QR-friendly ${target.toUpperCase()} format`, [stored])
    },

    'misc.base64': async ({ body }) => {
      const action = body.action ?? 'encode'
      if (action !== 'encode' && action !== 'decode') return failure(400, 2002, 'action must be encode or decode')
      const bytes = await bytesOf(body.input)
      if (!bytes) return failure(400, 2001, 'input is required')
      if (action === 'encode') return success(200, 1000, 'Base64 encoded', [{ data: base64(bytes) }])
      return success(200, 1000, 'Base64 decoded', [output(bytes, 'application/octet-stream', body.output ?? 'base64')])
    },

    'misc.hash': async ({ body }) => {
      const data = await digest(body, undefined)
      return data === undefined ? failure(400, 2002, 'input or algo is invalid') : success(200, 1000, 'Hash generated', [{ data }])
    },

    'misc.hmac': async ({ body }) => {
      const key = textOf(body.key)
      if (key === undefined) return failure(400, 2001, 'key is required')
      const data = await digest(body, key)
      return data === undefined ? failure(400, 2002, 'input or algo is invalid') : success(200, 1000, 'HMAC generated', [{ data }])
    },

    'misc.thumbnail': async ({ body }) => {
      const bytes = await bytesOf(body.file)
      if (!bytes) return failure(400, 2001, 'file is required')
      const { data, meta } = output(bytes, 'image/jpeg', body.output ?? 'base64')
      const count = body.type === 'video' ? Math.min(Math.max(Number(body.count ?? 3) || 3, 1), 6) : 1
      const thumbnails = Array.from({ length: count }, () => ({ thumbnail: data, meta }))
      return success(200, 1000, 'Thumbnails generated', [{ data: thumbnails }])
    },

    'misc.processImage': async ({ body }) => {
      const bytes = await bytesOf(body.file)
      if (!bytes) return failure(400, 2001, 'file is required')
      const actions = isRecord(body.actions) ? body.actions : {}
      const resize = isRecord(actions.resize) ? actions.resize : {}
      const format = textOf(actions.convert) ?? 'png'
      const { data, meta } = output(bytes, `image/${format}`, body.output ?? 'base64')
      const details = { format, width: Number(resize.width ?? 1), height: Number(resize.height ?? 1), size: bytes.length }
      const actionsPerformed = {
        converted: actions.convert !== undefined,
        resized: actions.resize !== undefined,
        compressed: actions.compress !== undefined,
      }
      return success(200, 1000, 'Image processed', [
        { data, details, actionsPerformed, createdAt: new Date(clock.now()).toISOString(), meta },
      ])
    },

    'misc.generateUuid': ({ body }) => {
      const count = Math.min(Math.max(Number(body.count ?? 1) || 1, 1), 100)
      const version = textOf(body.version) ?? 'v4'
      const named = version === 'v3' || version === 'v5'
      if (named && (textOf(body.namespace) === undefined || textOf(body.name) === undefined)) {
        return failure(400, 2001, 'namespace and name are required')
      }
      const next = () =>
        body.type === 'ulid' ? ids.next('warest/ulid', 26, ULID) : uuidOf(version, named ? `${body.namespace}/${body.name}` : undefined)
      return success(200, 1000, 'Identifiers generated', [{ data: Array.from({ length: count }, next) }])
    },

    'misc.validateUuid': ({ body }) => {
      const value = textOf(body.value)
      if (value === undefined) return failure(400, 2001, 'value is required')
      const type = body.type === 'ulid' ? 'ulid' : 'uuid'
      const [, version] = UUID.exec(value) ?? []
      const isValid = type === 'ulid' ? /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i.test(value) : version !== undefined
      return success(200, 1000, 'Validation complete', [{ data: { isValid, type, version: version === undefined ? null : `v${version}` } }])
    },

    'misc.decryptFile': async ({ body }) => {
      const key = decodeBase64(textOf(body.mediaKey) ?? '')?.bytes
      if (!key || key.length < 32) return failure(400, 2002, 'mediaKey is invalid')
      const bytes = await bytesOf(body.file)
      if (!bytes) return failure(400, 2001, 'file is required')
      // the emulator's files are not encrypted
      return success(200, 1000, 'File decrypted', [
        output(bytes, textOf(body.mimeType) ?? 'application/octet-stream', body.output ?? 'base64'),
      ])
    },

    'misc.decryptPollVote': ({ body }) => {
      const update = isRecord(body.pollUpdateVote) ? body.pollUpdateVote : {}
      if (!isRecord(update.vote)) return failure(400, 2001, 'pollUpdateVote is required')
      const key = isRecord(update.pollCreationMessageKey) ? update.pollCreationMessageKey : {}
      const poll = network.message(textOf(key.id) ?? '')
      if (!poll?.poll) return failure(404, 2004, 'Poll not found')
      const [[voter, chosen] = ['', []]] = [...poll.votes]
      const indexes = chosen.map((option) => poll.poll?.options.indexOf(option) ?? -1)
      const result = {
        messageKey: key,
        pollCreatorJid: toWarestJid(poll.from.jid),
        voterJid: `${voter}@s.whatsapp.net`,
        votedOptionIndexes: indexes,
        votedOptions: chosen,
      }
      return success(200, 1000, 'Poll vote decrypted', [result])
    },

    'misc.validatePhone': ({ body }) => {
      const found = person(body.phone)
      if (!found) return failure(400, 2002, 'phone is invalid')
      const data = {
        exists: found.registered,
        e164: `+${found.phone}`,
        jid: toWarestJid(found.jid),
        lid: found.registered ? `${found.lid}@lid` : null,
        country: found.phone.startsWith('62') ? 'ID' : null,
      }
      return success(200, 1000, 'Phone validation complete', [{ data }])
    },

    'misc.validateJid': ({ body }) => {
      const jid = textOf(body.jid)
      if (jid === undefined) return failure(400, 2001, 'jid is required')
      const type = /@g\.us$/.test(jid) ? 'group' : /@newsletter$/.test(jid) ? 'newsletter' : /@broadcast$/.test(jid) ? 'broadcast' : 'user'
      const exists =
        type === 'group' ? network.groups.find(jid) !== undefined : type === 'user' ? (person(jid)?.registered ?? false) : false
      return success(200, 1000, 'JID validation complete', [{ data: { exists, type } }])
    },

    'misc.resolveJid': ({ body }) => {
      const input = textOf(body.input)
      if (input === undefined) return failure(400, 2001, 'input is required')
      const isLid = input.endsWith('@lid')
      const found = isLid ? network.find(input) : person(input)
      const data = {
        isValid: found !== undefined,
        type: isLid ? 'lid' : 'jid',
        lid: found ? `${found.lid}@lid` : null,
        jid: found ? toWarestJid(found.jid) : null,
        country: found?.phone.startsWith('62') ? 'ID' : null,
      }
      return success(200, 1000, 'Identifier resolved', [{ data }])
    },
  }
}

async function signed(hash: string, key: string, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash }, false, ['sign'])
  return crypto.subtle.sign('HMAC', imported, bytes)
}
