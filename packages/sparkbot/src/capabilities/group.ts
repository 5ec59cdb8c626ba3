import {
  type AddressInput,
  GatewayError,
  type GroupVerbs,
  type ParticipantsChanged,
  type PluginContext,
  type Success,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { flagInput, listInput, offsetPage, textInput } from '@wamux/core/verbs'
import { acknowledged, timeOf, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls, components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fieldsOf, jidOf, listOf, readGroup, readParticipant } from './from-vendor.ts'
import { answerText, anyText, deviceOf, jidInput, pageOf, phoneInput, pictureField } from './to-vendor.ts'

type Schemas = components['schemas']
type Group = Schemas['ChatGroup']

/**
 * The group verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#chats-contacts-groups
 */
export interface SparkbotGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Group[]
      get: Schemas['GroupWithParticipants']
      create: Group
      leave: unknown
      join: unknown
      inviteLink: Success<calls['groups.getInvite']>
      revokeInvite: unknown
      addParticipants: Group
      removeParticipants: unknown
      promote: Group
      demote: Group
      joinRequests: Schemas['GroupParticipant'][]
      approve: unknown
      reject: unknown
      setSubject: Group
      setDescription: Group
      setPicture: unknown
      setAnnouncement: Group
      setLocked: Group
    }
  > {}

const LARGEST_PAGE = 200
const INVITE = 'https://chat.whatsapp.com/'

