import {
  type AddressInput,
  GatewayError,
  type GroupRef,
  type GroupVerbs,
  invalidInput,
  normalJid,
  type ParticipantsChanged,
  type PluginContext,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { listInput, textInput, wholePage } from '@wamux/core/verbs'
import { acknowledged, incompleteResponse, omitUndefined, textOf, timeOf } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { jidOfDigits, listOf, readGroup, resultOf, rowsOf } from './from-vendor.ts'
import { groupIdOf, personIdOf, pictureOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The group verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#groups
 */
export interface WarestGroup
  extends TypedVerbs<
    GroupVerbs,
    {
      list: Schemas['GroupListAnswer']
      get: { readonly group: Schemas['GroupDetailsAnswer']; readonly participants: Schemas['GroupParticipantListAnswer'] }
      create: Schemas['GroupCreatedAnswer']
      leave: Schemas['GroupChangedAnswer']
      join: Schemas['GroupJoinedAnswer']
      inviteLink: Schemas['GroupInviteAnswer']
      revokeInvite: Schemas['GroupInviteRevokedAnswer']
      addParticipants: Schemas['ParticipantsAddedAnswer']
      removeParticipants: Schemas['ParticipantsRemovedAnswer']
      promote: Schemas['ParticipantsChangedAnswer']
      demote: Schemas['ParticipantsChangedAnswer']
      joinRequests: Schemas['JoinRequestListAnswer']
      approve: Schemas['RequestsApprovedAnswer']
      reject: Schemas['ParticipantsChangedAnswer']
      setSubject: Schemas['GroupRenamedAnswer']
      setDescription: Schemas['GroupDescribedAnswer']
      setPicture: Schemas['GroupPictureSetAnswer']
      setAnnouncement: Schemas['GroupChangedAnswer']
      setLocked: Schemas['GroupChangedAnswer']
    }
  > {}

/** The group verbs of WARest, which has all of them. */
export function groupVerbs({ send }: PluginContext<WarestConfig>): VerbImplementations<WarestGroup> {
  return {
    async list({ session, ...page }, options) {
      const { data } = await send(routes.groupsList, { query: { sessionId: textInput(session, 'session') } }, options)
      return wholePage(listOf<Schemas['Group']>(resultOf(data).data, 'group.list'), page, data, (row) => {
        const group = readGroup(session, row, row)
        return group.id === '' ? undefined : group
      })
    },

    async get(ref, options) {
      const query = refOf(ref)
      const { data: group } = await send(routes.groupsGet, { query }, options)
      const { data: participants } = await send(routes.groupsListParticipants, { query }, options)
      const listed: unknown = resultOf(participants).participants
      if (!Array.isArray(listed)) throw incompleteResponse(manifest, 'group.get', 'who is in the group')
      const members = rowsOf<Schemas['GroupParticipant']>(listed)
      const told = resultOf(group).data
      if (readGroup(ref.session, told, group).id === '') throw incompleteResponse(manifest, 'group.get', 'which group it is')
      return readGroup(ref.session, told, { group, participants }, query.groupId, members)
    },

    async create({ session, subject, participants }, options) {
      const body = {
        sessionId: textInput(session, 'session'),
        groupName: textInput(subject, 'subject'),
        participants: personsOf(participants),
      }
      const { data } = await send(routes.groupsCreate, { body }, options)
      const id = normalJid(resultOf(data).groupId)
      if (id === undefined) throw unexpected('the group was made, but the answer does not name it', 'unknown_outcome', LOOK_FOR_IT)
      return { session, id, subject, raw: data }
    },

    async leave(ref, options) {
      const { data, status } = await send(routes.groupsLeave, { body: refOf(ref) }, options)
      if (status === 207) throw refused('leaving the group', status)
      return acknowledged(ref.session, data)
    },

    async join({ session, invite }, options) {
      if (!/[a-z0-9]{10,}/i.test(textInput(invite, 'invite')))
        throw invalidInput('invite', 'expected https://chat.whatsapp.com/… or the code at its end')
      const body = { sessionId: textInput(session, 'session'), inviteLink: invite }
      const { data } = await send(routes.groupsJoinViaLink, { body }, options)
      return acknowledged(session, data)
    },

    async inviteLink(ref, options) {
      const { data, status } = await send(routes.groupsGetInviteLink, { query: refOf(ref) }, options)
      const { inviteLink } = resultOf(data)
      if (inviteLink === null) throw refused('the invite link', status)
      const link = textOf(inviteLink)
      if (link === undefined) throw unexpected('the answer tells no invite link', 'bad_response')
      return { session: ref.session, link, raw: data }
    },

    async revokeInvite(ref, options) {
      const { data, status } = await send(routes.groupsRevokeInvite, { body: refOf(ref) }, options)
      const { inviteLink, status: word } = resultOf(data)
      if (word === 'failed') throw refused('a new invite link', status)
      return { ...acknowledged(ref.session, data), ...omitUndefined({ link: textOf(inviteLink) }) }
    },

    async addParticipants({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsAddParticipants, { body }, options)
      const { addedParticipants, failedToAdd } = resultOf(data)
      return changed(ref, body.participants, inLists(addedParticipants, failedToAdd), NOT_TOLD, data)
    },

    async removeParticipants({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsRemoveParticipants, { body }, options)
      const { removedParticipants, failedToRemove } = resultOf(data)
      return changed(ref, body.participants, inLists(removedParticipants, failedToRemove), 'not a member', data)
    },

    async promote({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsPromoteParticipants, { body }, options)
      return changed(ref, body.participants, oneByOne(resultOf(data).participants, 'promoted'), NOT_TOLD, data)
    },

    async demote({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsDemoteParticipants, { body }, options)
      return changed(ref, body.participants, oneByOne(resultOf(data).participants, 'demoted'), NOT_TOLD, data)
    },

    async joinRequests(ref, options) {
      const { data } = await send(routes.groupsListRequests, { query: refOf(ref) }, options)
      const requests = listOf<Schemas['JoinRequest']>(resultOf(data).joinRequests, 'group.joinRequests').flatMap(
        ({ jid, lid, phone, requestTime }) => {
          const id = normalJid(jid) ?? jidOfDigits(phone) ?? normalJid(lid)
          return id === undefined ? [] : [{ id, ...omitUndefined({ at: timeOf(requestTime) }) }]
        },
      )
      return { session: ref.session, requests, raw: data }
    },

    async approve({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsApproveRequest, { body }, options)
      const { approvedParticipants, failedToApprove } = resultOf(data)
      return changed(ref, body.participants, inLists(approvedParticipants, failedToApprove), NOT_TOLD, data)
    },

    async reject({ participants, ...ref }, options) {
      const body = { ...refOf(ref), participants: personsOf(participants) }
      const { data } = await send(routes.groupsRejectRequest, { body }, options)
      return changed(ref, body.participants, oneByOne(resultOf(data).participants, 'rejected'), NOT_TOLD, data)
    },

    async setSubject({ subject, ...ref }, options) {
      const body = { ...refOf(ref), groupName: textInput(subject, 'subject') }
      const { data } = await send(routes.groupsSetName, { body }, options)
      return acknowledged(ref.session, data)
    },

    async setDescription({ description, ...ref }, options) {
      if (typeof description !== 'string') throw invalidInput('description', 'expected text; an empty one clears it')
      const body = { ...refOf(ref), groupDescription: description }
      const { data } = await send(routes.groupsSetDescription, { body }, options)
      return acknowledged(ref.session, data)
    },

    async setPicture({ file, ...ref }, options) {
      const body = { ...refOf(ref), picture: await pictureOf(file) }
      const { data } = await send(routes.groupsSetPicture, { body }, options)
      return acknowledged(ref.session, data)
    },

    async setAnnouncement({ announcement, ...ref }, options) {
      const body = { ...refOf(ref), announcement: flagOf(announcement, 'announcement') }
      const { data } = await send(routes.groupsSetAnnouncement, { body }, options)
      return acknowledged(ref.session, data)
    },

    async setLocked({ locked, ...ref }, options) {
      const body = { ...refOf(ref), locked: flagOf(locked, 'locked') }
      const { data } = await send(routes.groupsSetLocked, { body }, options)
      return acknowledged(ref.session, data)
    },
  }
}

function refOf({ session, group }: GroupRef): Schemas['GroupRef'] {
  return { sessionId: textInput(session, 'session'), groupId: groupIdOf(group) }
}

function personsOf(participants: readonly AddressInput[]): string[] {
  return listInput(participants, 'participants').map((person, index) => personIdOf(person, `participants[${index}]`))
}

// the server reads a missing field as false
function flagOf(value: unknown, field: string): boolean {
  if (typeof value !== 'boolean') throw invalidInput(field, 'expected true or false')
  return value
}

/** The reason of a failure by JID; `undefined` for a success. */
type Outcomes = ReadonlyMap<string | undefined, string | undefined>

const NOT_TOLD = 'WARest does not tell'
const LOOK_FOR_IT = 'Look for it in group.list before you make it again.'

function inLists(succeeded: unknown, failed: unknown): Outcomes {
  const listed = (list: unknown, reason: string | undefined) =>
    (Array.isArray(list) ? list : []).map((digits: unknown) => [jidOfDigits(digits), reason] as const)
  return new Map([...listed(succeeded, undefined), ...listed(failed, 'WhatsApp refused')])
}

function oneByOne(rows: unknown, success: string): Outcomes {
  return new Map(
    rowsOf<{ phone?: unknown; jid?: unknown; status?: unknown }>(rows).map(({ phone, jid, status }) => [
      jidOfDigits(phone) ?? normalJid(jid),
      status === success ? undefined : (textOf(status) ?? NOT_TOLD),
    ]),
  )
}

function changed<Raw>(
  { session }: GroupRef,
  asked: readonly string[],
  outcomes: Outcomes,
  untold: string,
  raw: Raw,
): ParticipantsChanged & { readonly raw: Raw } {
  const participants = asked.map((person) => {
    const id = normalJid(person) ?? person
    const reason = outcomes.has(id) ? outcomes.get(id) : untold
    return reason === undefined ? { id, ok: true } : { id, ok: false, reason }
  })
  return { session, participants, raw }
}

/** A refusal by WhatsApp that WARest answers with a 2xx. */
function refused(what: string, status: number): GatewayError {
  const hint = 'Usually this account is not an admin of the group, or is not a member of it.'
  return new GatewayError(`${manifest.name}: WhatsApp refused ${what}`, { kind: 'permission', gateway: manifest.id, status, hint })
}

/** A success that does not say what it should. */
function unexpected(text: string, kind: 'bad_response' | 'unknown_outcome', hint?: string): GatewayError {
  return new GatewayError(`${manifest.name}: ${text}`, { kind, gateway: manifest.id, reached: 'yes', hint })
}
