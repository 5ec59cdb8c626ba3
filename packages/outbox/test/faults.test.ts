import { type Clock, type GatewayBase, GatewayError, type GatewayErrorDetails, systemClock } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { createMemoryStore, createOutbox, type OutboxStore } from '../src/index.ts'
import { quickClock } from './kill/quick-clock.ts'
import { FAST, message, SESSION } from './scene.ts'

const MESSAGES = 8
const messages = Array.from({ length: MESSAGES }, (_, index) => message(index))

/** A gateway that only sends texts: what arrived, and what each send is to do first. */
function fakeGateway(before: (text: string, attempt: number) => Promise<void> | void = () => {}): {
  gateway: GatewayBase
  arrived: string[]
} {
  const arrived: string[] = []
  let attempts = 0
  const sendText = async ({ text }: { text: string }) => {
    await before(text, ++attempts)
    arrived.push(text)
    return { session: SESSION, id: `id ${text}`, to: '', status: 'sent', raw: {} }
  }
  const manifest = { id: 'fake', name: 'Fake', capabilities: { 'message.sendText': {} } }
  return { gateway: { manifest, message: { sendText } } as unknown as GatewayBase, arrived }
}

/** A store whose k-th write fails as on a full disk, and all that follow. */
function fullAt(store: OutboxStore, k: number): { store: OutboxStore; writes: () => number } {
  let writes = 0
  const failing = new Proxy(store, {
    get(target, name: keyof OutboxStore) {
      const method = target[name] as (...values: unknown[]) => Promise<unknown>
      if (!['move', 'defer', 'acquire', 'renew', 'release', 'setPause'].includes(name)) return method
      return async (one: unknown, two: unknown, three: unknown) => {
        if (++writes >= k) throw new GatewayError('The store could not write: the disk is full.', { kind: 'config' })
        return method(one, two, three)
      }
    },
  })
  return { store: failing, writes: () => writes }
}

const START = systemClock.now()
const clock: Clock = quickClock(START, 50_000)
/** Time stands still, so that the lease need not be renewed and every run has the same writes. */
const still: Clock = { now: () => START, after: systemClock.after }
const options = { session: SESSION, pace: FAST, clock, pollMs: 1_000 }

/** Whatever happened: nothing twice, and everything that did not arrive says so. */
async function expectHonest(store: OutboxStore, arrived: readonly string[]): Promise<void> {
  expect(new Set(arrived).size).toBe(arrived.length)
  for (const { text = '', state, reason } of await store.list({ limit: 1_000 })) {
    if (state === 'sent') expect(arrived).toContain(text)
    else expect({ text, state, reason }).toEqual({ text, state: 'unknown', reason: expect.stringMatching(/./) })
  }
}

it('a disk that is full from any write on: no message twice, and the run says what happened', async () => {
  const whole = fullAt(createMemoryStore(), Infinity)
  await createOutbox({ ...options, gateway: fakeGateway().gateway, store: whole.store }).add(messages)
  await createOutbox({ ...options, gateway: fakeGateway().gateway, store: whole.store, clock: still }).run(undefined, { until: 'empty' })
  const writes = whole.writes()
  expect(writes).toBeGreaterThanOrEqual(2 * MESSAGES)
  let unknown = 0
  for (let k = 1; k <= writes; k++) {
    const store = createMemoryStore()
    const { gateway, arrived } = fakeGateway()
    await createOutbox({ ...options, gateway, store }).add(messages)
    const run = createOutbox({ ...options, gateway, store: fullAt(store, k).store, clock: still }).run(undefined, { until: 'empty' })
    await expect(run).rejects.toMatchObject({ kind: 'config', message: expect.stringContaining('full') })
    await createOutbox({ ...options, gateway, store }).run(undefined, { until: 'empty' })
    await expectHonest(store, arrived)
    unknown += (await store.count()).unknown
  }
  // those whose success could not be written
  expect(unknown).toBe(MESSAGES)
})

