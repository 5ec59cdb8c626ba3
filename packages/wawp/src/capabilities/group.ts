import {
  type AddressInput,
  type GroupRef,
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
  recordOf,
  rowsOf,
  textOf,
  withId,
} from '@wamux/core/engine'
import { flagInput, listInput, offsetOf, offsetPage, textInput } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls, components } from '../generated/schema.ts'
import { found } from './read.ts'
import { filesFor } from './send.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']
type Groups = Schemas['Group'][] | { [id: string]: Schemas['Group'] }

export interface WawpGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Groups
      get: Schemas['Group']
      create: Schemas['Group']
      leave: Schemas['Outcome']
      join: Schemas['JoinedGroup']
      inviteLink: string
      revokeInvite: string
      addParticipants: Schemas['Outcome']
      removeParticipants: Schemas['Outcome']
      promote: Schemas['Outcome']
      demote: Schemas['Outcome']
      setSubject: Schemas['Outcome']
      setDescription: Schemas['Outcome']
      setPicture: Schemas['Outcome']
      setAnnouncement: Schemas['Outcome']
      setLocked: Schemas['Outcome']
    }
  > {}

const INVITE = 'https://chat.whatsapp.com/'

/** The group verbs of Wawp. It does not know requests to join. */
export function groupVerbs({ config, send }: PluginContext<WawpConfig>): VerbImplementations<WawpGroup> {
  const forInstance = instanceCalls(send)
  const files = filesFor(config)

  const changePersons =
    (route: Route<calls['groups.addParticipants']>): WawpGroup['addParticipants'] =>
    async ({ session, participants, ...group }, options) => {
      const body = { participants: personsOf(participants) }
      const { data } = await forInstance(route, session, { path: inPath(group), body }, options)
      return engineParticipantsChanged(session, data)
    }

  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const { data } = await forInstance(routes.groupsList, session, { query: at }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineGroup(session, row)))
    },

    async get({ session, ...group }, options) {
      const path = inPath(group)
      const { data } = await forInstance(routes.groupsGet, session, { path }, options)
      return engineGroup(session, found('group.get', data, `group ${path.id}`), path.id)
    },

    async create({ session, subject, participants }, options) {
      const body = { name: textInput(subject, 'subject'), participants: personsOf(participants) }
      const { data } = await forInstance(routes.groupsCreate, session, { body }, options)
      return engineGroup(session, data)
    },

    async leave({ session, ...group }, options) {
      const { data } = await forInstance(routes.groupsLeave, session, { path: inPath(group) }, options)
      return { session, done: true, raw: data }
    },

    async join({ session, invite }, options) {
      const code = textInput(invite, 'invite').replace(/^.*\//, '')
      if (!/^[\w-]+$/.test(code)) throw invalidInput('invite', `expected ${INVITE}… or the code at its end`)
      const { data } = await forInstance(routes.groupsJoin, session, { body: { code } }, options)
      return omitUndefined({ session, done: true as const, group: jidOf(data?.id), raw: data })
    },

    async inviteLink({ session, ...group }, options) {
      const { data } = await forInstance(routes.groupsGetInviteCode, session, { path: inPath(group) }, options)
      return { session, link: linkOf(data) ?? '', raw: data }
    },

    async revokeInvite({ session, ...group }, options) {
      const { data } = await forInstance(routes.groupsRevokeInviteCode, session, { path: inPath(group) }, options)
      return omitUndefined({ session, done: true as const, link: linkOf(data), raw: data })
    },

    addParticipants: changePersons(routes.groupsAddParticipants),
    removeParticipants: changePersons(routes.groupsRemoveParticipants),
    promote: changePersons(routes.groupsPromote),
    demote: changePersons(routes.groupsDemote),

    async setSubject({ session, subject, ...group }, options) {
      const body = { subject: textInput(subject, 'subject') }
      const { data } = await forInstance(routes.groupsSetSubject, session, { path: inPath(group), body }, options)
      return { session, done: true, raw: data }
    },

    async setDescription({ session, description, ...group }, options) {
      if (typeof description !== 'string') throw invalidInput('description', 'required, expected text')
      const { data } = await forInstance(routes.groupsSetDescription, session, { path: inPath(group), body: { description } }, options)
      return { session, done: true, raw: data }
    },

    async setPicture({ session, file, ...group }, options) {
      const path = inPath(group)
      const body = { file: await files.remote(file, 'image/jpeg') }
      const { data } = await forInstance(routes.groupsSetPicture, session, { path, body }, options)
      return { session, done: true, raw: data }
    },

    async setAnnouncement({ session, announcement, ...group }, options) {
      const body = { adminsOnly: flagInput(announcement, 'announcement') }
      const { data } = await forInstance(routes.groupsSetMessagesAdminOnly, session, { path: inPath(group), body }, options)
      return { session, done: true, raw: data }
    },

    async setLocked({ session, locked, ...group }, options) {
      const body = { adminsOnly: flagInput(locked, 'locked') }
      const { data } = await forInstance(routes.groupsSetInfoAdminOnly, session, { path: inPath(group), body }, options)
      return { session, done: true, raw: data }
    },
  }
}

function inPath({ group }: Omit<GroupRef, 'session'>): { readonly id: string } {
  return { id: groupIdOf(group) }
}

function personsOf(participants: readonly AddressInput[]): { id: string }[] {
  return listInput(participants, 'participants').map((person, index) => ({ id: personIdOf(person, `participants[${index}]`) }))
}

// the code is a bare text; what else could hold it was not seen
function linkOf(data: unknown): string | undefined {
  const code = textOf(data) ?? textOf(recordOf(data)?.code) ?? textOf(recordOf(data)?.inviteCode)
  return code === undefined || code.startsWith('https://') ? code : INVITE + code
}
