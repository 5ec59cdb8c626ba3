import type { Channel, Chat, Label, Page, Presence, Profile, VerbId } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { digits } from '../../context/fixtures.ts'
import { PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { bytesOf } from '../../samples/files.ts'
import { PHONE, samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const STATUS = 'status@broadcast'
const POSTS: readonly [id: VerbId, type: string, text: string][] = [
  ['status.sendText', 'text', 'On holiday'],
  ['status.sendImage', 'image', 'Look'],
  ['status.sendVideo', 'video', 'Look'],
  ['status.sendVoice', 'voice', ''],
]

/** What an account shows of itself and keeps: status, presence, profile, labels, channels. */
export function accountGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)
  const look = ({ phones, account }: Scenario) => phones.accountOf({ phone: account })

  runner.describe('account', () => {
    for (const [id, type, text] of POSTS) {
      when(id, `${id}: is seen by those who know the account`, async (scenario) => {
        await scenario.theirs('hello')
        await scenario.sample(id)
        const post = await scenario.arrives(PHONE, (one) => one.to === STATUS)
        check('post', [post.type, post.text, post.from], [type, text, scenario.account])
        if (samples[id].file) check('file', post.media !== undefined && bytesOf('image').length > 0, true)
      })
    }

    when('status.delete', 'takes a status back', async (scenario) => {
      await scenario.theirs('hello')
      await scenario.sample('status.delete')
      const revoked = async () => (await scenario.phones.messages({ phone: digits(PHONE) })).find((one) => one.to === STATUS)?.revoked
      await scenario.eventually('taken back', revoked, true)
    })

    when('presence.set', 'shows the account as online and offline', async (scenario) => {
      for (const presence of ['online', 'offline']) {
        await scenario.call('presence.set', { presence })
        await scenario.eventually('presence', async () => (await look(scenario)).presence, presence)
      }
    })

    when(['presence.subscribe', 'presence.get'], 'sees what the other one does', async (scenario) => {
      await scenario.theirs('hello')
      await scenario.call('presence.subscribe', { chat: PHONE })
      await scenario.eventually('subscribed', async () => (await look(scenario)).subscribed, [PHONE_JID])
      await scenario.phones.presence({ phone: digits(PHONE), chat: scenario.account, presence: 'typing' })
      const read = async () => (await scenario.call<Presence>('presence.get', { chat: PHONE })).presences.map(({ state }) => state)
      await scenario.eventually('presences', read, ['typing'])
    })

    when('profile.get', 'shows its own profile', async (scenario) => {
      const profile = await scenario.call<Profile>('profile.get')
      const { name } = await look(scenario)
      check('id', profile.id ?? `${scenario.account}@c.us`, `${scenario.account}@c.us`)
      check('name', profile.name ?? name, name)
      check('one of both at least', profile.id !== undefined || profile.name !== undefined, true)
    })

    for (const [id, field, expected] of [
      ['profile.setName', 'name', 'Ada Lovelace'],
      ['profile.setAbout', 'about', 'Counting'],
      ['profile.setPicture', 'hasPicture', true],
    ] as const) {
      when(id, `${id}: is seen by others`, async (scenario) => {
        await scenario.sample(id)
        await scenario.eventually(field, async () => (await look(scenario))[field], expected)
      })
    }

    when('label.create', 'makes, renames and removes a label', async (scenario) => {
      const label = await scenario.call<Label>('label.create', { name: 'New customer' })
      const names = async () => Object.keys((await look(scenario)).labels)
      await scenario.eventually('made', names, ['New customer'])
      if (context.has('label.list')) {
        const { items } = await scenario.call<Page<Label>>('label.list')
        check(
          'listed',
          items.map(({ id, name }) => [id, name]),
          [[label.id, 'New customer']],
        )
      }
      if (context.has('label.update')) {
        await scenario.call('label.update', { label: label.id, name: 'Paid' })
        await scenario.eventually('renamed', names, ['Paid'])
      }
      if (!context.has('label.delete')) return
      await scenario.call('label.delete', { label: label.id })
      await scenario.eventually('removed', names, [])
    })

    when('label.setForChat', 'gives a chat exactly these labels', async (scenario) => {
      const { fixtures } = await scenario.sample('label.setForChat')
      const chats = async () => Object.values((await look(scenario)).labels)
      await scenario.eventually('chats', chats, [[PHONE_JID]])
      if (context.has('label.ofChat')) {
        const { labels } = await scenario.call<{ labels: readonly Label[] }>('label.ofChat', { chat: PHONE })
        check(
          'labels of the chat',
          labels.map(({ id }) => id),
          [fixtures.ids.label],
        )
      }
      if (context.has('label.chats')) {
        const { items } = await scenario.call<Page<Chat>>('label.chats', { label: fixtures.ids.label })
        check(
          'chats of the label',
          items.map(({ id }) => id),
          [PHONE_JID],
        )
      }
      await scenario.call('label.setForChat', { chat: PHONE, labels: [] })
      await scenario.eventually('none', chats, [[]])
    })

    when('channel.create', 'makes a channel, and removes it', async (scenario) => {
      const channel = await scenario.call<Channel>('channel.create', { name: 'News' })
      check('id', channel.id.endsWith('@newsletter'), true)
      const mine = async () => (await look(scenario)).channels[channel.id]?.own ?? false
      await scenario.eventually('made', mine, true)
      if (context.has('channel.list')) {
        const { items } = await scenario.call<Page<Channel>>('channel.list')
        check(
          'listed',
          items.map(({ id, name }) => [id, name]),
          [[channel.id, 'News']],
        )
      }
      if (context.has('channel.get')) check('shown', (await scenario.call<Channel>('channel.get', { channel: channel.id })).name, 'News')
      if (!context.has('channel.delete')) return
      await scenario.call('channel.delete', { channel: channel.id })
      await scenario.eventually('removed', mine, false)
    })

    when(['channel.follow', 'channel.unfollow'], 'follows a channel, and no longer', async (scenario) => {
      const { id } = await scenario.phones.channel({ phone: digits(PHONE), name: 'Theirs' })
      const follows = async () => id in (await look(scenario)).channels
      await scenario.call('channel.follow', { channel: id })
      await scenario.eventually('follows', follows, true)
      await scenario.call('channel.unfollow', { channel: id })
      await scenario.eventually('no longer', follows, false)
    })

    when(['channel.mute', 'channel.unmute'], 'mutes a channel, and lets it ring again', async (scenario) => {
      const { fixtures } = await scenario.sample('channel.mute')
      const muted = async () => (await look(scenario)).channels[fixtures.ids.followed ?? '']?.muted
      await scenario.eventually('muted', muted, true)
      await scenario.call('channel.unmute', { channel: fixtures.ids.followed })
      await scenario.eventually('no longer', muted, false)
    })
  })
}
