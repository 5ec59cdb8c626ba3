import { NetworkError } from '../../errors.ts'
import { decodeBase64 } from '../../files/files.ts'
import type { StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import type { Call } from '../handler.ts'
import { content, isRecord, textOf } from '../http.ts'

/** The file of a call, given by address or as base64. @param mimetype used when neither call nor file names one */
export async function fileIn(state: State, { body }: Call, mimetype: string, converted?: string): Promise<StoredMedia> {
  const file = isRecord(body.file) ? body.file : {}
  const type = textOf(file.mimetype) ?? mimetype
  const url = textOf(file.url)
  const read = url === undefined ? decodeBase64(textOf(file.data) ?? '') : await state.files.fetch(url, type)
  if (!read || read.bytes.length === 0) throw new NetworkError('invalid', 'there is no file')
  return state.network.media.add({ bytes: read.bytes, mimetype: converted ?? type, filename: textOf(file.filename) })
}

/** Serves stored media of messages. The OpenAPI document has no operation for it. */
export function serveFile({ network }: State, path: string): Response | undefined {
  const [, id] = /^\/api\/files\/[^/]+\/([^/.]+)\.[^/.]+$/.exec(path) ?? []
  const [media, bytes] = id === undefined ? [] : [network.media.get(id), network.media.bytes(id)]
  return media && bytes ? content(200, media.mimetype, bytes) : undefined
}
