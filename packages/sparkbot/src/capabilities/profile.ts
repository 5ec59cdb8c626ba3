import type { PluginContext, ProfileVerbs, Success, TypedVerbs, VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { acknowledged, firstOf, omitUndefined, textOf } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls } from '../generated/schema.ts'
import { fieldsOf, jidOf } from './from-vendor.ts'
import { anyText, deviceOf, pictureField } from './to-vendor.ts'

/**
 * The profile verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see profile.get in openapi/sparkbot.openapi.yaml
 */
export interface SparkbotProfile
  extends TypedVerbs<ProfileVerbs, { get: Success<calls['profile.get']>; setName: unknown; setAbout: unknown; setPicture: unknown }> {}

/** The profile verbs of SparkBot. */
export function profileVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotProfile> {
  return {
    async get({ session }, options) {
      const { data } = await send(routes.profileGet, { path: { deviceId: deviceOf(session) } }, options)
      const fields = fieldsOf(data)
      return {
        ...omitUndefined({
          session,
          id: jidOf(firstOf(fields, 'wid', 'id')),
          name: textOf(fields.name),
          about: textOf(firstOf(fields, 'status', 'info')),
          pictureUrl: textOf(fieldsOf(fields.image).url),
        }),
        raw: data,
      }
    },

    async setName({ session, name }, options) {
      const parts = { path: { deviceId: deviceOf(session) }, body: { name: textInput(name, 'name') } }
      const { data } = await send(routes.profileUpdate, parts, options)
      return acknowledged(session, data)
    },

    async setAbout({ session, about }, options) {
      const parts = { path: { deviceId: deviceOf(session) }, body: { status: anyText(about, 'about') } }
      const { data } = await send(routes.profileUpdate, parts, options)
      return acknowledged(session, data)
    },

    async setPicture({ session, file }, options) {
      const parts = { path: { deviceId: deviceOf(session) }, body: await pictureField(file) }
      const { data } = await send(routes.profileUpdateImage, parts, options)
      return acknowledged(session, data)
    },
  }
}
