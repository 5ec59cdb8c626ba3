import { beforeEach, expect, test } from 'vitest'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import { createIds } from '../ids.ts'
import { createWebhooks, type Deliver, type RetryPlan, type WebhookRequest, type Webhooks } from './webhooks.ts'

const PLAN: RetryPlan = { attempts: 3, delayMs: (attempt) => attempt * 1_000 }

let clock: VirtualClock
let seen: { url: string; body: string; attempt: string | undefined; at: number }[]
let answers: (number | 'nothing' | { status: number; retryAfter: string })[]

beforeEach(() => {
  clock = createVirtualClock()
  seen = []
  answers = []
})

/** What a test wants of one delivery. */
interface Hook {
  readonly headers?: (attempt: number) => Promise<Record<string, string>> | Record<string, string>
  readonly retry?: RetryPlan
  readonly answered?: (text: string) => void
  readonly failed?: (status: number | undefined) => void
}

const posting = (body: string, { timeoutMs, ...hook }: Hook & { timeoutMs?: number } = {}): WebhookRequest => ({
  gateway: 'waha',
  session: 'default',
  event: 'message',
  url: 'http://hook.invalid/',
  body,
  hook,
  ...(timeoutMs === undefined ? {} : { timeoutMs }),
})

function withSender(webhooks: Webhooks): Webhooks {
  webhooks.sender<Hook>('waha', {
    headers: ({ headers }, _, attempt) => headers?.(attempt) ?? { 'x-attempt': String(attempt) },
    retry: ({ retry = PLAN }) => retry,
    answered: ({ answered }, _, text) => answered?.(text),
    failed: ({ failed }, _, status) => failed?.(status),
  })
  return webhooks
}

function setUp(silent = false) {
  const deliver: Deliver = async (url, { body, headers, signal }) => {
    seen.push({ url, body: String(body), attempt: (headers as Record<string, string>)['x-attempt'], at: clock.now() })
    if (silent) await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const answer = answers.shift() ?? 200
    if (answer === 'nothing') throw new TypeError('fetch failed')
    if (typeof answer === 'number') return new Response('thanks', { status: answer })
    return new Response('', { status: answer.status, headers: { 'retry-after': answer.retryAfter } })
  }
  return withSender(createWebhooks(clock, createIds(1), deliver))
}

test('what is answered well is delivered once, and the answer is handed on', async () => {
  const webhooks = setUp()
  const answered: string[] = []
  webhooks.post(posting('{"a":1}', { answered: (text) => answered.push(text) }))
  await clock.advance(60_000)
  expect(seen).toMatchObject([{ url: 'http://hook.invalid/', body: '{"a":1}', attempt: '1' }])
  expect(answered).toEqual(['thanks'])
  expect(webhooks.list()).toMatchObject([{ state: 'delivered', attempts: [{ status: 200 }], headers: { 'x-attempt': '1' } }])
})

test('failures are tried again as the plan says, and then given up', async () => {
  const webhooks = setUp()
  const gaveUp: (number | undefined)[] = []
  answers = [500, 'nothing', 404]
  webhooks.post(posting('x', { failed: (status) => gaveUp.push(status) }))
  const start = clock.now()
  await clock.advance(60_000)
  expect(seen.map(({ at }) => at - start)).toEqual([0, 1_000, 3_000])
  expect(seen.map(({ attempt }) => attempt)).toEqual(['1', '2', '3'])
  expect(gaveUp).toEqual([404])
  expect(webhooks.list()).toMatchObject([{ state: 'failed', attempts: [{ status: 500 }, {}, { status: 404 }] }])
})

test('an answer that the plan takes for final is', async () => {
  const webhooks = setUp()
  answers = [410]
  webhooks.post(posting('x', { retry: { ...PLAN, again: (status) => status === undefined || status >= 500 } }))
  await clock.advance(60_000)
  expect(webhooks.list()).toMatchObject([{ state: 'failed', attempts: [{ status: 410 }] }])
})

