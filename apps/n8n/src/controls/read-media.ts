import type { MediaRule } from '../overlay/overlay.ts'
import type { Placed } from './control.ts'
import { invalid } from './invalid-parameter.ts'
import { mimeTypeOf } from './mime-types.ts'

/** Reads binary data of the item that is being worked on. */
export interface BinaryReader {
  read(field: string): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly mimeType: string; readonly fileName?: string }>
}

/** What a person said about one file, whichever way it is laid out. */
export interface GivenFile {
  readonly source: string
  readonly binaryField?: unknown
  readonly url?: unknown
  readonly base64?: unknown
  readonly fileId?: unknown
  readonly fileName?: unknown
  readonly mimeType?: unknown
}

interface ReadFile {
  readonly url?: string
  readonly base64?: string
  readonly bytes?: Uint8Array<ArrayBuffer>
  readonly id?: string
  readonly fileName?: string
  readonly mimeType?: string
}

/** The value that the gateway takes for a file. @throws InvalidParameter when there is none */
export async function readMedia(placed: Placed, rule: MediaRule, given: GivenFile, binary: BinaryReader): Promise<unknown> {
  if (!rule.many) return gatewayValue(rule, await readOne(placed, given, binary))
  const fields = textsOf(given.source === 'binary' ? given.binaryField : given.source === 'url' ? given.url : given.base64)
  if (fields.length === 0) throw invalid(placed, 'at least one file is needed')
  const name = given.source === 'binary' ? 'binaryField' : given.source
  return Promise.all(fields.map(async (field) => gatewayValue(rule, await readOne(placed, { ...given, [name]: field }, binary))))
}

async function readOne(placed: Placed, given: GivenFile, binary: BinaryReader): Promise<ReadFile> {
  const said = { ...optional('fileName', given.fileName), ...optional('mimeType', given.mimeType) }
  switch (given.source) {
    case 'binary': {
      const { bytes, mimeType, fileName } = await binary.read(needed(placed, given.binaryField, 'the name of a binary field'))
      return { bytes, mimeType, ...(fileName ? { fileName } : {}), ...said }
    }
    case 'url': {
      const url = needed(placed, given.url, 'an address')
      if (!/^https?:\/\//i.test(url)) throw invalid(placed, 'an address has to begin with http:// or https://')
      return { url, ...optional('mimeType', mimeTypeOf(url)), ...said }
    }
    case 'base64': {
      const text = needed(placed, given.base64, 'the content as base64 text')
      const [, mimeType, content = ''] = /^data:([^,]*?)(?:;base64)?,(.*)$/s.exec(text) ?? [undefined, undefined, text]
      const base64 = content.replace(/\s/g, '')
      if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) throw invalid(placed, 'this is no base64 text')
      return { base64, ...optional('mimeType', mimeType), ...said }
    }
    case 'id':
      return { id: needed(placed, given.fileId, 'the ID of an uploaded file') }
    default:
      throw invalid(placed, 'choose where the file comes from')
  }
}

function gatewayValue(rule: MediaRule, file: ReadFile): unknown {
  const { url, bytes, id, fileName } = file
  const base64 = file.base64 ?? (bytes && Buffer.from(bytes).toString('base64'))
  const mimeType = file.mimeType ?? rule.mimeType ?? 'application/octet-stream'
  switch (rule.style) {
    case 'object':
      return {
        ...(url === undefined ? { data: base64 } : { url }),
        mimetype: mimeType,
        ...(fileName === undefined ? {} : { filename: fileName }),
      }
    case 'bare':
    case 'flat':
      return url === undefined ? { data: base64 } : { url }
    case 'reference':
      return id === undefined ? { url } : { file: id }
    case 'text':
      return url ?? `data:${mimeType};base64,${base64}`
    case 'form':
      // bytes make the body a form, which takes the name and type of the file along
      if (bytes) return new File([bytes], fileName ?? 'file', { type: mimeType })
      return url ?? (file.mimeType === undefined ? base64 : `data:${mimeType};base64,${base64}`)
  }
}

function needed(placed: Placed, value: unknown, what: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim()
  throw invalid(placed, `${what} is needed`)
}

function textsOf(value: unknown): string[] {
  const all = typeof value === 'string' ? value.split(',') : Array.isArray(value) ? value.flat() : []
  return all.map((one) => String(one).trim()).filter((one) => one !== '')
}

function optional<Name extends string>(name: Name, value: unknown): { [K in Name]?: string } {
  return (typeof value === 'string' && value !== '' ? { [name]: value } : {}) as { [K in Name]?: string }
}
