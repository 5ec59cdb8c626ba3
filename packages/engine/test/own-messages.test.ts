import type { Message } from '@wamux/core'
import { expect, it, vi } from 'vitest'
import { recogniseOwn, rememberAccounts } from '../src/index.ts'

const G = '120363000000000001@g.us'
const me = { id: '12025550143@c.us', lid: '999@lid' }
const message = (more: Partial<Message>): Message => ({ session: 'main', id: 'A', chat: G, type: 'text', ack: 'unknown', raw: {}, ...more })

it.each([
  ['by the LID of the account', message({ from: '999@lid', fromMe: false }), true],
  ['by the LID of a device', message({ from: '999:12@lid' }), true],
  ['of somebody else', message({ from: '888@lid', fromMe: false }), false],
])('a message in a group %s', async (_, given, own) => {
  const [told] = await recogniseOwn([given], async () => me)
  expect(told?.fromMe ?? false).toBe(own)
})

it('asks for the account only where a message may be its own, and does without an answer', async () => {
  const ask = vi.fn(async (): Promise<unknown> => Promise.reject(new Error('no')))
  await recogniseOwn([message({ chat: '1@c.us', from: '1@c.us' }), message({ from: '1@c.us' })], ask)
  expect(ask).not.toHaveBeenCalled()
  const [kept] = await recogniseOwn([message({ from: '999@lid' })], ask)
  expect(kept?.fromMe).toBeUndefined()
})

it('asks for an account at most once a minute', async () => {
  let now = 0
  const ask = vi.fn(async () => me)
  const account = rememberAccounts({ now: () => now } as never, ask)
  for (const at of [0, 59_999, 60_001]) {
    now = at
    expect(await account('main', undefined)).toBe(me)
  }
  expect(ask).toHaveBeenCalledTimes(2)
})
