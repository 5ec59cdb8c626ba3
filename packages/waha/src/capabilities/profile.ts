import { invalidInput, type PluginContext, type ProfileVerbs, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { jidOf, omitUndefined, textOf } from '@wamux/core/engine'
import { textInput } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { fileOf } from './send.ts'

type Schemas = components['schemas']

export interface WahaProfile
  extends TypedVerbs<
    ProfileVerbs,
    { get: Schemas['Profile']; setName: Schemas['Success']; setAbout: Schemas['Success']; setPicture: Schemas['Success'] }
  > {}

/** The profile verbs of WAHA. Its profile does not tell the text about oneself. */
export function profileVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaProfile> {
  return {
    async get({ session }, options) {
      const { data } = await send(routes.profileGet, { path: { session } }, options)
      const facts = { session, id: jidOf(data?.id), name: textOf(data?.name), pictureUrl: textOf(data?.picture) }
      return { ...omitUndefined(facts), raw: data }
    },

    async setName({ session, name }, options) {
      const { data } = await send(routes.profileSetName, { path: { session }, body: { name: textInput(name, 'name') } }, options)
      return { session, done: true, raw: data }
    },

    async setAbout({ session, about }, options) {
      if (typeof about !== 'string') throw invalidInput('about', 'required, expected text')
      const { data } = await send(routes.profileSetAbout, { path: { session }, body: { status: about } }, options)
      return { session, done: true, raw: data }
    },

    async setPicture({ session, file }, options) {
      const body = { file: await fileOf(file, 'image/jpeg') }
      const { data } = await send(routes.profileSetPicture, { path: { session }, body }, options)
      return { session, done: true, raw: data }
    },
  }
}