test('Retry-After counts where the gateway heeds it', async () => {
  const webhooks = setUp()
  answers = [{ status: 503, retryAfter: '7' }]
  webhooks.post(posting('x', { retry: { ...PLAN, retryAfter: true } }))
  const start = clock.now()
  await clock.advance(60_000)
  expect(seen.map(({ at }) => at - start)).toEqual([0, 7_000])
})

test('a paused address gets nothing until the pause is over', async () => {
  const webhooks = setUp()
  const retry: RetryPlan = { attempts: 1, delayMs: () => 0, pauseMs: (_status, failures) => (failures >= 2 ? 60_000 : undefined) }
  answers = [500, 500]
  for (const body of ['1', '2']) {
    webhooks.post(posting(body, { retry }))
    await clock.advance(1)
  }
  webhooks.post(posting('3', { retry }))
  await clock.advance(61_000)
  webhooks.post(posting('4', { retry }))
  await clock.advance(1)
  expect(seen.map(({ body }) => body)).toEqual(['1', '2', '4'])
  expect(webhooks.list().map(({ state }) => state)).toEqual(['failed', 'failed', 'dropped', 'delivered'])
})

test('a receiver that does not answer is given up in time', async () => {
  const webhooks = setUp(true)
  webhooks.post(posting('x', { timeoutMs: 500, retry: { ...PLAN, attempts: 1 } }))
  await clock.advance(499)
  expect(webhooks.list()[0]?.state).toBe('waiting')
  await clock.advance(1)
  expect(webhooks.list()[0]?.state).toBe('failed')
})

test('copies, the wrong order and repeats on demand', async () => {
  const webhooks = setUp()
  webhooks.set({ copies: 2 })
  webhooks.post(posting('twice'))
  webhooks.set({ copies: 1, hold: true })
  for (const body of ['first', 'second']) webhooks.post(posting(body))
  await clock.advance(1)
  expect(seen.map(({ body }) => body)).toEqual(['twice', 'twice'])
  expect(webhooks.release('last to first')).toBe(2)
  await clock.advance(1)
  webhooks.repeat(webhooks.list()[2]?.id ?? '')
  await clock.advance(1)
  expect(seen.slice(2).map(({ body }) => body)).toEqual(['second', 'first', 'first'])
  expect(() => webhooks.repeat('x')).toThrow('there is no delivery x')
})

test('without anybody to deliver they are recorded, signed as they would be', async () => {
  const webhooks = withSender(createWebhooks(clock, createIds(1), undefined))
  webhooks.post(posting('x'))
  await clock.advance(1)
  expect(webhooks.list()).toMatchObject([{ state: 'recorded', body: 'x', headers: { 'x-attempt': '1' }, attempts: [] }])
})

test('a face that cannot sign is told of, and ends nothing else', async () => {
  const webhooks = setUp()
  webhooks.post(posting('x', { headers: async () => Promise.reject(new Error('no key')) }))
  webhooks.post(posting('y'))
  await clock.advance(1)
  expect(webhooks.list()).toMatchObject([{ state: 'failed', error: 'Error: no key' }, { state: 'delivered' }])
})

test('close ends what was under way', async () => {
  const webhooks = setUp()
  answers = [500]
  webhooks.post(posting('x'))
  await clock.advance(1)
  webhooks.close()
  webhooks.post(posting('y'))
  await clock.advance(60_000)
  expect(seen.length).toBe(1)
})

test('late ones go out late, and groups last to first; one that stays alone goes after a second', async () => {
  const webhooks = setUp()
  webhooks.set({ delayMs: 500, reorder: 2 })
  for (const body of ['1', '2', '3']) webhooks.post(posting(body))
  await clock.advance(499)
  expect(seen).toEqual([])
  await clock.advance(1)
  expect(seen.map(({ body }) => body)).toEqual(['2', '1'])
  await clock.advance(999)
  expect(seen.length).toBe(2)
  await clock.advance(1)
  expect(seen.map(({ body }) => body)).toEqual(['2', '1', '3'])
  webhooks.post(posting('4'))
  await clock.advance(500)
  webhooks.set({ delayMs: 0, reorder: 1 })
  webhooks.post(posting('5'))
  await clock.advance(1)
  expect(seen.map(({ body }) => body)).toEqual(['2', '1', '3', '4', '5'])
})