/** The group verbs of SparkBot. It takes persons by number, and reports one result for all of them. */
export function groupVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotGroup> {
  const placeOf = ({ session, group }: { readonly session: string; readonly group: AddressInput }) => ({
    deviceId: deviceOf(session),
    groupWid: jidInput(group, 'group', 'group'),
  })

  /** Performs something on persons of a group. */
  const setAdmin = (admin: boolean): VerbImplementations<SparkbotGroup>['promote'] => {
    return async (input, options) => {
      const phones = phonesOf(input.participants)
      const participants = phones.map((phone) => ({ phone, admin }))
      const { data } = await send(routes.groupsUpdateParticipants, { path: placeOf(input), body: { participants } }, options)
      return changed(input.session, phones, groupIn(data))
    }
  }

  return {
    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      const { data } = await send(routes.groupsList, { path: { deviceId: deviceOf(session) }, query }, options)
      return offsetPage(listOf(data, 'group.list'), offset, data, (row) => withId(readGroup(session, row)))
    },

    async get(input, options) {
      const path = placeOf(input)
      const { data } = await send(routes.groupsGet, { path }, options)
      return readGroup(input.session, data, path.groupWid)
    },

    async create({ session, subject, participants }, options) {
      const body = { name: textInput(subject, 'subject'), participants: phonesOf(participants).map((phone) => ({ phone })) }
      const { data } = await send(routes.groupsCreate, { path: { deviceId: deviceOf(session) }, body }, options)
      return readGroup(session, data)
    },

    async leave({ session, group }, options) {
      const body = { id: jidInput(group, 'group', 'group') }
      const { data } = await send(routes.groupsLeave, { path: { deviceId: deviceOf(session) }, body }, options)
      return acknowledged(session, data)
    },

    async join({ session, invite }, options) {
      const code = textInput(invite, 'invite')
        .replace(/^(https?:\/\/)?chat\.whatsapp\.com\/(invite\/)?/, '')
        .replace(/[?#].*/, '')
      const { data } = await send(
        routes.groupsJoin,
        { path: { deviceId: deviceOf(session) }, body: { code: textInput(code, 'invite') } },
        options,
      )
      const group = jidOf(answerText(data, 'wid', 'id'))
      return { ...acknowledged(session, data), ...(group?.endsWith('@g.us') ? { group } : {}) }
    },

    async inviteLink(input, options) {
      const { data } = await send(routes.groupsGetInvite, { path: placeOf(input) }, options)
      const link = linkIn(data)
      if (link === undefined) throw noLink()
      return { session: input.session, link, raw: data }
    },

    async revokeInvite(input, options) {
      const { data } = await send(routes.groupsRevokeInvite, { path: placeOf(input) }, options)
      const link = linkIn(data)
      return { ...acknowledged(input.session, data), ...(link === undefined ? {} : { link }) }
    },

    async addParticipants(input, options) {
      const phones = phonesOf(input.participants)
      const participants = phones.map((phone) => ({ phone }))
      const { data } = await send(routes.groupsAddParticipants, { path: placeOf(input), body: { participants } }, options)
      return changed(input.session, phones, groupIn(data))
    },

    async removeParticipants(input, options) {
      const phones = phonesOf(input.participants)
      const { data } = await send(routes.groupsRemoveParticipants, { path: placeOf(input), body: phones }, options)
      return changed(input.session, phones, data)
    },

    promote: setAdmin(true),
    demote: setAdmin(false),

    async joinRequests(input, options) {
      const { data } = await send(routes.groupsListPendingMembers, { path: placeOf(input) }, options)
      const requests = listOf(data, 'group.joinRequests').flatMap((row) => {
        const at = timeOf(fieldsOf(row).createdAt)
        return withId({ id: readParticipant(row).id, ...(at === undefined ? {} : { at }) }) ?? []
      })
      return { session: input.session, requests, raw: data }
    },

    async approve(input, options) {
      const phones = phonesOf(input.participants)
      const { data } = await send(routes.groupsApprovePendingMembers, { path: placeOf(input), body: { phones } }, options)
      return changed(input.session, phones, data)
    },

    async reject(input, options) {
      const phones = phonesOf(input.participants)
      const { data } = await send(routes.groupsRejectPendingMembers, { path: placeOf(input), body: { phones } }, options)
      return changed(input.session, phones, data)
    },

    async setSubject(input, options) {
      const body = { name: textInput(input.subject, 'subject') }
      const { data } = await send(routes.groupsUpdate, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },

    async setDescription(input, options) {
      const body = { description: anyText(input.description, 'description') }
      const { data } = await send(routes.groupsUpdate, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },

    async setPicture(input, options) {
      const path = placeOf(input)
      const { data } = await send(routes.groupsUpdateImage, { path, body: await pictureField(input.file) }, options)
      return acknowledged(input.session, data)
    },

    async setAnnouncement(input, options) {
      const body = { permissions: { send: whoMay(flagInput(input.announcement, 'announcement')) } }
      const { data } = await send(routes.groupsUpdate, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },

    async setLocked(input, options) {
      const body = { permissions: { edit: whoMay(flagInput(input.locked, 'locked')) } }
      const { data } = await send(routes.groupsUpdate, { path: placeOf(input), body }, options)
      return acknowledged(input.session, data)
    },
  }
}

function whoMay(onlyAdmins: boolean): 'admins' | 'all' {
  return onlyAdmins ? 'admins' : 'all'
}

function phonesOf(participants: readonly AddressInput[]): string[] {
  return listInput(participants, 'participants').map((one, index) => phoneInput(one, `participants[${index}]`))
}

/** Checks that a response is a group, as the document says: another one does not show that the call succeeded. */
function groupIn(data: Group): Group {
  if (answerText(data, 'wid', 'id') === undefined) throw new TypeError('the answer is no group')
  return data
}

// there is one response for all persons, so a success is one for each of them
function changed<Raw>(session: string, phones: readonly string[], raw: Raw): ParticipantsChanged<Raw> {
  return { session, participants: phones.map((phone) => ({ id: `${phone.slice(1)}@c.us`, ok: true })), raw }
}

function linkIn(data: unknown): string | undefined {
  const code = answerText(data, 'code', 'inviteCode')
  return answerText(data, 'url', 'inviteLink') ?? (code === undefined ? undefined : INVITE + code)
}

function noLink(): GatewayError {
  const message = `${manifest.name} ${routes.groupsGetInvite.id}: the answer has neither link nor code`
  return new GatewayError(message, { kind: 'bad_response', gateway: manifest.id, operation: routes.groupsGetInvite.id, reached: 'yes' })
}
