import type { Group, InviteLink, JoinRequests, Page, ParticipantsChanged, VerbId } from '@wamux/core'
import type { Kit } from '../kit.ts'
import type { PhoneGroup } from '../phones.ts'
import type { Runner } from '../runner.ts'
import { jidOf, type Scene, scenes } from '../scene.ts'
import { digits } from '../stage.ts'
import { OTHER, PHONE } from '../verb-samples.ts'

/** A change of a group's looks, and how WhatsApp has it afterwards. */
const CHANGES: readonly [id: VerbId, input: object, read: keyof PhoneGroup, expected: unknown][] = [
  ['group.setSubject', { subject: 'Another subject' }, 'subject', 'Another subject'],
  ['group.setDescription', { description: 'What it is about' }, 'description', 'What it is about'],
  ['group.setAnnouncement', { announcement: true }, 'announcement', true],
  ['group.setLocked', { locked: true }, 'locked', true],
]

/** Groups, from their making to their end. */
export function groupLifeGroup(runner: Runner, kit: Kit): void {
  const { check } = kit
  const when = scenes(runner, kit)

  const look = ({ phones }: Scene, group: string | undefined) => phones.groupOf({ group: group ?? '' })
  const roles = (scene: Scene, group: string | undefined) => async () => (await look(scene, group)).participants

  runner.describe('groups', () => {
    when('group.create', 'makes a group with others in it', async (scene) => {
      const group = await scene.call<Group>('group.create', { subject: 'Readers', participants: [PHONE, OTHER] })
      check('id', /^[\w-]+@g\.us$/.test(group.id), true)
      check('subject', group.subject ?? 'Readers', 'Readers')
      const expected = { [scene.account]: 'owner', [digits(PHONE)]: 'member', [digits(OTHER)]: 'member' }
      await scene.eventually('participants', roles(scene, group.id), expected)
      check('subject there', (await look(scene, group.id)).subject, 'Readers')
    })

    when(['group.create', 'group.list'], 'lists its groups', async ({ call, gateway, session }) => {
      const made: string[] = []
      for (const subject of ['one', 'two', 'three']) {
        made.push((await call<Group>('group.create', { subject, participants: [PHONE] })).id)
      }
      const { items } = await call<Page<Group>>('group.list')
      check('groups', items.map(({ id }) => id).sort(), [...made].sort())
      check('subjects', items.map(({ subject }) => subject).sort(), ['one', 'three', 'two'])
      const all: string[] = []
      for await (const group of gateway.group?.list?.({ session, limit: 2 }) ?? []) all.push(group.id)
      check('all of them', all.sort(), [...made].sort())
    })

    when(['group.create', 'group.get'], 'shows a group', async (scene) => {
      const { result: group } = await scene.sample<Group>('group.get')
      check('subject', group.subject, 'Conformance')
      const persons = group.participants?.map(({ id, role }) => [id, role === 'owner' ? 'admin' : role]).sort()
      const expected = [
        [jidOf(scene.account), 'admin'],
        [jidOf(PHONE), 'member'],
      ].sort()
      check('participants', persons ?? expected, expected)
      check('of an unknown one', (await scene.ending('group.get', { group: '120363999999999999@g.us' })).outcome, 'not_found')
    })

    for (const [id, input, read, expected] of CHANGES) {
      when(id, `${id}: is seen by all`, async (scene) => {
        const { staged } = await scene.sample(id)
        await scene.eventually(read, async () => (await look(scene, staged.ids.group))[read], expected)
        if (expected !== true) return
        const [field = ''] = Object.keys(input)
        await scene.call(id, { group: staged.ids.group, [field]: false })
        await scene.eventually(`${read} no longer`, async () => (await look(scene, staged.ids.group))[read], false)
      })
    }

    when('group.setPicture', 'group.setPicture: is seen by all', async (scene) => {
      const { staged } = await scene.sample('group.setPicture')
      await scene.eventually('picture', async () => (await look(scene, staged.ids.group)).hasPicture, true)
    })

    when('group.addParticipants', 'adds persons, and tells what became of each', async (scene) => {
      const { result, staged } = await scene.sample<ParticipantsChanged>('group.addParticipants')
      await scene.eventually('role', async () => (await look(scene, staged.ids.group)).participants[digits(OTHER)], 'member')
      const told = result.participants.find(({ id }) => id === jidOf(OTHER))
      check('told', told?.ok ?? true, true)
    })

    when('group.removeParticipants', 'removes persons', async (scene) => {
      const { staged } = await scene.sample('group.removeParticipants')
      await scene.eventually('who is left', roles(scene, staged.ids.group), { [scene.account]: 'owner' })
    })

    when('group.promote', 'makes an admin of a member, and a member of an admin', async (scene) => {
      const { staged } = await scene.sample('group.promote')
      const role = async () => (await look(scene, staged.ids.group)).participants[digits(PHONE)]
      await scene.eventually('promoted', role, 'admin')
      if (!kit.has('group.demote')) return
      await scene.call('group.demote', { group: staged.ids.group, participants: [PHONE] })
      await scene.eventually('demoted', role, 'member')
    })

    when('group.leave', 'leaves', async (scene) => {
      const { staged } = await scene.sample('group.leave')
      await scene.eventually('still in it', async () => scene.account in (await look(scene, staged.ids.group)).participants, false)
    })

    when('group.join', 'joins by an invite link', async (scene) => {
      const { id, invite } = await scene.phones.group({ phone: digits(PHONE), subject: 'Open', participants: [digits(OTHER)] })
      await scene.call('group.join', { invite: `https://chat.whatsapp.com/${invite}` })
      await scene.eventually('in it', async () => scene.account in (await look(scene, id)).participants, true)
      const { outcome } = await scene.ending('group.join', { invite: 'AAAAAAAAAAAAAAAAAAAAAA' })
      check(`with a link that is none: ${outcome}`, outcome === 'ok', false)
    })

    when('group.inviteLink', 'gives the link, and another one when told so', async (scene) => {
      const { result, staged } = await scene.sample<InviteLink>('group.inviteLink')
      const invite = async () => (await look(scene, staged.ids.group)).invite
      const old = await invite()
      check('link', result.link, `https://chat.whatsapp.com/${old}`)
      if (!kit.has('group.revokeInvite')) return
      const { link } = await scene.call<{ link?: string }>('group.revokeInvite', { group: staged.ids.group })
      await scene.eventually('another one', async () => (await invite()) === old, false)
      if (link !== undefined) check('new link', link, `https://chat.whatsapp.com/${await invite()}`)
    })

    when('group.joinRequests', 'tells who wants in', async ({ sample }) => {
      const { result } = await sample<JoinRequests>('group.joinRequests')
      check(
        'who',
        result.requests.map(({ id }) => id),
        [jidOf(OTHER)],
      )
    })

    for (const [id, role] of [
      ['group.approve', 'member'],
      ['group.reject', undefined],
    ] as const) {
      when(id, `${id}: ${role ? 'lets in' : 'turns down'} who asked`, async (scene) => {
        const { staged } = await scene.sample(id)
        const read = async () => {
          const { participants, requests } = await look(scene, staged.ids.group)
          return [participants[digits(OTHER)] ?? 'nobody', requests]
        }
        await scene.eventually('role and requests', read, [role ?? 'nobody', []])
      })
    }
  })
}
