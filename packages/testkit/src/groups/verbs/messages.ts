import type { MediaContent, Message, Page } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { digits, writeTheirs } from '../../context/fixtures.ts'
import { PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { bytesOf } from '../../samples/files.ts'
import { PHONE } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

/** Verbs that read messages, and verbs that change them. */
export function messagesGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  const atPhone =
    ({ phones }: Scenario, text: string) =>
    async () => {
      const there = await phones.messages({ phone: digits(PHONE) })
      return there.find((one) => one.text === text)
    }

  runner.describe('messages', () => {
    when('message.get', 'shows a message that came', async ({ call, theirs, session }) => {
      const id = await theirs('Hello there')
      const message = await call<Message>('message.get', { chat: PHONE, message: id })
      check('session and chat', [message.session, message.chat], [session, PHONE_JID])
      check('content', [message.type, message.text, message.fromMe ?? false], ['text', 'Hello there', false])
      check('time', message.at === undefined || message.at > 1_000_000_000_000, true)
      check('raw answer', message.raw !== undefined, true)
    })

    when(['message.get', 'message.sendText'], 'shows a message that was sent', async ({ call, own }) => {
      const id = await own('Hello from here')
      const message = await call<Message>('message.get', { chat: PHONE, message: id })
      check('content', [message.type, message.text, message.fromMe ?? true], ['text', 'Hello from here', true])
      check('ack', message.ack === 'failed', false)
    })

    when('message.get', 'says of an unknown message that it is not found', async ({ ending, theirs }) => {
      const id = await theirs('Hello')
      const unknown = id.replace(/[0-9A-Fa-f](?=[^0-9A-Fa-f]*$)/, (last) => (last === '0' ? '1' : '0'))
      check('outcome', (await ending('message.get', { chat: PHONE, message: unknown })).outcome, 'not_found')
    })

    when('message.list', 'lists messages newest first, page by page', async ({ call, theirs, gateway, session }) => {
      const texts = ['1', '2', '3', '4', '5'].map((number) => `message ${number}`)
      for (const text of texts) await theirs(text)
      const newestFirst = [...texts].reverse()
      const first = await call<Page<Message>>('message.list', { chat: PHONE, limit: 2 })
      check('first page', textsOf(first), newestFirst.slice(0, 2))
      check('there is more', typeof first.next, 'string')
      const second = await call<Page<Message>>('message.list', { chat: PHONE, limit: 2, cursor: first.next })
      check('second page', textsOf(second), newestFirst.slice(2, 4))
      const all: (string | undefined)[] = []
      for await (const message of gateway.message?.list?.({ session, chat: PHONE, limit: 2 }) ?? []) all.push(message.text)
      check('all of them', all, newestFirst)
      const whole = await call<Page<Message>>('message.list', { chat: PHONE, limit: 50 })
      check('one page is enough', [textsOf(whole), whole.next], [newestFirst, undefined])
    })

    when('message.downloadMedia', 'gives the file inside', async (scenario) => {
      const id = await writeTheirs(scenario.live, scenario.session, { text: 'a picture', withFile: 'image' })
      const file = await scenario.call<MediaContent>('message.downloadMedia', { chat: PHONE, message: id })
      check('bytes', [...file.data], [...bytesOf('image')])
      check('kind', file.mimetype === undefined || file.mimetype.startsWith('image/png'), true)
    })

    when('message.downloadMedia', 'says of a text that it has no file', async ({ ending, theirs }) => {
      const id = await theirs('no file')
      check('outcome', (await ending('message.downloadMedia', { chat: PHONE, message: id })).outcome, 'not_found')
    })

    when('message.edit', 'changes the text for everyone', async (scenario) => {
      const id = await scenario.own('before')
      await scenario.call('message.edit', { chat: PHONE, message: id, text: 'after' })
      await scenario.eventually('text there', async () => (await atPhone(scenario, 'after')())?.text, 'after')
      if (!context.has('message.get')) return
      const read = () => scenario.call<Message>('message.get', { chat: PHONE, message: id })
      await scenario.eventually('text here', async () => (await read()).text, 'after')
    })

    when('message.revoke', 'deletes for everyone', async (scenario) => {
      const id = await scenario.own('a mistake')
      const before = await atPhone(scenario, 'a mistake')()
      await scenario.call('message.revoke', { chat: PHONE, message: id })
      const read = async () => (await scenario.phones.messages({ phone: digits(PHONE) })).find((one) => one.id === before?.id)?.revoked
      await scenario.eventually('deleted there', read, true)
    })

    when('message.react', 'reacts, and takes it back', async (scenario) => {
      const id = await scenario.theirs('good news')
      const reaction = async () => {
        const there = await scenario.phones.messages({ phone: scenario.account })
        return there.find((one) => one.text === 'good news')?.reactions?.[scenario.account] ?? ''
      }
      await scenario.call('message.react', { chat: PHONE, message: id, emoji: '👍' })
      await scenario.eventually('reaction', reaction, '👍')
      const { outcome } = await scenario.ending('message.react', { chat: PHONE, message: id, emoji: '' })
      if (outcome === 'ok') await scenario.eventually('taken back', reaction, '')
      else check('outcome', outcome, 'unsupported')
    })

    when('message.star', 'stars, and takes it away', async (scenario) => {
      const id = await scenario.theirs('to remember')
      const starred = async () => (await scenario.phones.chatOf({ phone: scenario.account, chat: PHONE }))?.starred
      await scenario.call('message.star', { chat: PHONE, message: id })
      await scenario.eventually('star', starred, 1)
      const { outcome } = await scenario.ending('message.star', { chat: PHONE, message: id, starred: false })
      if (outcome === 'ok') await scenario.eventually('no star', starred, 0)
      else check('outcome', outcome, 'unsupported')
    })

    when('message.pin', 'pins, and unpins or says that it cannot', async (scenario) => {
      const id = await scenario.theirs('important')
      const pinned = async () => {
        const there = await scenario.phones.messages({ phone: scenario.account })
        return there.find((one) => one.text === 'important')?.pinned ?? false
      }
      await scenario.call('message.pin', { chat: PHONE, message: id })
      await scenario.eventually('pinned', pinned, true)
      const { outcome } = await scenario.ending('message.pin', { chat: PHONE, message: id, pinned: false })
      if (outcome === 'ok') await scenario.eventually('unpinned', pinned, false)
      else check('outcome', outcome, 'unsupported')
    })

    when('message.markSeen', 'tells the sender that it was read', async (scenario) => {
      const id = await scenario.theirs('read me')
      const ack = async () => (await scenario.phones.messages({ phone: scenario.account })).find((one) => one.text === 'read me')?.ack
      check('before', await ack(), 'DEVICE')
      const { outcome } = await scenario.ending('message.markSeen', { chat: PHONE, messages: [id] })
      // a gateway may know whole chats only
      if (outcome === 'unsupported') await scenario.call('message.markSeen', { chat: PHONE })
      else check('outcome', outcome, 'ok')
      await scenario.eventually('after', ack, 'READ')
    })

    when(['message.waitFor', 'message.sendText'], 'waits until a message was read', async (scenario) => {
      await scenario.phones.phone({ phone: digits(PHONE), reads: true })
      const id = await scenario.own('are you there?')
      const wait = { chat: PHONE, message: id, intervalMs: 5 }
      const read = await scenario.call<Message>('message.waitFor', { ...wait, ack: 'read', timeoutMs: 3_000 })
      check('ack', read.ack, 'read')
    })

    when(['message.waitFor', 'message.sendText'], 'waits no longer than told for a phone that is off', async (scenario) => {
      await scenario.phones.phone({ phone: digits(PHONE), on: false })
      const { id } = await scenario.call<{ id: string }>('message.sendText', { to: PHONE, text: 'anybody?' })
      const wait = { chat: PHONE, message: id, intervalMs: 5 }
      await scenario.call('message.waitFor', { ...wait, ack: 'sent', timeoutMs: 3_000 })
      check('outcome', (await scenario.ending('message.waitFor', { ...wait, ack: 'delivered', timeoutMs: 60 })).outcome, 'timeout')
    })
  })
}

function textsOf({ items }: Page<Message>): (string | undefined)[] {
  return items.map(({ text }) => text)
}
