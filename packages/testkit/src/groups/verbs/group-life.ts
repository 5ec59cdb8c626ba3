import type { Group, InviteLink, JoinRequests, Page, ParticipantsChanged, VerbId } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { digits } from '../../context/fixtures.ts'
import { jidOf, type Scenario, scenarios } from '../../context/scenario.ts'
import { OTHER, PHONE } from '../../samples/verb-samples.ts'
import type { PhoneGroup } from '../../subject/phones.ts'
import type { Runner } from '../../subject/runner.ts'

/** A verb that changes a group's settings, and what WhatsApp shows afterwards. */
const CHANGES: readonly [id: VerbId, input: object, read: keyof PhoneGroup, expected: unknown][] = [
  ['group.setSubject', { subject: 'Another subject' }, 'subject', 'Another subject'],
  ['group.setDescription', { description: 'What it is about' }, 'description', 'What it is about'],
  ['group.setAnnouncement', { announcement: true }, 'announcement', true],
  ['group.setLocked', { locked: true }, 'locked', true],
]

/** Group verbs, from creating a group to leaving it. */
export function groupLifeGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  const look = ({ phones }: Scenario, group: string | undefined) => phones.groupOf({ group: group ?? '' })
  const roles = (scenario: Scenario, group: string | undefined) => async () => (await look(scenario, group)).participants

  runner.describe('groups', () => {
    when('group.create', 'makes a group with others in it', async (scenario) => {
      const group = await scenario.call<Group>('group.create', { subject: 'Readers', participants: [PHONE, OTHER] })
      check('id', /^[\w-]+@g\.us$/.test(group.id), true)
      check('subject', group.subject ?? 'Readers', 'Readers')
      const expected = { [scenario.account]: 'owner', [digits(PHONE)]: 'member', [digits(OTHER)]: 'member' }
      await scenario.eventually('participants', roles(scenario, group.id), expected)
      check('subject there', (await look(scenario, group.id)).subject, 'Readers')
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

    when(['group.create', 'group.get'], 'shows a group', async (scenario) => {
      const { result: group } = await scenario.sample<Group>('group.get')
      check('subject', group.subject, 'Conformance')
      const persons = group.participants?.map(({ id, role }) => [id, role === 'owner' ? 'admin' : role]).sort()
      const expected = [
        [jidOf(scenario.account), 'admin'],
        [jidOf(PHONE), 'member'],
      ].sort()
      check('participants', persons ?? expected, expected)
      check('of an unknown one', (await scenario.ending('group.get', { group: '120363999999999999@g.us' })).outcome, 'not_found')
    })

    for (const [id, input, read, expected] of CHANGES) {
      when(id, `${id}: is seen by all`, async (scenario) => {
        const { fixtures } = await scenario.sample(id)
        await scenario.eventually(read, async () => (await look(scenario, fixtures.ids.group))[read], expected)
        if (expected !== true) return
        const [field = ''] = Object.keys(input)
        await scenario.call(id, { group: fixtures.ids.group, [field]: false })
        await scenario.eventually(`${read} no longer`, async () => (await look(scenario, fixtures.ids.group))[read], false)
      })
    }

    when('group.setPicture', 'group.setPicture: is seen by all', async (scenario) => {
      const { fixtures } = await scenario.sample('group.setPicture')
      await scenario.eventually('picture', async () => (await look(scenario, fixtures.ids.group)).hasPicture, true)
    })

    when('group.addParticipants', 'adds persons, and tells what became of each', async (scenario) => {
      const { result, fixtures } = await scenario.sample<ParticipantsChanged>('group.addParticipants')
      await scenario.eventually('role', async () => (await look(scenario, fixtures.ids.group)).participants[digits(OTHER)], 'member')
      const told = result.participants.find(({ id }) => id === jidOf(OTHER))
      check('told', told?.ok ?? true, true)
    })

    when('group.removeParticipants', 'removes persons', async (scenario) => {
      const { fixtures } = await scenario.sample('group.removeParticipants')
      await scenario.eventually('who is left', roles(scenario, fixtures.ids.group), { [scenario.account]: 'owner' })
    })

    when('group.promote', 'makes an admin of a member, and a member of an admin', async (scenario) => {
      const { fixtures } = await scenario.sample('group.promote')
      const role = async () => (await look(scenario, fixtures.ids.group)).participants[digits(PHONE)]
      await scenario.eventually('promoted', role, 'admin')
      if (!context.has('group.demote')) return
      await scenario.call('group.demote', { group: fixtures.ids.group, participants: [PHONE] })
      await scenario.eventually('demoted', role, 'member')
    })

    when('group.leave', 'leaves', async (scenario) => {
      const { fixtures } = await scenario.sample('group.leave')
      await scenario.eventually(
        'still in it',
        async () => scenario.account in (await look(scenario, fixtures.ids.group)).participants,
        false,
      )
    })

    when('group.join', 'joins by an invite link', async (scenario) => {
      const { id, invite } = await scenario.phones.group({ phone: digits(PHONE), subject: 'Open', participants: [digits(OTHER)] })
      await scenario.call('group.join', { invite: `https://chat.whatsapp.com/${invite}` })
      await scenario.eventually('in it', async () => scenario.account in (await look(scenario, id)).participants, true)
      const { outcome } = await scenario.ending('group.join', { invite: 'AAAAAAAAAAAAAAAAAAAAAA' })
      check(`with a link that is none: ${outcome}`, outcome === 'ok', false)
    })

    when('group.inviteLink', 'gives the link, and another one when told so', async (scenario) => {
      const { result, fixtures } = await scenario.sample<InviteLink>('group.inviteLink')
      const invite = async () => (await look(scenario, fixtures.ids.group)).invite
      const old = await invite()
      check('link', result.link, `https://chat.whatsapp.com/${old}`)
      if (!context.has('group.revokeInvite')) return
      const { link } = await scenario.call<{ link?: string }>('group.revokeInvite', { group: fixtures.ids.group })
      await scenario.eventually('another one', async () => (await invite()) === old, false)
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
      when(id, `${id}: ${role ? 'lets in' : 'turns down'} who asked`, async (scenario) => {
        const { fixtures } = await scenario.sample(id)
        const read = async () => {
          const { participants, requests } = await look(scenario, fixtures.ids.group)
          return [participants[digits(OTHER)] ?? 'nobody', requests]
        }
        await scenario.eventually('role and requests', read, [role ?? 'nobody', []])
      })
    }
  })
}
