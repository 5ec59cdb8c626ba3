import { decodeBase64 } from '../../files/files.ts'
import type { Account, Channel, Group, ParticipantResult, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import {
  asRecord,
  type DeviceGuards,
  errorResponse,
  invalidField,
  listOf,
  omitUndefined,
  type PairedDevice,
  pageOf,
  toIsoString,
} from './request-context.ts'
import { serializeChannel, serializeGroup } from './serialize.ts'

type Body = Readonly<Record<string, unknown>>

/** A picture by address or as base64 text; `undefined` when there is none. */
export async function pictureOf({ network, files }: State, { url, image }: Body): Promise<StoredMedia | undefined> {
  const decoded = textOf(image) === undefined ? undefined : decodeBase64(String(image))
  const found = decoded ? { mimetype: 'image/jpeg', ...decoded } : await files.fetch(textOf(url) ?? '', 'image/jpeg')
  return found && network.media.add(found)
}

/** Groups, channels, and the device's own profile. */
export function groupHandlers(state: State, guards: DeviceGuards): Record<string, Handler> {
  const { network } = state
  const { groups, channels } = network

  const withGroup = (act: (pair: PairedDevice, group: Group, call: Call) => Answer | Promise<Answer>): Handler => {
    return guards.online((pair, call) => act(pair, groups.get(pair.account, call.params.groupWid ?? ''), call))
  }

  const withChannel = (act: (pair: PairedDevice, channel: Channel) => Answer): Handler => {
    return guards.online((pair, { params }) => act(pair, channels.get(params.channelWid ?? '')))
  }

  const show = ({ account }: PairedDevice, group: Group) => json(200, serializeGroup(state, account, group, false))

  /** Persons by number; `invalid` holds the values that are no number. */
  function personsOf(values: readonly unknown[]): readonly Account[] | undefined {
    const persons = values.map((one) => {
      const jid = network.chatOf(asRecord(one).phone ?? one)
      return jid?.endsWith('@c.us') ? network.account(jid.split('@')[0] ?? '') : undefined
    })
    return persons.includes(undefined) || persons.length === 0 ? undefined : (persons as Account[])
  }

  const REFUSALS: Readonly<Record<NonNullable<ParticipantResult['reason']>, readonly [status: number, code: string]>> = {
    'not registered': [400, 'participant:not_found'],
    'is in it already': [409, 'error:generic'],
    'is not in it': [404, 'participant:not_found'],
    'is the owner': [403, 'error:generic'],
    'has not asked': [404, 'participant:not_found'],
  }

  /** Makes a handler for persons of a group; its answer is an error when it failed for all of them. */
  const onPersons = (
    of: (call: Call, group: Group) => readonly unknown[],
    act: (pair: PairedDevice, group: Group, persons: readonly Account[], call: Call) => readonly ParticipantResult[],
  ): Handler => {
    return withGroup((pair, group, call) => {
      const persons = personsOf(of(call, group))
      if (!persons) return invalidField('participants', 'needs phone numbers')
      const changed = act(pair, group, persons, call)
      const [first] = changed
      if (!first?.reason || changed.some(({ ok }) => ok)) return show(pair, group)
      const [status, code] = REFUSALS[first.reason]
      return errorResponse(status, `${first.person.phone} ${first.reason}`, code, { participant: first.person.jid })
    })
  }

  const inBody = ({ body }: Call) => (Array.isArray(body.participants) ? body.participants : [])
  const pending = ({ body }: Call, group: Group) =>
    body.all === true ? [...group.requests.keys()].map(({ phone }) => phone) : Array.isArray(body.phones) ? body.phones : []
  const inviteOf = ({ invite }: Group) => json(200, { code: invite, url: `https://chat.whatsapp.com/${invite}` })

  return {
    'groups.list': guards.paired((pair, { query }) =>
      json(
        200,
        pageOf(groups.of(pair.account), query).map((group) => serializeGroup(state, pair.account, group, false)),
      ),
    ),

    'groups.create': guards.online((pair, call) => {
      const subject = textOf(call.body.name)
      const persons = personsOf(inBody(call))
      if (subject === undefined) return invalidField('name', 'is required')
      if (!persons) return invalidField('participants', 'needs phone numbers')
      const group = groups.create(pair.account, { subject, participants: persons })
      const { description, permissions } = call.body
      groups.change(pair.account, group.id, changeOf({ description, permissions }))
      return json(201, serializeGroup(state, pair.account, group, true))
    }),

    'groups.join': guards.online((pair, { body }) => {
      const { group, joined } = groups.join(pair.account, textOf(body.code) ?? textOf(body.url) ?? '')
      return json(200, joined ? serializeGroup(state, pair.account, group, false) : { wid: group.id, status: 'pending' })
    }),

    'groups.leave': guards.online(({ account }, { body }) => {
      const id = textOf(body.id) ?? ''
      groups.leave(account, id)
      return json(200, { wid: id, status: 'removed' })
    }),

    'groups.get': withGroup(({ account }, group) => json(200, serializeGroup(state, account, group, true))),

    'groups.update': withGroup((pair, group, { body }) => show(pair, groups.change(pair.account, group.id, changeOf(body)))),

    'groups.updateImage': withGroup(async (pair, group, { body }) => {
      const picture = await pictureOf(state, body)
      if (!picture) return invalidField('url', 'is no picture')
      groups.change(pair.account, group.id, { picture })
      return json(200, { ok: true })
    }),

    'groups.addParticipants': onPersons(inBody, ({ account }, { id }, persons) => groups.add(account, id, persons)),

    'groups.updateParticipants': onPersons(inBody, ({ account }, { id }, persons, call) => {
      const admin = inBody(call).every((one) => asRecord(one).admin === true)
      return admin ? groups.promote(account, id, persons) : groups.demote(account, id, persons)
    }),

    'groups.removeParticipants': onPersons(listOf, ({ account }, { id }, persons) => groups.remove(account, id, persons)),

    'groups.getInvite': withGroup((pair, group) => {
      groups.inviteOf(pair.account, group.id)
      return inviteOf(group)
    }),

    'groups.revokeInvite': withGroup((pair, group) => {
      groups.revokeInvite(pair.account, group.id)
      return inviteOf(group)
    }),

    'groups.listPendingMembers': withGroup(({ account }, { id }) => {
      const waiting = groups.requests(account, id)
      return json(
        200,
        waiting.map(({ person, at }) => ({ chatWid: id, wid: person.jid, phone: `+${person.phone}`, createdAt: toIsoString(at) })),
      )
    }),

    'groups.approvePendingMembers': onPersons(pending, ({ account }, { id }, persons) => groups.approve(account, id, persons)),
    'groups.rejectPendingMembers': onPersons(pending, ({ account }, { id }, persons) => groups.reject(account, id, persons)),

    'channels.list': guards.paired(({ account }, { query }) =>
      json(
        200,
        pageOf(channels.of(account), query).map((channel) => serializeChannel(state, account, channel)),
      ),
    ),

    'channels.create': guards.online(({ account }, { body }) => {
      const name = textOf(body.name)
      if (name === undefined) return invalidField('name', 'is required')
      return json(201, serializeChannel(state, account, channels.create(account, { name, description: textOf(body.description) })))
    }),

    'channels.join': guards.online(({ account }, { body }) => {
      const channel = channels.byInvite(textOf(body.code) ?? textOf(body.url) ?? '')
      if (!channel) return errorResponse(404, 'The invite is not valid')
      channels.follow(account, channel.id)
      return json(200, serializeChannel(state, account, channel))
    }),

    'channels.get': withChannel(({ account }, channel) => json(200, serializeChannel(state, account, channel))),

    'channels.delete': withChannel(({ account }, { id }) => {
      channels.delete(account, id)
      return json(200, { wid: id, status: 'removed' })
    }),

    'profile.get': guards.paired(({ account }) => {
      const { name, about, picture } = account
      return json(200, omitUndefined({ name, status: about, image: picture && { url: state.files.urlOf(picture) } }))
    }),

    'profile.update': guards.online(({ account }, { body: { name, status } }) => {
      if (name === '') return invalidField('name', 'must not be empty')
      network.change(account, { name: textOf(name), about: typeof status === 'string' ? status : undefined })
      return json(200, { name: account.name, status: account.about })
    }),

    'profile.updateImage': guards.online(async ({ account }, { body }) => {
      const picture = await pictureOf(state, body)
      if (!picture) return invalidField('url', 'is no picture')
      network.change(account, { picture })
      return json(200, { ok: true })
    }),
  }
}

function changeOf({ name, description, permissions }: Body): Parameters<State['network']['groups']['change']>[2] {
  const { send, edit, approval } = asRecord(permissions)
  const onlyAdmins = (who: unknown) => (who === 'admins' ? true : who === 'all' ? false : undefined)
  return {
    subject: textOf(name),
    description: typeof description === 'string' ? description : undefined,
    announcement: onlyAdmins(send),
    locked: onlyAdmins(edit),
    approval: typeof approval === 'boolean' ? approval : undefined,
  }
}
