import type { Item, Json } from '../engine/n8n-types.ts'

/** Where a file comes from in the editor. */
export const SOURCES = ['binary', 'url', 'base64', 'id'] as const
export type Source = (typeof SOURCES)[number]

const BYTES = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0xff, 0x10, 0x42])
const ADDRESS = 'https://example.com/files/picture.png'
const FILE_ID = '507f1f77bcf86cd799439011'

/** The input field that holds the file, in the items that the harness feeds. */
export const BINARY_FIELD = 'data'

/** What an item with a file carries. */
export const BINARY: NonNullable<Item['binary']> = {
  [BINARY_FIELD]: { data: BYTES.toString('base64'), mimeType: 'image/png', fileName: 'picture.png' },
}

/** Parameters of a file, and what has to arrive of it, whichever form the gateway takes it in. */
export function fillFile(name: string, source: Source, many: boolean): Json {
  const list = (value: string) => (many ? [value] : value)
  switch (source) {
    case 'binary':
      return { [`${name}BinaryField`]: BINARY_FIELD }
    case 'url':
      return { [`${name}Url`]: list(ADDRESS) }
    case 'base64':
      return { [`${name}Base64`]: list(BYTES.toString('base64')) }
    case 'id':
      return { [`${name}FileId`]: FILE_ID }
  }
}

/** Stands in an expected request in the place of a file. */
export class ExpectedFile {
  readonly source: Source

  constructor(source: Source) {
    this.source = source
  }

  /** Whether what arrived is this file: an address, base64, a data URI, bytes, an id, or an object around one of these. */
  isIn(arrived: unknown): boolean {
    if (Array.isArray(arrived)) return arrived.length === 1 && this.isIn(arrived[0])
    if (arrived instanceof Uint8Array) return this.source === 'binary' && BYTES.equals(arrived)
    if (typeof arrived === 'string') return this.#isText(arrived)
    if (typeof arrived !== 'object' || arrived === null) return false
    const { url, data, file, mimetype, filename } = arrived as Record<string, unknown>
    const named = this.source !== 'binary' || mimetype === undefined || (mimetype === 'image/png' && filename === 'picture.png')
    return named && [url, data, file].filter((one) => one !== undefined).length === 1 && this.isIn(url ?? data ?? file)
  }

  #isText(text: string): boolean {
    if (this.source === 'url') return text === ADDRESS
    if (this.source === 'id') return text === FILE_ID
    return text.replace(/^data:[^,]*;base64,/, '') === BYTES.toString('base64')
  }
}
