import { expect, test } from 'vitest'
import { createTimers } from '../clock/timers.ts'
import { defaultTimings } from '../clock/timings.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createIds } from '../ids.ts'
import { createMemory } from '../memory/memory.ts'
import { MAX_MESSAGES } from './limits.ts'
import { createNetwork } from './network.ts'

function setUp() {
  const clock = createVirtualClock()
  const memory = createMemory()
  const timers = createTimers(clock, memory)
  const network = createNetwork(clock, createIds(1), defaultTimings, memory, timers)
  const send = (to: string, text: string) =>
    network.send({ from: network.account('12025550100'), to, text, via: { gateway: 'waha', session: 'default' } })
  return { clock, network, timers, send }
}

test('acknowledgements come with time, and the message arrives with the second', async () => {
  const { clock, network, send } = setUp()
  const message = send('12025550101', 'Hi')
  expect(message).toMatchObject({ ack: 0, to: { phone: '12025550101' }, sentAt: clock.now() })
  expect(message.id).toMatch(/^3EB0[0-9A-F]{18}$/)
  await clock.advance(50)
  expect(message.ack).toBe(1)
  expect(network.inbox('12025550101')).toEqual([])
  await clock.advance(100)
  expect(message.ack).toBe(2)
  expect(network.inbox('12025550101')).toEqual([message])
  await clock.advance(250)
  expect(message.ack).toBe(3)
  expect(network.inbox('12025550100')).toEqual([])
})

test('new accounts get numbers from fiction, one after the other', () => {
  const { network } = setUp()
  network.account('12025550101')
  expect([network.newAccount().phone, network.newAccount().phone]).toEqual(['12025550100', '12025550102'])
  for (let index = 0; index < 98; index++) network.newAccount()
  expect(network.newAccount().phone).toBe('12035550101')
})

test('only the newest messages are kept', () => {
  const { network, timers, send } = setUp()
  for (let index = 0; index <= MAX_MESSAGES; index++) send('12025550101', String(index))
  expect(network.messages().length).toBe(MAX_MESSAGES)
  expect(network.messages()[0]?.text).toBe('1')
  timers.close()
})

test('close ends what was under way', async () => {
  const { clock, timers, send } = setUp()
  const message = send('12025550101', 'Hi')
  timers.close()
  await clock.advance(1_000)
  expect(message.ack).toBe(0)
})
