import type { PluginContext, ProfileVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { acknowledged, omitUndefined, textOf } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { jidOfDigits, resultOf } from './from-vendor.ts'
import { pictureOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The profile verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#limits-of-the-server
 */
export interface WarestProfile
  extends TypedVerbs<ProfileVerbs, { get: Schemas['ProfileInfoAnswer']; setPicture: Schemas['ProfilePictureAnswer'] }> {}

/** The profile verbs of WARest. It cannot change name or about text. */
export function profileVerbs({ send }: PluginContext<WarestConfig>): VerbImplementations<WarestProfile> {
  return {
    async get({ session }, options) {
      const { data } = await send(routes.profileGetInfo, { query: { sessionId: textInput(session, 'session') } }, options)
      const { phone, pushName, about, profilePicture } = resultOf(data)
      const facts = omitUndefined({
        id: jidOfDigits(phone),
        name: textOf(pushName),
        about: textOf(about),
        pictureUrl: textOf(profilePicture?.url),
      })
      return { session, ...facts, raw: data }
    },

    async setPicture({ session, file }, options) {
      const body = { sessionId: textInput(session, 'session'), picture: await pictureOf(file) }
      const { data } = await send(routes.profileSetPicture, { body }, options)
      return acknowledged(session, data)
    },
  }
}
