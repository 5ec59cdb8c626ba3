import {
  type AddressInput,
  GatewayError,
  type GroupVerbs,
  invalidInput,
  type PluginContext,
  type Route,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import {
  engineGroup,
  engineParticipantsChanged,
  groupIdOf,
  jidOf,
  omitUndefined,
  personIdOf,
  rowsOf,
  textOf,
  withId,
} from '@wamux/core/engine'
import { flagInput, listInput, offsetOf, offsetPage, textInput } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls, components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { found } from './read.ts'
import { fileOf } from './send.ts'

type Schemas = components['schemas']
type Groups = Schemas['EngineGroup'][] | { [id: string]: Schemas['EngineGroup'] }

export interface WahaGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Groups
      get: Schemas['EngineGroup']
      create: unknown
      leave: unknown
      join: Schemas['GroupJoined']
      inviteLink: string
      revokeInvite: string
      addParticipants: unknown
      removeParticipants: unknown
      promote: unknown
      demote: unknown
      setSubject: unknown
      setDescription: unknown
      setPicture: Schemas['Success']
      setAnnouncement: unknown
      setLocked: unknown
    }
  > {}

const INVITE = 'https://chat.whatsapp.com/'

/** The group verbs of WAHA. Its document of 2026.7.1 has no requests to join. */
export function groupVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaGroup> {
  const changePersons =
    (route: Route<calls['groups.addParticipants']>): WahaGroup['addParticipants'] =>
    async ({ session, group, participants }, options) => {
      const parts = { path: inPath(session, group), body: { participants: personsOf(participants) } }
      const { data } = await send(route, parts, options)
      return engineParticipantsChanged(session, data)
    }

  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const { data } = await send(routes.groupsList, { path: { session }, query: at }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineGroup(session, row)))
    },

    async get({ session, group }, options) {
      const path = inPath(session, group)
      const { data } = await send(routes.groupsGet, { path }, options)
      return engineGroup(session, found('group.get', `group ${path.id}`, data), path.id)
    },

    async create({ session, subject, participants }, options) {
      const body = { name: textInput(subject, 'subject'), participants: personsOf(participants) }
      const { data } = await send(routes.groupsCreate, { path: { session }, body }, options)
      return engineGroup(session, data)
    },

    async leave({ session, group }, options) {
      const { data } = await send(routes.groupsLeave, { path: inPath(session, group) }, options)
      return { session, done: true, raw: data }
    },

    async join({ session, invite }, options) {
      const code = textInput(invite, 'invite').replace(/^.*\//, '')
      if (!/^[\w-]+$/.test(code)) throw invalidInput('invite', `expected ${INVITE}… or the code at its end`)
      const { data } = await send(routes.groupsJoin, { path: { session }, body: { code } }, options)
      return { ...omitUndefined({ session, done: true as const, group: jidOf(data?.id) }), raw: data }
    },

    async inviteLink({ session, group }, options) {
      const { data } = await send(routes.groupsGetInviteCode, { path: inPath(session, group) }, options)
      const link = linkOf(data)
      if (link === undefined) throw noLink()
      return { session, link, raw: data }
    },

    async revokeInvite({ session, group }, options) {
      const { data } = await send(routes.groupsRevokeInviteCode, { path: inPath(session, group) }, options)
      return { ...omitUndefined({ session, done: true as const, link: linkOf(data) }), raw: data }
    },

    addParticipants: changePersons(routes.groupsAddParticipants),
    removeParticipants: changePersons(routes.groupsRemoveParticipants),
    promote: changePersons(routes.groupsPromote),
    demote: changePersons(routes.groupsDemote),

    async setSubject({ session, group, subject }, options) {
      const parts = { path: inPath(session, group), body: { subject: textInput(subject, 'subject') } }
      const { data } = await send(routes.groupsSetSubject, parts, options)
      return { session, done: true, raw: data }
    },

    async setDescription({ session, group, description }, options) {
      if (typeof description !== 'string') throw invalidInput('description', 'required, expected text')
      const parts = { path: inPath(session, group), body: { description } }
      const { data } = await send(routes.groupsSetDescription, parts, options)
      return { session, done: true, raw: data }
    },

    async setPicture({ session, group, file }, options) {
      const parts = { path: inPath(session, group), body: { file: await fileOf(file, 'image/jpeg') } }
      const { data } = await send(routes.groupsSetPicture, parts, options)
      return { session, done: true, raw: data }
    },

    async setAnnouncement({ session, group, announcement }, options) {
      const parts = { path: inPath(session, group), body: { adminsOnly: flagInput(announcement, 'announcement') } }
      const { data } = await send(routes.groupsSetMessagesAdminOnly, parts, options)
      return { session, done: true, raw: data }
    },

    async setLocked({ session, group, locked }, options) {
      const parts = { path: inPath(session, group), body: { adminsOnly: flagInput(locked, 'locked') } }
      const { data } = await send(routes.groupsSetInfoAdminOnly, parts, options)
      return { session, done: true, raw: data }
    },
  }
}

function inPath(session: string, group: AddressInput): { readonly session: string; readonly id: string } {
  return { session, id: groupIdOf(group) }
}

function personsOf(participants: readonly AddressInput[]): { id: string }[] {
  return listInput(participants, 'participants').map((person, index) => ({ id: personIdOf(person, `participants[${index}]`) }))
}

// some engines give the code, one the whole link
function linkOf(data: unknown): string | undefined {
  const code = textOf(data)
  return code === undefined || code.startsWith('https://') ? code : INVITE + code
}

function noLink(): GatewayError {
  const message = `${manifest.name} answered without an invite code`
  return new GatewayError(message, { kind: 'bad_response', gateway: manifest.id, operation: 'group.inviteLink', reached: 'yes' })
}
