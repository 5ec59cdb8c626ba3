import type { Media, ProfileVerbs, VerbImplementations } from '@wamux/core'
import { invalidInput } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { jidOf, omitUndefined, recordOf, textOf } from '../fields/fields.ts'
import { acknowledged } from '../fields/results.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type Nothing, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

/** What the verbs send. */
interface Sent<Picture> {
  get: Nothing
  setName: { name: string }
  setAbout: { status: string }
  setPicture: Picture
}

export interface ProfileDifferences<Picture> {
  /** The fields that hold a picture. */
  readonly picture: (file: Media) => Promise<Picture>
}

/** The profile verbs. The answer of `get` does not contain the about text. */
export function engineProfileVerbs<Picture extends object, Routes extends RoutesOf<Sent<Picture>>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent<Picture>>,
  { picture }: ProfileDifferences<Picture>,
): EngineVerbs<ProfileVerbs, Routes> {
  const request = requestsOf<Sent<Picture>>(engine, routes)

  const verbs: VerbImplementations<ProfileVerbs> = {
    async get({ session }, options) {
      const raw = await request('get', session, {}, options)
      const { id, name, picture: url } = recordOf(raw) ?? {}
      return { ...omitUndefined({ session, id: jidOf(id), name: textOf(name), pictureUrl: textOf(url) }), raw }
    },

    async setName({ session, name }, options) {
      return acknowledged(session, await request('setName', session, { name: textInput(name, 'name') }, options))
    },

    async setAbout({ session, about }, options) {
      if (typeof about !== 'string') throw invalidInput('about', 'required, expected text')
      return acknowledged(session, await request('setAbout', session, { status: about }, options))
    },

    async setPicture({ session, file }, options) {
      return acknowledged(session, await request('setPicture', session, await picture(file), options))
    },
  }
  return verbs as unknown as EngineVerbs<ProfileVerbs, Routes>
}