describe('an error of the gateway', () => {
  const details = (kind: GatewayErrorDetails['kind'], more: Partial<GatewayErrorDetails> = {}) => ({ kind, ...more })
  it.each([
    ['unknown', details('unknown_outcome', { reached: 'maybe' })],
    ['unknown', details('network', { reached: 'maybe' })],
    ['unknown', details('bad_response', { reached: 'yes' })],
    ['refused', details('invalid_request')],
    ['refused', details('unsupported')],
    ['refused', details('not_found', { reached: 'yes', status: 404 })],
    ['sent', details('network', { reached: 'no' })],
    ['sent', details('timeout', { reached: 'no' })],
    ['sent', details('rate_limited', { reached: 'yes', retryAfterMs: 5_000 })],
    ['sent', details('conflict', { reached: 'yes' })],
    ['paused', details('auth', { reached: 'yes' })],
    ['paused', details('permission', { reached: 'yes' })],
  ] as const)('leaves a message %s after %o', async (state, error) => {
    const { gateway, arrived } = fakeGateway((_text, attempt) => {
      if (attempt === 1) throw new GatewayError('no', error)
    })
    const store = createMemoryStore()
    const outbox = createOutbox({ ...options, gateway, store })
    await outbox.add([message(0)])
    const end = new AbortController()
    if (state === 'paused') setTimeout(() => end.abort(), 30)
    await outbox.run(end.signal, { until: 'empty' })
    const [seen] = await outbox.list()
    expect(seen?.state).toBe(state === 'paused' ? 'queued' : state)
    expect(arrived).toHaveLength(state === 'sent' ? 1 : 0)
    expect((await outbox.status()).pause?.cause).toBe(state === 'paused' ? 'credentials' : undefined)
  })

  it('that is none of ours leaves it unknown', async () => {
    const store = createMemoryStore()
    const { gateway } = fakeGateway(() => {
      throw new TypeError('a mistake')
    })
    const outbox = createOutbox({ ...options, gateway, store })
    await outbox.add([message(0)])
    await outbox.run(undefined, { until: 'empty' })
    expect(await outbox.list()).toMatchObject([{ state: 'unknown', reason: expect.stringContaining('a mistake') }])
  })

  it('with a limit for new chats holds back new people only', async () => {
    const { gateway, arrived } = fakeGateway((_text, attempt) => {
      if (attempt === 1) throw new GatewayError('463', { kind: 'permission', code: 'account_limited', reached: 'yes' })
    })
    let offset = 0
    const stepping: Clock = { now: () => START + offset, after: (_ms, callback) => clock.after(1_000, callback) }
    const store = createMemoryStore()
    const outbox = createOutbox({ ...options, gateway, store, clock: stepping })
    await outbox.add([message(0), message(1), message(2)])
    await outbox.addKnownChats([message(2).to])
    const end = new AbortController()
    const run = outbox.run(end.signal, { until: 'empty' })
    await expect.poll(() => arrived).toEqual(['Hello 2'])
    expect((await outbox.status()).pause).toMatchObject({ cause: 'limited', until: START + 3_600_000 })
    offset = 3_600_000
    await run
    expect([...arrived].sort()).toEqual(['Hello 0', 'Hello 1', 'Hello 2'])
  })
})

it.each([1, 2, 3, 4, 5, 6])('a clock that jumps while two owners race (%i): no message twice', async (seed) => {
  let offset = 0
  let chance = seed
  const random = () => {
    chance = (chance * 16_807) % 2_147_483_647
    return chance / 2_147_483_647
  }
  const jumping: Clock = { now: () => clock.now() + offset, after: clock.after }
  const { gateway, arrived } = fakeGateway(async () => {
    offset += Math.round((random() - 0.5) * 4 * 86_400_000)
    // the other owner has time to take over in the middle of a send
    await new Promise((resolve) => setTimeout(resolve, random() * 4))
  })
  const store = createMemoryStore()
  const both = [1, 2].map(() => createOutbox({ ...options, gateway, store, clock: jumping }))
  await both[0]?.add(messages)
  const end = new AbortController()
  const runs = both.map((one) => one.run(end.signal))
  await expect.poll(async () => (await store.count()).queued, { timeout: 20_000 }).toBe(0)
  await expect.poll(async () => (await store.count()).sending, { timeout: 20_000 }).toBe(0)
  end.abort()
  await Promise.all(runs)
  await expectHonest(store, arrived)
})

it('a run leaves the rest of the program its turn, also when nothing in it waits', async () => {
  const { gateway } = fakeGateway()
  const outbox = createOutbox({ ...options, gateway, store: createMemoryStore(), clock: still, pace: { ...FAST } })
  await outbox.add(Array.from({ length: 400 }, (_, index) => message(index)))
  const end = new AbortController()
  setImmediate(() => end.abort())
  await outbox.run(end.signal, { until: 'empty' })
  expect((await outbox.status()).counts.queued).toBeGreaterThan(0)
})
