import { createWebhookHandler } from '@wamux/core/webhooks'
import { describe, expect, test } from 'vitest'
import type { FaultInput } from '../../src/faults/fault-control.ts'
import type { WireFault } from '../../src/faults/kinds.ts'
import { FAULT_KINDS } from '../../src/faults/table/fault-kinds.ts'
import { BEN, ME, open, thrownBy } from './plugins.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const

/** The fault with small values, what a send says after it, and how often the message was sent. */
const WIRES: Readonly<Record<WireFault, readonly [FaultInput, kinds: readonly string[], sent: number]>> = {
  lost: [{}, ['unknown_outcome'], 0],
  'lost-answer': [{}, ['unknown_outcome'], 1],
  cut: [{}, ['unknown_outcome'], 1],
  slow: [{ delayMs: 60 }, ['unknown_outcome'], 1],
  drip: [{ bytesPerSecond: 1 }, ['unknown_outcome'], 1],
  // larger than what a transport reads
  huge: [{ bytes: 2_000_000 }, ['unknown_outcome'], 1],
  redirect: [{}, ['bad_response', 'unknown_outcome'], 0],
  error: [{}, ['server', 'unknown_outcome'], 0],
  'proxy-error': [{}, ['server', 'unknown_outcome'], 0],
}

const kinds = FAULT_KINDS.filter(({ area }) => area === 'wire')

test('every fault of the wire is tried', () => {
  expect(Object.keys(WIRES)).toEqual(kinds.map(({ name }) => name))
})

describe.each(GATEWAYS)('on the way to %s', (id) => {
  test.each(Object.entries(WIRES))(
    '%s: a send says what may have happened, and happens at most once',
    async (name, [values, expected, sent]) => {
      const { gateway, session, control, emulator } = await open(id)
      await control.fault({ fault: name as WireFault, gateway: id, ...values })
      const error = await thrownBy(gateway.message.sendText({ session, to: BEN, text: 'Hi' }, { timeoutMs: name === 'huge' ? 10_000 : 40 }))
      expect(expected).toContain(error?.kind)
      // whoever is told that it may have been done must not be told that it was not
      if (sent > 0) expect(error?.kind).toBe('unknown_outcome')
      const count = async () => (await control.messages()).length
      for (let tries = 0; tries < 100 && (await count()) < sent; tries++) await new Promise((resolve) => setTimeout(resolve, 5))
      expect(await count()).toBe(sent)
      expect(await control.faults()).toEqual([])
      emulator.close()
    },
  )
})

describe.each(GATEWAYS)('webhooks of %s', (id) => {
  const received = async (faults: readonly FaultInput[], waitMs = 0) => {
    const { gateway, session, control, emulator, parse, requests } = await open(id)
    for (const fault of faults) await control.fault(fault)
    // whoever answers each message that comes
    const seen: string[] = []
    const handle = createWebhookHandler({
      parse,
      onEvent: async (event) => {
        if (event.type !== 'message.received') return
        const { text } = (event.data as { readonly message: { readonly text?: string } }).message
        seen.push(String(text))
        await gateway.message.sendText({ session, to: BEN, text: `to ${String(text)}` })
      },
    })
    const done = requests().length
    for (const text of ['one', 'two']) {
      await control.message({ from: BEN, to: ME, text })
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await new Promise((resolve) => setTimeout(resolve, 10 + waitMs))
    const came = requests().slice(done)
    for (const request of came) expect((await handle(request)).status).toBe(204)
    // what a queue was given goes out a little later
    await new Promise((resolve) => setTimeout(resolve, 10))
    const answers = (await control.messages()).filter(({ text }) => text.startsWith('to ')).map(({ text }) => text)
    emulator.close()
    return { seen, answers, came: came.map(({ body }) => body) }
  }

  test('that come twice are answered once', async () => {
    const { seen, answers, came } = await received([{ fault: 'webhooks-twice', copies: 3 }])
    expect(came.length).toBe(new Set(came).size * 3)
    expect(seen).toEqual(['one', 'two'])
    expect(answers).toEqual(['to one', 'to two'])
  })

  test('that come in the wrong order are answered once each', async () => {
    const usual = await received([])
    expect(usual.seen).toEqual(['one', 'two'])
    const pairs = await received([{ fault: 'webhooks-reordered', reorder: usual.came.length }])
    expect(pairs.seen).toEqual(['two', 'one'])
    expect([...pairs.answers].sort()).toEqual(['to one', 'to two'])
  })

  test('that come late are answered once each', async () => {
    const early = await received([{ fault: 'webhooks-late', delayMs: 60_000 }])
    expect(early.came).toEqual([])
    const late = await received([{ fault: 'webhooks-late', delayMs: 20 }, { fault: 'webhooks-twice' }], 60)
    expect(late.answers).toEqual(['to one', 'to two'])
  })
})

test('WARest: limits of requests are told with how long to wait, and nothing is sent', async () => {
  const { gateway, session, control, emulator } = await open('warest')
  await control.fault({ fault: 'cooldown', cooldownMs: 2_500 })
  const send = () => thrownBy(gateway.message.sendText({ session, to: BEN, text: 'Hi' }))
  expect(await send()).toBeUndefined()
  expect(await send()).toMatchObject({ kind: 'rate_limited', retryAfterMs: 3_000, status: 429 })
  await control.stopFault({ id: 'cooldown' })
  await control.fault({ fault: 'rate-limit', max: 1 })
  const refused = await send()
  expect(refused).toMatchObject({ kind: 'rate_limited', status: 429 })
  expect(refused?.retryAfterMs).toBeGreaterThan(50_000)
  expect(refused?.retryAfterMs).toBeLessThanOrEqual(60_000)
  await control.clearFaults()
  expect(await send()).toBeUndefined()
  expect(await control.messages()).toHaveLength(2)
  emulator.close()
})

test('SparkBot: a queue that is held takes messages and sends them later, one that refuses takes none', async () => {
  const { gateway, session, control, emulator } = await open('sparkbot')
  const send = () => thrownBy(gateway.message.sendText({ session, to: BEN, text: 'Hi' }))
  await control.fault({ fault: 'queue-held' })
  expect(await send()).toBeUndefined()
  await new Promise((resolve) => setTimeout(resolve, 10))
  expect(await control.messages()).toEqual([])
  await control.stopFault({ id: 'queue-held' })
  expect(await control.messages()).toHaveLength(1)
  await control.fault({ fault: 'queue-rejecting' })
  expect(await send()).toMatchObject({ kind: 'conflict', status: 409 })
  expect(await control.messages()).toHaveLength(1)
  emulator.close()
})

test('Wawp: who has not paid is told so by the calls that need it', async () => {
  const { gateway, session, control, emulator } = await open('wawp')
  await control.account({ gateway: 'wawp', session, state: 'unpaid' })
  const hook = gateway.webhook.create({ session, url: 'http://hooks.invalid/other' })
  expect(await thrownBy(hook)).toMatchObject({ kind: 'permission', code: 'subscription_required', hint: 'This needs a paid plan.' })
  expect(await thrownBy(gateway.session.create({}))).toMatchObject({ kind: 'permission', code: 'quota_reached' })
  emulator.close()
})
