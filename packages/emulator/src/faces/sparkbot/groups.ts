import { decodeBase64 } from '../../files/files.ts'
import type { Account, Changed, Channel, Group, StoredMedia } from '../../network/types.ts'
import type { World } from '../../state.ts'
import type { Call, Handler } from '../handler.ts'
import { json, textOf } from '../http.ts'
import { failed, fieldsOf, invalid, isoOf, type Line, type Lines, listOf, pageOf, pruned } from './request-context.ts'
import { describeChannel, describeGroup } from './serialize.ts'

type Body = Readonly<Record<string, unknown>>

/** A picture by address or as base64 text; `undefined` when there is none. */
export async function pictureOf({ network, files }: World, { url, image }: Body): Promise<StoredMedia | undefined> {
  const decoded = textOf(image) === undefined ? undefined : decodeBase64(String(image))
  const found = decoded ? { mimetype: 'image/jpeg', ...decoded } : await files.fetch(textOf(url) ?? '', 'image/jpeg')
  return found && network.media.add(found)
}

/** Groups, channels, and how the number shows itself. */
export function groupHandlers(world: World, lines: Lines): Record<string, Handler> {
  const { network } = world
  const { groups, channels } = network

  const withGroup = (act: (line: Line, group: Group, call: Call) => Response | Promise<Response>): Handler => {
    return lines.online((line, call) => act(line, groups.get(line.account, call.params.groupWid ?? ''), call))
  }

  const withChannel = (act: (line: Line, channel: Channel) => Response): Handler => {
    return lines.online((line, { params }) => act(line, channels.get(params.channelWid ?? '')))
  }

  const show = ({ account }: Line, group: Group) => json(200, describeGroup(world, account, group, false))

  /** Persons by number; `invalid` for one that is none. */
  function personsOf(values: readonly unknown[]): readonly Account[] | undefined {
    const persons = values.map((one) => {
      const jid = network.chatOf(fieldsOf(one).phone ?? one)
      return jid?.endsWith('@c.us') ? network.account(jid.split('@')[0] ?? '') : undefined
    })
    return persons.includes(undefined) || persons.length === 0 ? undefined : (persons as Account[])
  }

  const REFUSALS: Readonly<Record<NonNullable<Changed['reason']>, readonly [status: number, code: string]>> = {
    'not registered': [400, 'participant:not_found'],
    'is in it already': [409, 'error:generic'],
    'is not in it': [404, 'participant:not_found'],
    'is the owner': [403, 'error:generic'],
    'has not asked': [404, 'participant:not_found'],
  }

  /** An action on persons of a group; it fails when it fails for all. */
  const onPersons = (
    of: (call: Call, group: Group) => readonly unknown[],
    act: (line: Line, group: Group, persons: readonly Account[], call: Call) => readonly Changed[],
  ): Handler => {
    return withGroup((line, group, call) => {
      const persons = personsOf(of(call, group))
      if (!persons) return invalid('participants', 'needs phone numbers')
      const changed = act(line, group, persons, call)
      const [first] = changed
      if (!first?.reason || changed.some(({ ok }) => ok)) return show(line, group)
      const [status, code] = REFUSALS[first.reason]
      return failed(status, `${first.person.phone} ${first.reason}`, code, { participant: first.person.jid })
    })
  }

  const inBody = ({ body }: Call) => (Array.isArray(body.participants) ? body.participants : [])
  const pending = ({ body }: Call, group: Group) =>
    body.all === true ? [...group.requests.keys()].map(({ phone }) => phone) : Array.isArray(body.phones) ? body.phones : []
  const inviteOf = ({ invite }: Group) => json(200, { code: invite, url: `https://chat.whatsapp.com/${invite}` })

  return {
    'groups.list': lines.paired((line, { query }) =>
      json(
        200,
        pageOf(groups.of(line.account), query).map((group) => describeGroup(world, line.account, group, false)),
      ),
    ),

    'groups.create': lines.online((line, call) => {
      const subject = textOf(call.body.name)
      const persons = personsOf(inBody(call))
      if (subject === undefined) return invalid('name', 'is required')
      if (!persons) return invalid('participants', 'needs phone numbers')
      const group = groups.create(line.account, { subject, participants: persons })
      const { description, permissions } = call.body
      groups.change(line.account, group.id, changeOf({ description, permissions }))
      return json(201, describeGroup(world, line.account, group, true))
    }),

    'groups.join': lines.online((line, { body }) => {
      const { group, joined } = groups.join(line.account, textOf(body.code) ?? textOf(body.url) ?? '')
      return json(200, joined ? describeGroup(world, line.account, group, false) : { wid: group.id, status: 'pending' })
    }),

    'groups.leave': lines.online(({ account }, { body }) => {
      const id = textOf(body.id) ?? ''
      groups.leave(account, id)
      return json(200, { wid: id, status: 'removed' })
    }),

    'groups.get': withGroup(({ account }, group) => json(200, describeGroup(world, account, group, true))),

    'groups.update': withGroup((line, group, { body }) => show(line, groups.change(line.account, group.id, changeOf(body)))),

    'groups.updateImage': withGroup(async (line, group, { body }) => {
      const picture = await pictureOf(world, body)
      if (!picture) return invalid('url', 'is no picture')
      groups.change(line.account, group.id, { picture })
      return json(200, { ok: true })
    }),

    'groups.addParticipants': onPersons(inBody, ({ account }, { id }, persons) => groups.add(account, id, persons)),

    'groups.updateParticipants': onPersons(inBody, ({ account }, { id }, persons, call) => {
      const admin = inBody(call).every((one) => fieldsOf(one).admin === true)
      return admin ? groups.promote(account, id, persons) : groups.demote(account, id, persons)
    }),

    'groups.removeParticipants': onPersons(listOf, ({ account }, { id }, persons) => groups.remove(account, id, persons)),

    'groups.getInvite': withGroup((line, group) => {
      groups.inviteOf(line.account, group.id)
      return inviteOf(group)
    }),

    'groups.revokeInvite': withGroup((line, group) => {
      groups.revokeInvite(line.account, group.id)
      return inviteOf(group)
    }),

    'groups.listPendingMembers': withGroup(({ account }, { id }) => {
      const waiting = groups.requests(account, id)
      return json(
        200,
        waiting.map(({ person, at }) => ({ chatWid: id, wid: person.jid, phone: `+${person.phone}`, createdAt: isoOf(at) })),
      )
    }),

    'groups.approvePendingMembers': onPersons(pending, ({ account }, { id }, persons) => groups.approve(account, id, persons)),
    'groups.rejectPendingMembers': onPersons(pending, ({ account }, { id }, persons) => groups.reject(account, id, persons)),

    'channels.list': lines.paired(({ account }, { query }) =>
      json(
        200,
        pageOf(channels.of(account), query).map((channel) => describeChannel(world, account, channel)),
      ),
    ),

    'channels.create': lines.online(({ account }, { body }) => {
      const name = textOf(body.name)
      if (name === undefined) return invalid('name', 'is required')
      return json(201, describeChannel(world, account, channels.create(account, { name, description: textOf(body.description) })))
    }),

    'channels.join': lines.online(({ account }, { body }) => {
      const channel = channels.byInvite(textOf(body.code) ?? textOf(body.url) ?? '')
      if (!channel) return failed(404, 'The invite is not valid')
      channels.follow(account, channel.id)
      return json(200, describeChannel(world, account, channel))
    }),

    'channels.get': withChannel(({ account }, channel) => json(200, describeChannel(world, account, channel))),

    'channels.delete': withChannel(({ account }, { id }) => {
      channels.delete(account, id)
      return json(200, { wid: id, status: 'removed' })
    }),

    'profile.get': lines.paired(({ account }) => {
      const { name, about, picture } = account
      return json(200, pruned({ name, status: about, image: picture && { url: world.files.urlOf(picture) } }))
    }),

    'profile.update': lines.online(({ account }, { body: { name, status } }) => {
      if (name === '') return invalid('name', 'must not be empty')
      network.change(account, { name: textOf(name), about: typeof status === 'string' ? status : undefined })
      return json(200, { name: account.name, status: account.about })
    }),

    'profile.updateImage': lines.online(async ({ account }, { body }) => {
      const picture = await pictureOf(world, body)
      if (!picture) return invalid('url', 'is no picture')
      network.change(account, { picture })
      return json(200, { ok: true })
    }),
  }
}

function changeOf({ name, description, permissions }: Body): Parameters<World['network']['groups']['change']>[2] {
  const { send, edit, approval } = fieldsOf(permissions)
  const onlyAdmins = (who: unknown) => (who === 'admins' ? true : who === 'all' ? false : undefined)
  return {
    subject: textOf(name),
    description: typeof description === 'string' ? description : undefined,
    announcement: onlyAdmins(send),
    locked: onlyAdmins(edit),
    approval: typeof approval === 'boolean' ? approval : undefined,
  }
}
