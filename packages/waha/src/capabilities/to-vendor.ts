import { invalidInput, type Media, type PluginContext } from '@wamux/core'
import { openMedia, textInput, toBase64 } from '@wamux/core/verbs'
import { type EngineGateway, partsOf, type SendDifferences } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import type { Sender } from './reconcile.ts'

type Schemas = components['schemas']

/** Connects the engine's verbs to a WAHA server, which takes the session in the path or beside the other fields. */
export function engineOf({ send, clock, eventBus }: PluginContext<WahaConfig>): EngineGateway {
  return {
    gateway: manifest,
    clock,
    eventBus,
    async call(route, session, fields, options) {
      const named = route.path.includes('{session}') ? { session } : inSession(session)
      return (await send(route, partsOf(route, { ...named, ...fields }), options)).data
    },
  }
}

/**
 * The session as a field of a query or body. A session in a path is checked when the path is filled.
 *
 * @throws {GatewayError} `invalid_request`: the session is missing or empty
 */
export function inSession(session: string): { readonly session: string } {
  return { session: textInput(session, 'session') }
}

/**
 * A file as WAHA takes it: an address that it fetches itself, or base64.
 *
 * @param mimetype media type when neither the caller nor the file name tells it
 * @throws {GatewayError} `invalid_request`: the file is missing, malformed or too large
 */
export async function fileOf(media: Media, mimetype: string): Promise<Schemas['File']> {
  const file = await openMedia(media, mimetype)
  const most = manifest.limits?.['message.sendImage']?.maxMediaBytes ?? Number.POSITIVE_INFINITY
  const facts = { mimetype: file.mimetype, ...(file.filename === undefined ? {} : { filename: file.filename }) }
  if (file.kind === 'url') return { ...facts, url: file.url }
  if (file.bytes.length > most) throw invalidInput('file', `is larger than the ${most / 1e6} MB that fit into a request; give it as a url`)
  return { ...facts, data: toBase64(file.bytes) }
}

/** How WAHA's sends take a file. */
export const sends: SendDifferences<{ file: Schemas['File'] }, { convert: boolean }> = {
  async file(media, mimetype) {
    const file = await fileOf(media, mimetype)
    return { fields: { file }, mimetype: file.mimetype }
  },
  video: (convert) => ({ convert }),
}

/** Sends messages whose id can be chosen before; the code for `reconcile` is loaded only when the config asks for it. */
export function senderOf(context: PluginContext<WahaConfig>): Sender {
  if (context.config.idempotency !== 'reconcile') return (_, options, send) => send({}, options)
  return async (place, options, send) => (await import('./reconcile.ts')).sendReconciled(context, place, options, send)
}
