import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors/gateway-error.ts'
import { MessagePoller } from '../../src/events/message-poller.ts'
import { type AddressContext, addressed, learnResult } from '../../src/gateway/address-verb.ts'
import { createIdentities } from '../../src/verbs/identities.ts'

const gateway = { id: 'toy', name: 'Toy' }
const session = 'main'

function context(resolveNumbers: AddressContext['resolveNumbers'], known: readonly string[] = []): AddressContext & { asked: string[] } {
  const asked: string[] = []
  const check = async ({ phone }: { phone: string }) => {
    asked.push(phone)
    const exists = known.includes(phone)
    return { session, exists, ...(exists ? { id: `${phone.slice(1)}@c.us` } : {}), raw: {} }
  }
  return { gateway, contact: { check }, identities: createIdentities(), checked: new Map(), resolveNumbers, asked }
}

describe('a number before a send', () => {
  it('is not asked for by default', async () => {
    const never = context('never')
    expect(await addressed({ session, to: '+5511987654321' }, never)).toEqual({ session, to: '+5511987654321' })
    expect(never.asked).toEqual([])
  })

  it('is checked once with "check", each time with "always", and replaced by the form that WhatsApp knows', async () => {
    for (const [how, asked] of [
      ['check', 2],
      ['always', 4],
    ] as const) {
      const one = context(how, ['+551187654321'])
      for (const _ of [1, 2]) expect(await addressed({ session, to: '+5511987654321' }, one)).toMatchObject({ to: '551187654321@c.us' })
      expect(one.asked).toHaveLength(asked)
    }
  })

  it('is refused when WhatsApp knows no form of it', async () => {
    const one = context('check')
    await expect(addressed({ session, to: '+5215512345678' }, one)).rejects.toMatchObject({ kind: 'not_found', field: 'to' })
    expect(one.asked).toEqual(['+5215512345678', '+525512345678'])
  })

  it('is never replaced by a group, channel or text that the check names', async () => {
    const naming = (id: string) => ({ ...context('check'), contact: { check: async () => ({ session, exists: true, id, raw: {} }) } })
    for (const id of ['1203@g.us', '1@newsletter', 'status@broadcast', 'x', '', '@c.us', '5511987654321@evil.test']) {
      const told = addressed({ session, to: '+5511987654321' }, naming(id))
      await expect(told, id).rejects.toMatchObject({ kind: 'bad_response', operation: 'contact.check' })
    }
    for (const id of ['551187654321@c.us', '+551187654321@c.us']) {
      expect(await addressed({ session, to: '+5511987654321' }, naming(id))).toMatchObject({ to: '551187654321@c.us' })
    }
    expect(await addressed({ session, to: '+5511987654321' }, naming('222@lid'))).toMatchObject({ to: '222@lid' })
  })

  it('is refused where nothing can check it, and groups and LIDs are left alone', async () => {
    const one = { ...context('check'), contact: undefined }
    await expect(addressed({ session, to: '+4915112345678' }, one)).rejects.toMatchObject({ kind: 'unsupported' })
    for (const to of ['1203@g.us', '222@lid']) expect(await addressed({ session, to }, one)).toMatchObject({ to })
    await expect(addressed({ session, to: '+4915112345678' }, { ...one, resolveNumbers: 'maybe' as never })).rejects.toMatchObject({
      kind: 'invalid_request',
    })
  })
})

describe('the chat of the answer', () => {
  it('is used by what is about the message: by its id, and by what the send answered', async () => {
    const one = context('never')
    const message = 'true_551187654321@c.us_3EB0AA'
    expect(await addressed({ session, chat: '+5511987654321', message }, one)).toMatchObject({ chat: '551187654321@c.us' })
    expect(await addressed({ session, chat: '+5511987654321', message: '3EB0AA' }, one)).toMatchObject({ chat: '+5511987654321' })
    learnResult({ session, to: '+5511987654321' }, { to: '551187654321@c.us' }, one)
    expect(await addressed({ session, chat: '+5511987654321', message: '3EB0AA' }, one)).toMatchObject({ chat: '551187654321@c.us' })
  })

  it('is never put in place of a group', async () => {
    const input = { session, chat: '1203@g.us', message: 'true_551187654321@c.us_3EB0AA' }
    expect(await addressed(input, context('never'))).toEqual(input)
  })
})

it('one chat that cannot be read is told once, and the others go on', async () => {
  const message = { session, chat: '1@c.us', type: 'text', ack: 'sent', fromMe: false, at: 5_000, raw: {} } as const
  let look = 0
  const list = async ({ chat }: { chat: unknown }) => {
    if (chat === '1@strange') throw new GatewayError('chat: expected a JID', { kind: 'invalid_request', field: 'chat' })
    return { items: [{ ...message, id: `m${look}` }], raw: [] }
  }
  const chats = ['1@strange', '1@c.us'].map((id) => ({ session, id, kind: 'person', at: 5_000, raw: {} }))
  const source = { chat: { list: async () => ({ items: chats, raw: [] }) }, message: { list } }
  const poller = new MessagePoller(source as never, session)
  const types = async () => (await poller.poll(0, {})).map(({ type, vendorType }) => [type, vendorType])
  expect(await types()).toEqual([
    ['unknown', 'chat.skipped'],
    ['message.received', 'poll'],
  ])
  look = 1
  expect(await types()).toEqual([['message.received', 'poll']])
})
