import type { Chat, Page, VerbId } from '@wamux/core'
import type { Kit } from '../kit.ts'
import type { PhoneChat } from '../phones.ts'
import type { Runner } from '../runner.ts'
import { jidOf, PHONE_JID, type Scene, scenes } from '../scene.ts'
import { OTHER, PHONE } from '../verb-samples.ts'

const STRANGER = '+12025550177'

/** A verb that sets something on a chat, and where WhatsApp and the gateway show it. */
const FLAGS: readonly [set: VerbId, on: object, unset: VerbId, off: object, flag: 'archived' | 'muted' | 'pinned'][] = [
  ['chat.archive', {}, 'chat.unarchive', {}, 'archived'],
  ['chat.mute', {}, 'chat.mute', { muted: false }, 'muted'],
  ['chat.pin', {}, 'chat.pin', { pinned: false }, 'pinned'],
]

/** An account's view of its chats. */
export function chatsGroup(runner: Runner, kit: Kit): void {
  const { check } = kit
  const when = scenes(runner, kit)

  const known = ({ phones, account }: Scene) => phones.chatOf({ phone: account, chat: PHONE })
  const flag = (scene: Scene, name: keyof PhoneChat) => async () => (await known(scene))?.[name]

  runner.describe('chats', () => {
    when('chat.list', 'lists chats, the newest first, page by page', async ({ call, theirs, gateway, session }) => {
      await theirs('first', PHONE)
      await theirs('second', OTHER)
      const newestFirst = [jidOf(OTHER), PHONE_JID]
      const { items } = await call<Page<Chat>>('chat.list')
      const persons = items.filter(({ kind }) => kind === 'person')
      check(
        'chats',
        persons.map(({ id }) => id),
        newestFirst,
      )
      check(
        'session',
        items.every((chat) => chat.session === session),
        true,
      )
      const first = await call<Page<Chat>>('chat.list', { limit: 1 })
      check('first page', [first.items.map(({ id }) => id), typeof first.next], [newestFirst.slice(0, 1), 'string'])
      const all: string[] = []
      for await (const chat of gateway.chat?.list?.({ session, limit: 1 }) ?? []) all.push(chat.id)
      check(
        'all of them',
        all.filter((id) => newestFirst.includes(id)),
        newestFirst,
      )
      check('none twice', new Set(all).size, all.length)
    })

    when('chat.get', 'shows a chat', async ({ call, theirs, ending }) => {
      await theirs('hello')
      const chat = await call<Chat>('chat.get', { chat: PHONE })
      check('chat', [chat.id, chat.kind], [PHONE_JID, 'person'])
      check('unread', chat.unread === undefined || chat.unread === 1, true)
      check('time', chat.at === undefined || chat.at > 1_000_000_000_000, true)
      check('of a stranger', (await ending('chat.get', { chat: STRANGER })).outcome, 'not_found')
    })

    for (const [set, on, unset, off, name] of FLAGS) {
      when(set, `${set}: is seen in the chat`, async (scene) => {
        await scene.theirs('hello')
        await scene.call(set, { chat: PHONE, ...on })
        await scene.eventually(name, flag(scene, name), true)
        await checkShown(scene, name, true)
        if (!kit.has(unset)) return
        const { outcome } = await scene.ending(unset, { chat: PHONE, ...off })
        if (outcome === 'ok') {
          await scene.eventually(`${name} no longer`, flag(scene, name), false)
          await checkShown(scene, name, false)
        } else check('outcome', outcome, 'unsupported')
      })
    }

    when('chat.markUnread', 'marks as unread', async (scene) => {
      await scene.theirs('hello')
      await scene.call('chat.markUnread', { chat: PHONE })
      await scene.eventually('marked', flag(scene, 'markedUnread'), true)
    })

    when('chat.clear', 'empties a chat, which stays', async (scene) => {
      await scene.theirs('hello')
      await scene.call('chat.clear', { chat: PHONE })
      await scene.eventually('messages', flag(scene, 'messages'), 0)
    })

    when('chat.delete', 'deletes a chat with its messages', async (scene) => {
      await scene.theirs('hello')
      await scene.call('chat.delete', { chat: PHONE })
      await scene.eventually('chat', async () => (await known(scene)) === null, true)
    })

    when('chat.setTyping', 'shows that one is typing, and stops', async (scene) => {
      await scene.theirs('hello')
      const seen = async () => (await scene.phones.presenceOf({ phone: scene.account, chat: PHONE })).presence
      await scene.call('chat.setTyping', { chat: PHONE })
      await scene.eventually('typing', seen, 'typing')
      const { outcome } = await scene.ending('chat.setTyping', { chat: PHONE, state: 'paused' })
      if (outcome === 'ok') await scene.eventually('no longer', async () => (await seen()) === 'typing', false)
      else check('outcome', outcome, 'unsupported')
    })
  })

  /** Where the gateway shows it at all, it shows it rightly. */
  async function checkShown({ call }: Scene, name: 'archived' | 'muted' | 'pinned', expected: boolean): Promise<void> {
    if (!kit.has('chat.get')) return
    const shown = (await call<Chat>('chat.get', { chat: PHONE }))[name]
    check(`${name} in chat.get`, shown ?? expected, expected)
  }
}
