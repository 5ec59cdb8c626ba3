import { GatewayError, type GatewayEvent } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { createMemoryStore, type OutboxChange, type OutboxOptions, type OutboxStore } from '../src/index.ts'
import { message, openScene, SESSION } from './scene.ts'

const MINUTE = 60_000
const many = (count: number) => Array.from({ length: count }, (_, index) => message(index))

describe('an outbox', () => {
  it('sends every message once, in order, and keeps the ids', async () => {
    const { outbox, arrived, runFor } = await openScene()
    expect(await outbox.add(many(5))).toEqual({ added: 5, known: 0 })
    expect(await outbox.add(many(6))).toEqual({ added: 1, known: 5 })
    await runFor(5 * MINUTE)
    expect(await arrived()).toEqual([0, 1, 2, 3, 4, 5].map((index) => `Hello ${index}`))
    expect(await outbox.list()).toEqual(
      Array.from({ length: 6 }, () => expect.objectContaining({ state: 'sent', attempts: 1, messageId: expect.any(String) })),
    )
  })

  it('makes a key from list, recipient and content', async () => {
    const { outbox } = await openScene()
    const one = { to: '+1 202 555 0101', text: 'Hi' }
    expect(await outbox.add([one, { to: '12025550101@c.us', text: 'Hi' }])).toEqual({ added: 1, known: 1 })
    expect(await outbox.add([one, { ...one, list: 'may' }, { ...one, text: 'Ho' }])).toEqual({ added: 2, known: 1 })
  })

  it.each([
    ['messages[1].to', { to: 'nobody', text: 'Hi' }],
    ['messages[1].text', { to: '+12025550101', text: '' }],
    ['messages[1].file', { to: '+12025550101', file: { url: 'https://example.com/a.png', base64: 'AA==' } }],
    ['messages[1].key', { to: '+12025550101', text: 'Hi', key: '' }],
  ])('refuses a malformed %s, and adds nothing', async (field, wrong) => {
    const { outbox } = await openScene()
    await expect(outbox.add([message(0), wrong])).rejects.toMatchObject({ kind: 'invalid_request', field })
    expect(await outbox.list()).toEqual([])
  })

  it('tells every change, also of another outbox on the same store', async () => {
    const { outbox, another, runFor } = await openScene()
    const told: string[] = []
    const end = new AbortController()
    const watching = (async () => {
      for await (const { key, from = '', to } of another().changes({ signal: end.signal })) told.push(`${key} ${from}>${to}`)
    })()
    await outbox.add([message(0)])
    await runFor(MINUTE)
    end.abort()
    await watching
    expect(told).toEqual(['m0 >queued', 'm0 queued>sending', 'm0 sending>sent'])
  })

  it('sends nothing to who opted out, what was cancelled and what expired', async () => {
    const { outbox, arrived, runFor, clock, states } = await openScene()
    await outbox.add([message(0), message(1), message(2, { expiresAt: clock.now() - 1 }), message(3)])
    await outbox.optOut(['+1 (202) 555-1001'])
    expect(await outbox.cancel(['m1', 'm1', 'nobody'])).toBe(1)
    await runFor(MINUTE)
    expect(await arrived()).toEqual(['Hello 3'])
    expect(await states()).toEqual({ m0: 'cancelled', m1: 'cancelled', m2: 'expired', m3: 'sent' })
  })

  it('sends nothing to who opts out after the message was read', async () => {
    const store = createMemoryStore()
    const next: OutboxStore['next'] = async (query) => {
      const due = await store.next(query)
      await store.addOptOuts(['+12025551001'], 1)
      return due
    }
    const { outbox, arrived, runFor, states } = await openScene({ store: { ...store, next } })
    await outbox.add([message(0), message(1)])
    await runFor(MINUTE)
    expect(await arrived()).toEqual(['Hello 1'])
    expect(await states()).toEqual({ m0: 'cancelled', m1: 'sent' })
  })

  it('does not wait for the end of a pause when nothing is queued', async () => {
    const { outbox, clock, runFor } = await openScene()
    await outbox.pause('holiday')
    const begun = clock.now()
    await runFor(MINUTE)
    expect(clock.now() - begun).toBeLessThanOrEqual(2_000)
  })

  it('waits while a person has it paused, and finishes a send when it is ended', async () => {
    const { outbox, arrived, clock, runFor } = await openScene()
    await outbox.pause('holiday')
    await outbox.add(many(2))
    const end = new AbortController()
    const run = outbox.run(end.signal)
    await clock.advance(10 * MINUTE)
    expect(await arrived()).toEqual([])
    expect(await outbox.status()).toMatchObject({ pause: { cause: 'person', reason: 'holiday' }, counts: { queued: 2 } })
    end.abort()
    await run
    await outbox.resume()
    await runFor(MINUTE)
    expect(await arrived()).toHaveLength(2)
  })
})

