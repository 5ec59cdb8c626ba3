import { invalidInput, type PluginContext, type ProfileVerbs, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { jidOf, omitUndefined, textOf } from '@wamux/core/engine'
import { textInput } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { filesFor } from './send.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpProfile
  extends TypedVerbs<
    ProfileVerbs,
    { get: Schemas['Profile']; setName: Schemas['Outcome']; setAbout: Schemas['Outcome']; setPicture: Schemas['Outcome'] }
  > {}

/** The profile verbs of Wawp. Its profile does not tell the text about oneself. */
export function profileVerbs({ config, send }: PluginContext<WawpConfig>): VerbImplementations<WawpProfile> {
  const forInstance = instanceCalls(send)
  const files = filesFor(config)

  return {
    async get({ session }, options) {
      const { data } = await forInstance(routes.profileGet, session, {}, options)
      return omitUndefined({ session, id: jidOf(data?.id), name: textOf(data?.name), pictureUrl: textOf(data?.picture), raw: data })
    },

    async setName({ session, name }, options) {
      const { data } = await forInstance(routes.profileSetName, session, { body: { name: textInput(name, 'name') } }, options)
      return { session, done: true, raw: data }
    },

    async setAbout({ session, about }, options) {
      if (typeof about !== 'string') throw invalidInput('about', 'required, expected text')
      const { data } = await forInstance(routes.profileSetAbout, session, { body: { status: about } }, options)
      return { session, done: true, raw: data }
    },

    async setPicture({ session, file }, options) {
      const { data } = await forInstance(routes.profileSetPicture, session, { body: await files.fields(file, 'image/jpeg') }, options)
      return { session, done: true, raw: data }
    },
  }
}
