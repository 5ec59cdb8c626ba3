import { expect, test } from 'vitest'
import type { Account, Ack, Message } from '../types.ts'
import { changedCopy, createMessage, withEntry } from './message.ts'
import { createReceipts } from './receipts.ts'

test.each([[['1']], [['1', '2']], [[]]])('receipts of %j are a map of their phones', (phones) => {
  const receipts = createReceipts(phones)
  const map = new Map(phones.map((phone): [string, Ack] => [phone, 0]))
  const same = () => {
    expect([...receipts]).toEqual([...map])
    expect([...receipts.keys(), ...receipts.values()]).toEqual([...map.keys(), ...map.values()])
    expect([...receipts.entries()]).toEqual([...map])
    const seen: unknown[] = []
    receipts.forEach((ack, phone) => {
      seen.push([phone, ack])
    })
    expect(seen).toEqual([...map])
    expect([receipts.size, receipts.get('1'), receipts.has('1'), receipts.get('3'), receipts.has('3')]).toEqual([
      map.size,
      map.get('1'),
      map.has('1'),
      undefined,
      false,
    ])
  }
  same()
  for (const phone of phones) {
    receipts.set(phone, 3)
    map.set(phone, 3)
    same()
  }
})

const from = { phone: '1' } as Account
const base = {
  id: 'A',
  from,
  chat: '2@c.us',
  to: undefined,
  type: 'text',
  text: 'Hi',
  sentAt: 1,
  receipts: createReceipts(['2']),
  via: { gateway: 'phone', session: '1' },
} as const

test('a message has all that it was given, and reads as empty what it lacks', () => {
  const message: Message = createMessage(base, { forwarded: true, replyTo: 'B' })
  expect(message).toMatchObject({
    id: 'A',
    text: 'Hi',
    ack: 0,
    forwarded: true,
    replyTo: 'B',
    mentions: [],
    revoked: false,
    media: undefined,
  })
  expect([message.reactions.size, message.votes.size, message.editedAt]).toEqual([0, 0, undefined])
})

test('what one message gets, no other has', () => {
  const [one, other] = [createMessage(base, {}), createMessage(base, {})]
  one.reactions = withEntry(one.reactions, '2', '👍')
  one.revoked = true
  expect([[...one.reactions], [...other.reactions], other.revoked]).toEqual([[['2', '👍']], [], false])
  one.reactions = withEntry(one.reactions, '2', undefined)
  expect(one.reactions.size).toBe(0)
})

test('a changed copy has the rest of its original, which stays as it is', () => {
  const message = createMessage(base, { mentions: ['3@c.us'] })
  const copy = changedCopy(message, { id: 'C', sentAt: 5 })
  expect([copy.id, copy.sentAt, copy.text, copy.mentions, copy.revoked]).toEqual(['C', 5, 'Hi', ['3@c.us'], false])
  expect([message.id, message.sentAt]).toEqual(['A', 1])
})