describe('a lost answer', () => {
  const lose = (effect: boolean) => ({ gateway: 'waha', operation: 'messages.sendText', lose: true, effect }) as const

  it('is looked up: what the chat shows was sent', async () => {
    const { emulator, outbox, arrived, runFor } = await openScene()
    await emulator.control.fault(lose(true))
    await outbox.add(many(2))
    await runFor(20 * MINUTE)
    expect(await arrived()).toEqual(['Hello 0', 'Hello 1'])
    expect(await outbox.list()).toMatchObject([
      { state: 'sent', reason: 'The chat shows it.', messageId: expect.any(String) },
      { state: 'sent' },
    ])
  })

  it.each(['never', 'after-lookup', 'ask'] as const)('with the policy %s', async (resend) => {
    const asked: string[] = []
    const ask = async ({ key }: { key: string }, lookUp: string) => {
      asked.push(`${key} ${lookUp}`)
      return 'resend' as const
    }
    const { emulator, outbox, arrived, runFor, states } = await openScene({ resend, ask })
    await emulator.control.fault(lose(false))
    // to somebody who has a chat, so that the gateway can tell what is in it
    await outbox.add([message(1)])
    await outbox.add([message(0, { to: '+12025551002' })])
    await emulator.control.message({ from: '+12025551002', to: '+12025550100', text: 'hello there' })
    await runFor(20 * MINUTE)
    const texts = (await arrived()).filter((text) => text !== 'hello there')
    if (resend === 'never') {
      expect(texts).toEqual(['Hello 0'])
      expect(await states()).toEqual({ m0: 'sent', m1: 'unknown' })
      expect(await outbox.resolve('m1', 'resend')).toMatchObject({ state: 'queued' })
      expect(await outbox.resolve('m1', 'sent')).toBeUndefined()
      await runFor(MINUTE)
      expect((await arrived()).filter((text) => text === 'Hello 1')).toHaveLength(1)
    } else {
      expect(texts).toEqual(['Hello 0', 'Hello 1'])
      expect(await states()).toEqual({ m0: 'sent', m1: 'sent' })
      expect(asked).toEqual(resend === 'ask' ? ['m1 absent'] : [])
    }
  })

  it.each([
    ['never', 0, 2_000],
    ['after-lookup', 10_000, 15_000],
  ] as const)('of an earlier run costs the next one little time, with the policy %s', async (resend, least, most) => {
    const { emulator, outbox, another, clock, runFor } = await openScene()
    await emulator.control.fault(lose(false))
    // to somebody who has a chat, so that the gateway can tell what is in it
    await outbox.add([message(0)])
    await emulator.control.message({ from: message(0).to, to: '+12025550100', text: 'hello there' })
    await runFor(20 * MINUTE)
    expect(await outbox.list()).toMatchObject([{ state: 'unknown' }])
    const begun = clock.now()
    await runFor(MINUTE, another({ resend }))
    expect(clock.now() - begun).toBeGreaterThanOrEqual(least)
    expect(clock.now() - begun).toBeLessThanOrEqual(most)
    expect(await outbox.list()).toMatchObject([{ state: resend === 'never' ? 'unknown' : 'sent' }])
  })

  it('is not waited for where the gateway cannot show a chat', async () => {
    const scene = await openScene()
    const { session, message: verbs, manifest } = scene.gateway
    const capabilities = Object.fromEntries(Object.entries(manifest.capabilities).filter(([verb]) => verb !== 'message.list'))
    const blind = { ...scene.gateway, session, message: verbs, manifest: { ...manifest, capabilities } } as OutboxOptions['gateway']
    const outbox = scene.another({ gateway: blind })
    await scene.emulator.control.fault(lose(true))
    await outbox.add([message(0)])
    const begun = scene.clock.now()
    await scene.runFor(MINUTE, outbox)
    expect(scene.clock.now() - begun).toBeLessThanOrEqual(2_000)
    expect(await outbox.list()).toMatchObject([{ state: 'unknown' }])
  })

  it('of an owner that ended in the middle leaves the message unknown', async () => {
    const { store, outbox, clock, arrived, runFor, states } = await openScene()
    await outbox.add(many(2))
    const lease = await store.acquire(outbox.sender, clock.now(), 1_000)
    await store.move({ key: 'm0', from: ['queued'], to: 'sending', at: clock.now(), lease })
    await runFor(20 * MINUTE)
    expect(await states()).toEqual({ m0: 'unknown', m1: 'sent' })
    expect(await arrived()).toEqual(['Hello 1'])
  })
})

