import type { MediaInput, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { errorResponse, invalidField, pageOf, toIsoString } from './request-context.ts'
import { fileIdOf } from './serialize.ts'

/** A file of the store. */
export interface StoredFile {
  readonly id: string
  readonly media: StoredMedia
  readonly sha2: string
  readonly format: string
  readonly origin: 'remote' | 'upload'
  readonly createdAt: number
}

/** Files that wait to be sent. */
export interface FileStore {
  get(id: string): StoredFile | undefined
  readonly handlers: Record<string, Handler>
}

export function createFileStore(state: State, user: string): FileStore {
  const { network, files, clock } = state
  const stored = state.memory.part('sparkbot/files', () => new Map<string, StoredFile>())

  function describe({ id, media, sha2, format, origin, createdAt }: StoredFile): Record<string, unknown> {
    const [kind = ''] = media.mimetype.split('/')
    return {
      id,
      user,
      status: 'active',
      origin,
      format,
      sha2,
      filename: media.filename ?? id,
      size: media.size,
      mime: media.mimetype,
      kind: ['image', 'video', 'audio'].includes(kind) ? kind : 'document',
      ext: media.filename?.split('.').at(-1) ?? 'bin',
      createdAt: toIsoString(createdAt),
    }
  }

  async function upload({ form, body, query }: Call): Promise<Answer> {
    const given = form?.get('file')
    const url = textOf(body.url)
    if (!(given instanceof File) && url === undefined) return invalidField('url', 'is required')
    const found = given instanceof File ? await inputOf(given) : await files.fetch(url ?? '')
    if (!found) return errorResponse(400, 'The file could not be got', 'error:generic')
    const sha2 = await hashOf(found.bytes)
    const same = [...stored.values()].find((one) => one.sha2 === sha2)
    if (same) return errorResponse(409, 'This file exists already', 'error:generic', { file: same.id })
    const media = network.media.add({ ...found, filename: textOf(body.filename) ?? found.filename })
    const file: StoredFile = {
      id: fileIdOf(media),
      media,
      sha2,
      format: textOf(body.format) ?? 'native',
      origin: given instanceof File ? 'upload' : 'remote',
      createdAt: clock.now(),
    }
    stored.set(file.id, file)
    return json(201, [{ ...describe(file), reference: textOf(query.get('reference')) ?? null }])
  }

  const withFile = (act: (file: StoredFile) => Answer): Handler => {
    return ({ params }) => {
      const file = stored.get(params.fileId ?? '')
      return file ? act(file) : errorResponse(404, `There is no file ${params.fileId}`)
    }
  }

  return {
    get: (id) => stored.get(id),

    handlers: {
      'files.list': ({ query }) => json(200, pageOf([...stored.values()], query).map(describe)),
      'files.upload': upload,
      'files.get': withFile((file) => json(200, describe(file))),

      'files.download': withFile(({ media }) => {
        const bytes = network.media.bytes(media.id)
        return bytes ? content(200, media.mimetype, bytes) : errorResponse(410, 'The file has expired')
      }),

      'files.delete': withFile((file) => {
        stored.delete(file.id)
        return json(200, { ...describe(file), status: 'removed' })
      }),
    },
  }
}

async function inputOf(file: File): Promise<MediaInput> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { bytes, mimetype: file.type === '' ? 'application/octet-stream' : file.type, filename: file.name }
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
