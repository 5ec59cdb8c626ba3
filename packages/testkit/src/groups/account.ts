import type { Channel, Chat, Label, Page, Presence, Profile, VerbId } from '@wamux/core'
import { bytesOf } from '../files.ts'
import type { Kit } from '../kit.ts'
import type { Runner } from '../runner.ts'
import { PHONE_JID, type Scene, scenes } from '../scene.ts'
import { digits } from '../stage.ts'
import { PHONE, samples } from '../verb-samples.ts'

const STATUS = 'status@broadcast'
const POSTS: readonly [id: VerbId, type: string, text: string][] = [
  ['status.sendText', 'text', 'On holiday'],
  ['status.sendImage', 'image', 'Look'],
  ['status.sendVideo', 'video', 'Look'],
  ['status.sendVoice', 'voice', ''],
]

/** What an account shows of itself and keeps: status, presence, profile, labels, channels. */
export function accountGroup(runner: Runner, kit: Kit): void {
  const { check } = kit
  const when = scenes(runner, kit)
  const look = ({ phones, account }: Scene) => phones.accountOf({ phone: account })

  runner.describe('account', () => {
    for (const [id, type, text] of POSTS) {
      when(id, `${id}: is seen by those who know the account`, async (scene) => {
        await scene.theirs('hello')
        await scene.sample(id)
        const post = await scene.arrives(PHONE, (one) => one.to === STATUS)
        check('post', [post.type, post.text, post.from], [type, text, scene.account])
        if (samples[id].file) check('file', post.media !== undefined && bytesOf('image').length > 0, true)
      })
    }

    when('status.delete', 'takes a status back', async (scene) => {
      await scene.theirs('hello')
      await scene.sample('status.delete')
      const revoked = async () => (await scene.phones.messages({ phone: digits(PHONE) })).find((one) => one.to === STATUS)?.revoked
      await scene.eventually('taken back', revoked, true)
    })

    when('presence.set', 'shows the account as online and offline', async (scene) => {
      for (const presence of ['online', 'offline']) {
        await scene.call('presence.set', { presence })
        await scene.eventually('presence', async () => (await look(scene)).presence, presence)
      }
    })

    when(['presence.subscribe', 'presence.get'], 'sees what the other one does', async (scene) => {
      await scene.theirs('hello')
      await scene.call('presence.subscribe', { chat: PHONE })
      await scene.eventually('subscribed', async () => (await look(scene)).subscribed, [PHONE_JID])
      await scene.phones.presence({ phone: digits(PHONE), chat: scene.account, presence: 'typing' })
      const read = async () => (await scene.call<Presence>('presence.get', { chat: PHONE })).presences.map(({ state }) => state)
      await scene.eventually('presences', read, ['typing'])
    })

    when('profile.get', 'shows its own profile', async (scene) => {
      const profile = await scene.call<Profile>('profile.get')
      const { name } = await look(scene)
      check('id', profile.id ?? `${scene.account}@c.us`, `${scene.account}@c.us`)
      check('name', profile.name ?? name, name)
      check('one of both at least', profile.id !== undefined || profile.name !== undefined, true)
    })

    for (const [id, field, expected] of [
      ['profile.setName', 'name', 'Ada Lovelace'],
      ['profile.setAbout', 'about', 'Counting'],
      ['profile.setPicture', 'hasPicture', true],
    ] as const) {
      when(id, `${id}: is seen by others`, async (scene) => {
        await scene.sample(id)
        await scene.eventually(field, async () => (await look(scene))[field], expected)
      })
    }

    when('label.create', 'makes, renames and removes a label', async (scene) => {
      const label = await scene.call<Label>('label.create', { name: 'New customer' })
      const names = async () => Object.keys((await look(scene)).labels)
      await scene.eventually('made', names, ['New customer'])
      if (kit.has('label.list')) {
        const { items } = await scene.call<Page<Label>>('label.list')
        check(
          'listed',
          items.map(({ id, name }) => [id, name]),
          [[label.id, 'New customer']],
        )
      }
      if (kit.has('label.update')) {
        await scene.call('label.update', { label: label.id, name: 'Paid' })
        await scene.eventually('renamed', names, ['Paid'])
      }
      if (!kit.has('label.delete')) return
      await scene.call('label.delete', { label: label.id })
      await scene.eventually('removed', names, [])
    })

    when('label.setForChat', 'gives a chat exactly these labels', async (scene) => {
      const { staged } = await scene.sample('label.setForChat')
      const chats = async () => Object.values((await look(scene)).labels)
      await scene.eventually('chats', chats, [[PHONE_JID]])
      if (kit.has('label.ofChat')) {
        const { labels } = await scene.call<{ labels: readonly Label[] }>('label.ofChat', { chat: PHONE })
        check(
          'labels of the chat',
          labels.map(({ id }) => id),
          [staged.ids.label],
        )
      }
      if (kit.has('label.chats')) {
        const { items } = await scene.call<Page<Chat>>('label.chats', { label: staged.ids.label })
        check(
          'chats of the label',
          items.map(({ id }) => id),
          [PHONE_JID],
        )
      }
      await scene.call('label.setForChat', { chat: PHONE, labels: [] })
      await scene.eventually('none', chats, [[]])
    })

    when('channel.create', 'makes a channel, and removes it', async (scene) => {
      const channel = await scene.call<Channel>('channel.create', { name: 'News' })
      check('id', channel.id.endsWith('@newsletter'), true)
      const mine = async () => (await look(scene)).channels[channel.id]?.own ?? false
      await scene.eventually('made', mine, true)
      if (kit.has('channel.list')) {
        const { items } = await scene.call<Page<Channel>>('channel.list')
        check(
          'listed',
          items.map(({ id, name }) => [id, name]),
          [[channel.id, 'News']],
        )
      }
      if (kit.has('channel.get')) check('shown', (await scene.call<Channel>('channel.get', { channel: channel.id })).name, 'News')
      if (!kit.has('channel.delete')) return
      await scene.call('channel.delete', { channel: channel.id })
      await scene.eventually('removed', mine, false)
    })

    when(['channel.follow', 'channel.unfollow'], 'follows a channel, and no longer', async (scene) => {
      const { id } = await scene.phones.channel({ phone: digits(PHONE), name: 'Theirs' })
      const follows = async () => id in (await look(scene)).channels
      await scene.call('channel.follow', { channel: id })
      await scene.eventually('follows', follows, true)
      await scene.call('channel.unfollow', { channel: id })
      await scene.eventually('no longer', follows, false)
    })

    when(['channel.mute', 'channel.unmute'], 'mutes a channel, and lets it ring again', async (scene) => {
      const { staged } = await scene.sample('channel.mute')
      const muted = async () => (await look(scene)).channels[staged.ids.followed ?? '']?.muted
      await scene.eventually('muted', muted, true)
      await scene.call('channel.unmute', { channel: staged.ids.followed })
      await scene.eventually('no longer', muted, false)
    })
  })
}