describe('two outboxes for one number', () => {
  it('tell once that the other one is waited for', async () => {
    const { store, outbox, clock, arrived } = await openScene()
    await outbox.add(many(2))
    await store.acquire(outbox.sender, clock.now(), 30_000)
    let waits = 0
    const run = outbox.run(undefined, { until: 'empty', onWaiting: () => waits++ })
    await clock.advance(29_000)
    expect([waits, await arrived()]).toEqual([1, []])
    await clock.advance(MINUTE)
    await run
    expect([waits, (await arrived()).length]).toEqual([1, 2])
  })

  it('send every message once between them', async () => {
    const { outbox, another, clock, arrived, states } = await openScene()
    await outbox.add(many(20))
    const end = new AbortController()
    const runs = [outbox, another(), another()].map((one) => one.run(end.signal, { until: 'empty' }))
    for (let minute = 0; minute < 5; minute++) await clock.advance(MINUTE)
    end.abort()
    await Promise.all(runs)
    expect((await arrived()).sort()).toEqual(
      many(20)
        .map(({ text }) => text)
        .sort(),
    )
    expect(new Set(Object.values(await states()))).toEqual(new Set(['sent']))
  })
})

describe('what keeps a number from sending', () => {
  it('pauses it, and it goes on by itself when the session is back', async () => {
    const { emulator, outbox, gateway, clock, arrived } = await openScene()
    const session = gateway.session as { stop(input: object): Promise<unknown>; start(input: object): Promise<unknown> }
    await session.stop({ session: SESSION })
    await outbox.add(many(2))
    const end = new AbortController()
    const run = outbox.run(end.signal)
    await clock.advance(2 * MINUTE)
    expect(await outbox.status()).toMatchObject({ pause: { cause: 'not_connected' }, counts: { queued: 2 } })
    await session.start({ session: SESSION })
    await clock.advance(2 * MINUTE)
    expect(await arrived()).toHaveLength(2)
    expect((await outbox.status()).pause).toBeUndefined()
    end.abort()
    await run
    await emulator.control.reset()
  })

  it('pauses it when too many messages fail, until a person resumes it', async () => {
    const { emulator, outbox, clock, arrived } = await openScene({ pace: { ...{ intervalMs: 0 }, failures: { of: 4, atMost: 1 } } })
    await emulator.control.fault({ gateway: 'waha', operation: 'messages.sendText', lose: true, times: 3 })
    await outbox.add(many(5))
    const end = new AbortController()
    const run = outbox.run(end.signal)
    await clock.advance(10 * MINUTE)
    expect(await outbox.status()).toMatchObject({ pause: { cause: 'failures' }, counts: { unknown: 2, queued: 3 } })
    await emulator.control.clearFaults()
    await outbox.resume()
    await clock.advance(MINUTE)
    expect(await arrived()).toEqual(['Hello 2', 'Hello 3', 'Hello 4'])
    end.abort()
    await run
  })
})

describe('events', () => {
  const event = (type: string, data: object): GatewayEvent =>
    ({
      id: '1',
      gateway: 'waha',
      session: SESSION,
      type,
      vendorType: type,
      at: 0,
      dedupeKey: '1',
      raw: {},
      data,
    }) as unknown as GatewayEvent

  it('move a message on, never back, in whatever order they come', async () => {
    const { outbox, runFor } = await openScene()
    await outbox.add([message(0)])
    await runFor(MINUTE)
    const id = (await outbox.list())[0]?.messageId
    const state = async () => (await outbox.list())[0]?.state
    await outbox.handle(event('message.ack', { message: id, ack: 'delivered' }))
    expect(await state()).toBe('delivered')
    await outbox.handle(event('message.ack', { message: id, ack: 'played' }))
    expect(await state()).toBe('read')
    await outbox.handle(event('message.ack', { message: id, ack: 'sent' }))
    await outbox.handle(event('message.failed', { message: id }))
    expect(await state()).toBe('read')
  })

  it('opt people out who say so, and nobody who says more', async () => {
    const { outbox, runFor, states } = await openScene()
    await outbox.add([message(0), message(1)])
    const from = (number: string, text: string) =>
      event('message.received', { message: { session: SESSION, id: number, chat: `${number}@c.us`, type: 'text', ack: 'unknown', text } })
    await outbox.handle(from('12025551001', ' STOP '))
    await outbox.handle(from('12025551002', 'stop by tomorrow'))
    await runFor(MINUTE)
    expect(await states()).toEqual({ m0: 'cancelled', m1: 'sent' })
  })
})

it('a change without an arrow in the diagram is never made', async () => {
  const seen: Omit<OutboxChange, 'seq'>[] = []
  const { outbox, runFor } = await openScene({ onChange: (change) => void seen.push(change) })
  await outbox.add([message(0)])
  await runFor(MINUTE)
  expect(await outbox.resolve('m0', 'resend')).toBeUndefined()
  expect(await outbox.cancel(['m0'])).toBe(0)
  expect(seen.map(({ to }) => to)).toEqual(['sending', 'sent'])
  expect(GatewayError.is(await outbox.add([{ to: '', text: 'x' }]).catch((error: unknown) => error))).toBe(true)
})
