import { decodeBase64 } from '../../files/files.ts'
import { base64, qrPng, qrSvg } from '../../files/qr.ts'
import { HEX } from '../../ids.ts'
import type { Account, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import type { Answer } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { keyOf } from './owner.ts'
import { failure, inputOf, success, toWarestJid } from './serialize.ts'

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
/** Countries by the first digits of a number: as many as the server knows and tests need. */
const COUNTRIES: Readonly<Record<string, string>> = {
  1: 'CA',
  33: 'FR',
  44: 'GB',
  49: 'DE',
  52: 'MX',
  55: 'BR',
  60: 'MY',
  62: 'ID',
  65: 'SG',
  91: 'IN',
}

/**
 * The server's tools: QR codes, hashes, ids, files and checks of numbers. Pictures are passed on as they are.
 *
 * @param adminKey the key of the user whose sessions have no owner of their own
 */
export function toolHandlers(state: State, adminKey: string): Record<string, Handler> {
  const { network, files, clock, ids } = state

  /**
   * Bytes of a data URI, an address, base64 or a text, as the real server reads them.
   *
   * @param asBase64 reads every other text as base64; else only one of 16 characters or more that looks like it
   */
  async function bytesOf(value: unknown, asBase64: boolean): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const text = textOf(value)?.trim()
    if (!text) return undefined
    if (/^https?:/i.test(text)) return (await files.fetch(text))?.bytes
    if (/^data:/i.test(text)) return decodeBase64(text)?.bytes
    const looksEncoded = text.length >= 16 && /^[A-Za-z0-9+/=\r\n]+$/.test(text)
    if (!asBase64 && !looksEncoded) return new TextEncoder().encode(text)
    // like Buffer.from(text, 'base64'): what is left over after whole groups is dropped
    const letters = text.replace(/[^A-Za-z0-9+/]/g, '')
    return decodeBase64(letters.length % 4 === 1 ? letters.slice(0, -1) : letters)?.bytes ?? new TextEncoder().encode(text)
  }

  /** A file in the server's storage; a temporary one is gone after five minutes. */
  function storedFile(
    media: StoredMedia,
    ending: string,
    mode: string,
    temporary: boolean,
  ): { readonly data: string; readonly meta: Fields } {
    const day = new Date(clock.now()).toISOString().slice(0, 10)
    const key = `misc/${temporary ? 'temp/' : ''}${day}/${media.id}.${ending}`
    const url = mode === 'url' ? `/storages/${key}` : null
    const kept = temporary ? { temporary: true } : {}
    const until = temporary ? { expiresAt: new Date(clock.now() + STORED_MS).toISOString() } : {}
    return { data: url ?? key, meta: { mode, mimeType: media.mimetype, size: media.size, ...kept, key, url, ...until } }
  }

  /** Bytes in the form that `output` asks for. */
  function output(bytes: Uint8Array<ArrayBuffer>, mimetype: string, wanted: string, ending: string): { data: string; meta: Fields } {
    const mode = wanted.toLowerCase()
    if (mode === 'url' || mode === 'file') return storedFile(network.media.add({ bytes, mimetype }), ending, mode, false)
    const meta = { mode, mimeType: mimetype, size: bytes.length }
    if (mode === 'dataurl') return { data: `data:${mimetype};base64,${base64(bytes)}`, meta }
    if (mode === 'string') return { data: new TextDecoder().decode(bytes), meta }
    return { data: base64(bytes), meta }
  }

  /** `undefined` for an algorithm that is not known. */
  async function digest(fields: Fields, bytes: Uint8Array<ArrayBuffer>, key: string | undefined): Promise<string | undefined> {
    const name = (textOf(fields.algo) ?? textOf(fields.algorithm) ?? 'sha256').toLowerCase()
    const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
    if (algorithm === undefined) return undefined
    const hash = new Uint8Array(key === undefined ? await crypto.subtle.digest(algorithm, bytes) : await signed(algorithm, key, bytes))
    return fields.output === 'base64' ? base64(hash) : [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  }

  function uuidOf(version: string, of?: string): string {
    if (version === 'nil') return '00000000-0000-0000-0000-000000000000'
    const known = /^v[1345]$/.test(version) ? version : 'v4'
    const hex = of === undefined ? ids.next('warest/uuid', 32, HEX) : ids.of(`warest/uuid/${known}/${of}`, 32, HEX)
    const parts = [hex.slice(0, 8), hex.slice(8, 12), `${known.slice(1)}${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20)]
    return parts.join('-')
  }

  /** Refuses a call whose session the user does not have or that is not open; without a session any open one serves. */
  function sessionProblem(call: Call, autoPick: boolean): Answer | undefined {
    const fields = inputOf(call)
    const id = textOf(fields.sessionId) ?? textOf(fields.session) ?? textOf(fields.sid)
    const own = state
      .sessions('warest')
      .list()
      .filter(({ settings }) => (settings.owner ?? adminKey) === keyOf(call))
    if (id !== undefined) {
      if (!/^[\w.-]{1,64}$/.test(id)) return failure(400, 2002, 'sessionId is invalid')
      const session = own.find((one) => one.id === id)
      if (!session) return failure(404, 1101, 'Session not found')
      return session.phase === 'connected' ? undefined : failure(409, 1106, 'Session is not ready')
    }
    const open = own.filter(({ phase }) => phase === 'connected')
    const digits = (textOf(fields.sessionPhone) ?? '').replace(/\D+/g, '')
    if (digits !== '')
      return open.some(({ account }) => account?.phone === digits) ? undefined : failure(404, 1101, 'Matching session not found')
    if (!autoPick) return failure(400, 2001, 'Provide sessionId or sessionPhone')
    return open.length > 0 ? undefined : failure(404, 1101, 'No active session available')
  }

  const personAt = (jid: string): Account | undefined => {
    const [, digits] = /^(\d{5,20})@s\.whatsapp\.net$/.exec(jid) ?? []
    return digits === undefined ? undefined : network.account(digits)
  }

  return {
    'misc.stringToQr': ({ params, body, query }) => {
      const target = (params.target ?? '').trim().toLowerCase()
      const text = textOf(body.string) ?? textOf(query.get('string'))
      if (text === undefined) return failure(400, 2001, 'string is required')
      const type = Object.hasOwn(QR_TYPES, target) ? QR_TYPES[target] : undefined
      if (target !== 'base64' && type === undefined) return failure(400, 2002, `Unsupported target format; use ${TARGETS}`)
      if (type === undefined) {
        const data = `data:image/png;base64,${base64(qrPng(text))}`
        const result = { data, meta: { mode: 'dataurl', mimeType: 'image/png', format: 'png' } }
        return success(200, 1000, 'String converted to QR-friendly PNG (base64 data URI)', [result])
      }
      const format = target === 'jpg' ? 'jpeg' : target
      const bytes = target === 'svg' ? new TextEncoder().encode(qrSvg(text)) : qrPng(text)
      const stored = storedFile(network.media.add({ bytes, mimetype: type }), format === 'jpeg' ? 'jpg' : format, 'url', true)
      return success(200, 1000, `String converted to QR-friendly ${format.toUpperCase()} format`, [stored])
    },

    'misc.base64': async ({ body }) => {
      const action = (textOf(body.action) ?? 'encode').toLowerCase()
      const input = inputIn(body)
      if (input === undefined) return failure(400, 2001, 'input is required')
      if (action !== 'encode' && action !== 'decode') return failure(400, 2002, 'action must be encode or decode')
      const bytes = await bytesOf(input, action === 'decode')
      if (!bytes) return failure(500, 8000, 'input is required')
      if (action === 'encode') return success(200, 1000, 'Encoded to base64', [{ data: base64(bytes) }])
      const decoded = output(bytes, 'application/octet-stream', textOf(body.output) ?? 'string', 'bin')
      return success(200, 1000, 'Decoded from base64', [decoded])
    },

    'misc.hash': async ({ body }) => {
      const bytes = await bytesOf(inputIn(body), true)
      if (!bytes) return failure(400, 2001, 'input is required')
      const data = await digest(body, bytes, undefined)
      return data === undefined ? failure(400, 2002, 'Unsupported hash algorithm') : success(200, 1000, 'Hash generated', [{ data }])
    },

    'misc.hmac': async ({ body }) => {
      const key = textOf(body.key) ?? textOf(body.secret)
      const bytes = await bytesOf(inputIn(body), true)
      if (key === undefined || !bytes) return failure(400, 2001, 'input and key are required')
      const data = await digest(body, bytes, key)
      return data === undefined ? failure(400, 2002, 'Unsupported HMAC algorithm') : success(200, 1000, 'HMAC generated', [{ data }])
    },

    'misc.thumbnail': async ({ body }) => {
      if (fileIn(body) === undefined) return failure(400, 2001, 'file is required')
      const type = (textOf(body.type) ?? '').toLowerCase()
      if (type !== 'image' && type !== 'video') return failure(400, 2002, 'type must be image or video')
      const bytes = await bytesOf(fileIn(body), true)
      if (!bytes) return failure(500, 8000, 'file is required')
      const made = output(bytes, 'image/jpeg', textOf(body.output) ?? 'base64', 'jpg')
      const count = type === 'video' ? clamp(body.count, 1, 6, 3) : 1
      const thumbnails = Array.from({ length: count }, () => ({ thumbnail: made.data, meta: made.meta }))
      return success(200, 1000, 'Thumbnails generated', [{ data: thumbnails }])
    },

    'misc.processImage': async ({ body }) => {
      if (fileIn(body) === undefined) return failure(400, 2001, 'file is required')
      const bytes = await bytesOf(fileIn(body), true)
      if (!bytes) return failure(500, 8000, 'file is required')
      const actions = isRecord(body.actions) ? body.actions : {}
      const [resize, compress] = [actions.resize, actions.compress].map((one) => (isRecord(one) ? one : {}))
      const asked = String(actions.convert ?? '').toLowerCase()
      const known = ['png', 'jpg', 'jpeg', 'webp'].includes(asked) ? asked : 'png'
      const format = known === 'jpeg' ? 'jpg' : known
      const made = output(bytes, format === 'jpg' ? 'image/jpeg' : `image/${format}`, textOf(body.output) ?? 'base64', format)
      const sides = [resize?.width, resize?.height]
      const [width, height] = sides.map((side) => (typeof side === 'number' ? side : 1))
      const actionsPerformed = {
        converted: asked !== '',
        resized: sides.some((side) => typeof side === 'number'),
        compressed: typeof compress?.quality === 'number',
      }
      const details = { format, width, height, size: bytes.length }
      const createdAt = new Date(clock.now()).toISOString()
      return success(200, 1000, 'Image processed', [{ data: made.data, details, actionsPerformed, createdAt, meta: made.meta }])
    },

    'misc.generateUuid': ({ body }) => {
      const count = clamp(body.count, 1, 100, 1)
      const version = (textOf(body.version) ?? 'v4').toLowerCase()
      const isUlid = (textOf(body.type) ?? 'uuid').toLowerCase() === 'ulid'
      const named = version === 'v3' || version === 'v5'
      if (!isUlid && named && (textOf(body.namespace) === undefined || textOf(body.name) === undefined)) {
        return failure(400, 2002, `namespace and name required for ${version}`)
      }
      if (!isUlid && named && !UUID.test(textOf(body.namespace) ?? '')) return failure(400, 2002, 'Invalid UUID')
      const format = textOf(body.format)
      const next = () => {
        if (!isUlid) return uuidOf(version, named ? `${body.namespace}/${body.name}` : undefined)
        const letters = [...ids.next('warest/ulid', 26, ULID)]
        return format === undefined ? letters.join('') : format.replace(/x/gi, () => letters.shift() ?? '')
      }
      return success(200, 1000, 'Identifiers generated', [{ data: Array.from({ length: count }, next) }])
    },

    'misc.validateUuid': ({ body }) => {
      const value = textOf(body.value)?.trim()
      if (!value) return failure(400, 2001, 'value is required')
      if ((textOf(body.type) ?? 'uuid').toLowerCase() === 'ulid') {
        const isValid = /^[0-9A-HJKMNP-TV-Z]{26}$/i.test(value)
        return success(200, 1000, 'Validation complete', [{ data: { isValid, type: 'ulid', version: null } }])
      }
      const isNil = /^[0-]{36}$/.test(value) && UUID.test(value)
      const digit = UUID.exec(value)?.[1]
      const isValid = isNil || (digit !== undefined && /[1-8]/.test(digit))
      return success(200, 1000, 'Validation complete', [{ data: { isValid, type: 'uuid', version: isValid ? `v${digit}` : null } }])
    },

    'misc.decryptFile': async ({ body }) => {
      const mediaKey = textOf(body.mediaKey) ?? textOf(body.media_key)
      if (mediaKey === undefined) return failure(400, 2001, 'mediaKey is required')
      const file = body.file ?? body.data ?? body.encrypted ?? body.blob
      if (!file) return failure(400, 2001, 'Encrypted file is required')
      if ((decodeBase64(mediaKey)?.bytes.length ?? 0) < 32) return failure(400, 2002, 'mediaKey is invalid')
      const bytes = await bytesOf(file, true)
      if (!bytes || bytes.length <= 10) return failure(400, 2002, 'Encrypted payload is too small')
      const type = textOf(body.mimeType) ?? textOf(body.mimetype) ?? 'application/octet-stream'
      // the emulator's files are not encrypted
      return success(200, 1000, 'File decrypted', [output(bytes, type, textOf(body.output) ?? 'base64', type.split('/')[1] ?? 'bin')])
    },

    'misc.decryptPollVote': (call) => {
      const update = isRecord(call.body.pollUpdateVote) ? call.body.pollUpdateVote : {}
      if (!isRecord(update.vote)) return failure(400, 2001, 'pollUpdateVote is required')
      const { encPayload, encIv } = update.vote
      if (!encPayload || !encIv) return failure(400, 2002, 'encPayload and encIv are required')
      const key = [update.pollCreationMessageKey, update.pollMessageKey].find(isRecord) ?? {}
      const id = textOf(key.id) ?? textOf(call.body.pollMsgId)
      if (id === undefined) return failure(400, 2002, 'poll message id is required')
      const problem = sessionProblem(call, false)
      if (problem) return problem
      const poll = network.message(id)
      if (!poll?.poll) return failure(400, 2002, 'pollEncKey is required')
      const { question, options, multiple } = poll.poll
      const [[voter, chosen] = ['', []]] = [...poll.votes]
      const result = {
        messageKey: { ...key, id },
        pollCreatorJid: toWarestJid(poll.from.jid),
        voterJid: `${voter}@s.whatsapp.net`,
        votedOptionIndexes: chosen.map((option) => options.indexOf(option)),
        votedOptionNames: chosen,
        pollTitle: question,
        selectableOptionsCount: multiple ? options.length : 1,
        pollOptions: options.map((name, index) => ({ index, name })),
      }
      return success(200, 1000, 'Poll vote decrypted', [result])
    },

    'misc.validatePhone': (call) => {
      const { phone, number, country, region } = inputOf(call)
      const given = textOf(phone) ?? textOf(number)
      if (given === undefined) return failure(400, 2001, 'phone is required')
      const digits = phoneDigits(given, textOf(country) ?? textOf(region))
      if (digits === '') return failure(400, 2002, 'Invalid phone number')
      const problem = sessionProblem(call, true)
      if (problem) return problem
      const jid = `${digits}@s.whatsapp.net`
      const found = personAt(jid)
      const exists = found?.registered ?? false
      const data = { exists, e164: `+${digits}`, jid, lid: exists ? `${found?.lid}@lid` : null, country: countryOf(digits) }
      return success(200, 1000, 'Phone validation complete', [{ data }])
    },

    'misc.validateJid': (call) => {
      const { jid, id, target } = inputOf(call)
      const given = textOf(jid) ?? textOf(id) ?? textOf(target)
      if (given === undefined) return failure(400, 2001, 'jid is required')
      const problem = sessionProblem(call, true)
      if (problem) return problem
      const wanted = userJid(given)
      const type = JID_TYPES.find(([ending]) => wanted.toLowerCase().endsWith(ending))?.[1] ?? 'user'
      const exists =
        type === 'group'
          ? network.groups.find(wanted) !== undefined
          : type === 'broadcast'
            ? wanted.toLowerCase() === 'status@broadcast'
            : type === 'user' && (personAt(wanted)?.registered ?? false)
      return success(200, 1000, 'JID validation complete', [{ data: { exists, type } }])
    },

    'misc.resolveJid': (call) => {
      const { input, value, id } = inputOf(call)
      const given = (textOf(input) ?? textOf(value) ?? textOf(id))?.trim()
      if (!given) return failure(400, 2001, 'input is required')
      const problem = sessionProblem(call, true)
      if (problem) return problem
      const isLid = given.endsWith('@lid')
      const digits = given.includes('@') ? '' : phoneDigits(given)
      const jid = isLid ? jidOfLid(given) : given.includes('@') ? userJid(given) : digits === '' ? null : `${digits}@s.whatsapp.net`
      const isValid = isLid || jid !== null
      const type = isValid ? (isLid ? 'lid' : 'jid') : 'invalid'
      // the server knows the hidden ids of stored contacts only, and the emulator's store has none of them
      const data = { isValid, type, lid: isLid ? given : null, jid, country: jid === null ? null : countryOf(jid) }
      return success(200, 1000, 'Identifier resolved', [{ data }])
    },
  }

  function jidOfLid(lid: string): string | null {
    const found = network.find(lid)
    return found ? toWarestJid(found.jid) : null
  }
}

const JID_TYPES: readonly (readonly [string, string])[] = [
  ['@s.whatsapp.net', 'user'],
  ['@g.us', 'group'],
  ['@broadcast', 'broadcast'],
  ['@newsletter', 'newsletter'],
  ['@lid', 'lid'],
]

function inputIn({ input, data, file, source }: Fields): unknown {
  return input || data || file || source || undefined
}

function fileIn({ file, data, url, source }: Fields): unknown {
  return file || data || url || source || undefined
}

function clamp(value: unknown, least: number, most: number, otherwise: number): number {
  const number = Number(value ?? otherwise)
  return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : otherwise
}

/** Digits with a country's code: the server adds 62 to what begins with 0 and to short numbers that do not begin with it. */
function phoneDigits(value: string, country?: string): string {
  const digits = value.replace(/\D+/g, '').replace(/^00/, '')
  if (digits === '') return ''
  const known = Object.entries(COUNTRIES).find(([, name]) => name === country?.toUpperCase())?.[0]
  const code = /^\+?\d{1,4}$/.test(country ?? '') ? (country ?? '').replace(/\D+/g, '') : (known ?? '62')
  if (digits.startsWith('0')) return `${code}${digits.replace(/^0+/, '')}`
  return !digits.startsWith(code) && digits.length <= 12 ? `${code}${digits}` : digits
}

function countryOf(digits: string): string | null {
  for (const length of [4, 3, 2, 1]) {
    const code = digits.slice(0, length)
    const name = Object.hasOwn(COUNTRIES, code) ? COUNTRIES[code] : undefined
    if (name !== undefined) return name
  }
  return null
}

/** A JID of a person as the server writes it; other JIDs stay as they are, and a text with digits is read as a number. */
function userJid(value: string): string {
  const text = value.trim()
  const bare = (jid: string) => jid.replace(/:[^:@]+(?=@)/, '')
  if (/@(s\.whatsapp\.net|c\.us)$/.test(text)) return bare(toWarestJid(text.toLowerCase()))
  if (text.endsWith('@lid')) return text
  const digits = text.replace(/\D+/g, '')
  return digits === '' ? bare(text) : `${digits}@s.whatsapp.net`
}

async function signed(hash: string, key: string, bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const imported = await crypto.subtle.importKey('raw', new TextEncoder().encode(key), { name: 'HMAC', hash }, false, ['sign'])
  return crypto.subtle.sign('HMAC', imported, bytes)
}
