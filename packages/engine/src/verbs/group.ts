import type { AddressInput, CallOptions, GroupVerbs, Media, ParticipantsInput, VerbImplementations } from '@wamux/core'
import { GatewayError, invalidInput } from '@wamux/core'
import { flagInput, listInput, offsetOf, offsetPage, textInput } from '@wamux/core/verbs'
import { engineGroup, engineParticipantsChanged } from '../answers/people.ts'
import { jidOf, omitUndefined, recordOf, textOf } from '../fields/fields.ts'
import { groupIdOf, personIdOf } from '../fields/ids.ts'
import { acknowledged, incompleteResponse, orNotFound } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

type Group = { id: string }
type Participants = { participants: { id: string }[] }
/** What the verbs send. */
interface Sent<Picture> {
  list: { limit: number; offset: number }
  get: Group
  create: { name: string } & Participants
  leave: Group
  join: { code: string }
  inviteLink: Group
  revokeInvite: Group
  addParticipants: Group & Participants
  removeParticipants: Group & Participants
  promote: Group & Participants
  demote: Group & Participants
  setSubject: Group & { subject: string }
  setDescription: Group & { description: string }
  setPicture: Group & { file: Picture }
  setAnnouncement: Group & { adminsOnly: boolean }
  setLocked: Group & { adminsOnly: boolean }
}

export interface GroupDifferences<Picture> {
  /** A picture as the gateway takes it. */
  readonly picture: (file: Media) => Promise<Picture>
}

type Shared = Pick<VerbImplementations<GroupVerbs>, keyof Sent<unknown>>

const INVITE = 'https://chat.whatsapp.com/'

/** The group verbs. Engines know no requests to join. */
export function engineGroupVerbs<Picture, Routes extends RoutesOf<Sent<Picture>>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent<Picture>>,
  { picture }: GroupDifferences<Picture>,
): EngineVerbs<GroupVerbs, Routes> {
  const request = requestsOf<Sent<Picture>>(engine, routes)

  const changePersons =
    (verb: 'addParticipants' | 'removeParticipants' | 'promote' | 'demote') =>
    async ({ session, group, participants }: ParticipantsInput, options?: CallOptions) => {
      const fields = { id: groupIdOf(group), participants: personsOf(participants) }
      return engineParticipantsChanged(session, await request(verb, session, fields, options))
    }

  const verbs: Shared = {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const raw = await request('list', session, at, options)
      return offsetPage(rowsOf(raw), at, raw, (row) => withId(engineGroup(session, row)))
    },

    async get({ session, group }, options) {
      const id = groupIdOf(group)
      const raw = await request('get', session, { id }, options)
      const there = orNotFound(raw, engine.gateway, 'group.get', `group ${id}`)
      if (engineGroup(session, there).id === '') throw incompleteResponse(engine.gateway, 'group.get', 'which group it is')
      return engineGroup(session, there, id)
    },

    async create({ session, subject, participants }, options) {
      const fields = { name: textInput(subject, 'subject'), participants: personsOf(participants) }
      return engineGroup(session, await request('create', session, fields, options))
    },

    async leave({ session, group }, options) {
      return acknowledged(session, await request('leave', session, { id: groupIdOf(group) }, options))
    },

    async join({ session, invite }, options) {
      const code = textInput(invite, 'invite').replace(/^.*\//, '')
      if (!/^[\w-]+$/.test(code)) throw invalidInput('invite', `expected ${INVITE}… or the code at its end`)
      const raw = await request('join', session, { code }, options)
      return { ...omitUndefined({ session, done: true as const, group: jidOf(recordOf(raw)?.id) }), raw }
    },

    async inviteLink({ session, group }, options) {
      const raw = await request('inviteLink', session, { id: groupIdOf(group) }, options)
      const link = linkOf(raw)
      if (link === undefined) throw noInviteCode(engine.gateway)
      return { session, link, raw }
    },

    async revokeInvite({ session, group }, options) {
      const raw = await request('revokeInvite', session, { id: groupIdOf(group) }, options)
      return { ...omitUndefined({ session, done: true as const, link: linkOf(raw) }), raw }
    },

    addParticipants: changePersons('addParticipants'),
    removeParticipants: changePersons('removeParticipants'),
    promote: changePersons('promote'),
    demote: changePersons('demote'),

    async setSubject({ session, group, subject }, options) {
      const fields = { id: groupIdOf(group), subject: textInput(subject, 'subject') }
      return acknowledged(session, await request('setSubject', session, fields, options))
    },

    async setDescription({ session, group, description }, options) {
      if (typeof description !== 'string') throw invalidInput('description', 'required, expected text')
      return acknowledged(session, await request('setDescription', session, { id: groupIdOf(group), description }, options))
    },

    async setPicture({ session, group, file }, options) {
      const fields = { id: groupIdOf(group), file: await picture(file) }
      return acknowledged(session, await request('setPicture', session, fields, options))
    },

    async setAnnouncement({ session, group, announcement }, options) {
      const fields = { id: groupIdOf(group), adminsOnly: flagInput(announcement, 'announcement') }
      return acknowledged(session, await request('setAnnouncement', session, fields, options))
    },

    async setLocked({ session, group, locked }, options) {
      const fields = { id: groupIdOf(group), adminsOnly: flagInput(locked, 'locked') }
      return acknowledged(session, await request('setLocked', session, fields, options))
    },
  }
  return verbs as unknown as EngineVerbs<GroupVerbs, Routes>
}

function personsOf(participants: readonly AddressInput[]): { id: string }[] {
  return listInput(participants, 'participants').map((person, index) => ({ id: personIdOf(person, `participants[${index}]`) }))
}

// some engines give the code, one the whole link; no other form was seen
function linkOf(raw: unknown): string | undefined {
  const code = textOf(raw) ?? textOf(recordOf(raw)?.code) ?? textOf(recordOf(raw)?.inviteCode)
  return code === undefined || code.startsWith('https://') ? code : INVITE + code
}

function noInviteCode({ id, name }: EngineGateway['gateway']): GatewayError {
  const message = `${name} answered without an invite code`
  return new GatewayError(message, { kind: 'bad_response', gateway: id, operation: 'group.inviteLink', reached: 'yes' })
}
