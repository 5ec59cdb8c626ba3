import type { Chat, Page, VerbId } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { jidOf, PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { OTHER, PHONE } from '../../samples/verb-samples.ts'
import type { PhoneChat } from '../../subject/phones.ts'
import type { Runner } from '../../subject/runner.ts'

const STRANGER = '+12025550177'

/** A verb that sets something on a chat, and where WhatsApp and the gateway show it. */
const FLAGS: readonly [set: VerbId, on: object, unset: VerbId, off: object, flag: 'archived' | 'muted' | 'pinned'][] = [
  ['chat.archive', {}, 'chat.unarchive', {}, 'archived'],
  ['chat.mute', {}, 'chat.mute', { muted: false }, 'muted'],
  ['chat.pin', {}, 'chat.pin', { pinned: false }, 'pinned'],
]

/** An account's view of its chats. */
export function chatsGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  const known = ({ phones, account }: Scenario) => phones.chatOf({ phone: account, chat: PHONE })
  const flag = (scenario: Scenario, name: keyof PhoneChat) => async () => (await known(scenario))?.[name]

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
      when(set, `${set}: is seen in the chat`, async (scenario) => {
        await scenario.theirs('hello')
        await scenario.call(set, { chat: PHONE, ...on })
        await scenario.eventually(name, flag(scenario, name), true)
        await checkShown(scenario, name, true)
        if (!context.has(unset)) return
        const { outcome } = await scenario.ending(unset, { chat: PHONE, ...off })
        if (outcome === 'ok') {
          await scenario.eventually(`${name} no longer`, flag(scenario, name), false)
          await checkShown(scenario, name, false)
        } else check('outcome', outcome, 'unsupported')
      })
    }

    when('chat.markUnread', 'marks as unread', async (scenario) => {
      await scenario.theirs('hello')
      await scenario.call('chat.markUnread', { chat: PHONE })
      await scenario.eventually('marked', flag(scenario, 'markedUnread'), true)
    })

    when('chat.clear', 'empties a chat, which stays', async (scenario) => {
      await scenario.theirs('hello')
      await scenario.call('chat.clear', { chat: PHONE })
      await scenario.eventually('messages', flag(scenario, 'messages'), 0)
    })

    when('chat.delete', 'deletes a chat with its messages', async (scenario) => {
      await scenario.theirs('hello')
      await scenario.call('chat.delete', { chat: PHONE })
      await scenario.eventually('chat', async () => (await known(scenario)) === null, true)
    })

    when('chat.setTyping', 'shows that one is typing, and stops', async (scenario) => {
      await scenario.theirs('hello')
      const seen = async () => (await scenario.phones.presenceOf({ phone: scenario.account, chat: PHONE })).presence
      await scenario.call('chat.setTyping', { chat: PHONE })
      await scenario.eventually('typing', seen, 'typing')
      const { outcome } = await scenario.ending('chat.setTyping', { chat: PHONE, state: 'paused' })
      if (outcome === 'ok') await scenario.eventually('no longer', async () => (await seen()) === 'typing', false)
      else check('outcome', outcome, 'unsupported')
    })
  })

  /** Where the gateway shows the setting, it shows the right value. */
  async function checkShown({ call }: Scenario, name: 'archived' | 'muted' | 'pinned', expected: boolean): Promise<void> {
    if (!context.has('chat.get')) return
    const shown = (await call<Chat>('chat.get', { chat: PHONE }))[name]
    check(`${name} in chat.get`, shown ?? expected, expected)
  }
}
