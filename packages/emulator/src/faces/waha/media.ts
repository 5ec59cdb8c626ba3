import { NetworkError } from '../../errors.ts'
import type { State } from '../../state.ts'
import type { Handler } from '../handler.ts'
import { content, textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { createConnectedHandlers } from './request-context.ts'
import { nestError } from './serialize.ts'

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
