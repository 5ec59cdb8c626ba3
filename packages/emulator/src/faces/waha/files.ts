import { NetworkError } from '../../errors.ts'
import { decodeBase64 } from '../../files/files.ts'
import type { StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, content } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { createConnectedHandlers } from './request-context.ts'
import { nestError } from './serialize.ts'

/**
 * The file of a call, given by address or as base64.
 *
 * @param mimetype used when neither call nor file names one
 */
export async function fileIn(state: State, { body }: Call, mimetype: string, converted?: string): Promise<StoredMedia> {
  const file = isRecord(body.file) ? body.file : {}
  const type = textOf(file.mimetype) ?? mimetype
  const url = textOf(file.url)
  const read = url === undefined ? decodeBase64(textOf(file.data) ?? '') : await state.files.fetch(url, type)
  if (!read || read.bytes.length === 0) throw new NetworkError('invalid', 'there is no file')
  return state.network.media.add({ bytes: read.bytes, mimetype: converted ?? type, filename: textOf(file.filename) })
}

/** Serves stored media of messages. The OpenAPI document has no operation for it. */
export function serveFile({ network }: State, path: string): Answer | undefined {
  const [, id] = /^\/api\/files\/[^/]+\/([^/.]+)\.[^/.]+$/.exec(path) ?? []
  const [media, bytes] = id === undefined ? [] : [network.media.get(id), network.media.bytes(id)]
  return media && bytes ? content(200, media.mimetype, bytes) : undefined
}

/** Conversion of files. The emulator changes the media type and leaves the bytes as they are. */
export function mediaHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)

  const convert = (mimetype: string): Handler =>
    whenConnected(async ({ call }) => {
      const { url, data } = call.body
      if (textOf(url) === undefined && textOf(data) === undefined) {
        return nestError(422, 'Unprocessable Entity', 'Either "url" or "data" must be specified.')
      }
      const media = await fileIn(state, { ...call, body: { file: { url, data } } }, mimetype)
      const bytes = state.network.media.bytes(media.id)
      if (!bytes) throw new NetworkError('invalid', 'there is no file')
      return content(200, mimetype, bytes)
    })

  return { 'media.convertVoice': convert('audio/ogg'), 'media.convertVideo': convert('video/mp4') }
}
