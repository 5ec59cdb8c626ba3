import type { Operation } from '@wamux/core'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { expect, it } from 'vitest'
import { STUB_URL } from '../src/recording/stub-gateway.ts'

type Fetch = () => Promise<Response>
const common = (fetch: Fetch) => ({ fetch, retry: { maxDelayMs: 1 } })
// repeats are counted by address: each call has its own
let calls = 0
const address = () => `${STUB_URL}/${++calls}`
const OPEN = {
  waha: (fetch: Fetch) => createWaha({ baseUrl: address(), apiKey: 'k-of-this-test', ...common(fetch) }),
  wawp: (fetch: Fetch) => createWawp({ baseUrl: address(), instanceId: 'i-1', accessToken: 'k-of-this-test', ...common(fetch) }),
  warest: (fetch: Fetch) => createWarest({ baseUrl: address(), apiKey: 'k-of-this-test', ...common(fetch) }),
  sparkbot: (fetch: Fetch) => createSparkbot({ baseUrl: address(), apiKey: 'k-of-this-test', ...common(fetch) }),
}
type GatewayId = keyof typeof OPEN
interface Caller {
  call(id: string, input: object): Promise<unknown>
  client: { request(method: string, path: string, init: object): Promise<{ error?: unknown }> }
}

const REFUSED = Object.assign(new TypeError('fetch failed'), {
  cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' }),
})
const RESET = Object.assign(new TypeError('fetch failed'), {
  cause: Object.assign(new Error('no'), { code: 'ECONNRESET', syscall: 'read' }),
})

const dangerous = (operation: Operation) => (operation.parameters ?? []).filter(({ danger }) => danger)
const sample = (operation: Operation) =>
  Object.fromEntries((operation.parameters ?? []).filter(({ required }) => required).map(({ name }) => [name, 'a'.repeat(24)]))

const CASES = (
  await Promise.all(
    (Object.keys(OPEN) as GatewayId[]).map(async (id) => {
      const table = await OPEN[id](() => Promise.reject(REFUSED)).operations()
      return Object.values(table.operations).flatMap((operation) =>
        dangerous(operation).map((field) => [`${id} ${operation.id}`, field.name, id, operation] as const),
      )
    }),
  )
).flat()

it('there are such inputs', () => {
  expect(CASES.map(([name, field]) => `${name} ${field}`)).toEqual([
    'sparkbot devices.getQr force',
    'sparkbot devices.requestAuthCode force',
  ])
})

async function tries(id: GatewayId, operation: Operation, input: object, by: 'call' | 'client', end: Fetch): Promise<number> {
  let count = 0
  const gateway = OPEN[id](() => {
    count++
    return end()
  }) as unknown as Caller
  const places = (where: string) =>
    Object.fromEntries(Object.entries(input).filter(([name]) => operation.parameters?.find((one) => one.name === name)?.in === where))
  const params = { path: places('path'), query: places('query') }
  const ended =
    by === 'call' ? gateway.call(operation.id, input) : gateway.client.request(operation.method.toLowerCase(), operation.path, { params })
  await ended.catch(() => undefined)
  return count
}

it.each(CASES)('%s with %s is repeated only when connecting failed', async (_name, field, id, operation) => {
  const required = sample(operation)
  for (const by of ['call', 'client'] as const) {
    for (const end of [429, 500, 503].map((status) => async () => new Response('{}', { status }))) {
      expect(await tries(id, operation, { ...required, [field]: true }, by, end), by).toBe(1)
    }
    expect(await tries(id, operation, { ...required, [field]: true }, by, () => Promise.reject(RESET)), by).toBe(1)
    expect(await tries(id, operation, { ...required, [field]: true }, by, () => Promise.reject(REFUSED)), by).toBe(3)
  }
})

it.each(CASES)('%s without %s, or with it off, is repeated as its own safety says', async (_name, field, id, operation) => {
  const repeats = operation.safety === 'read' || operation.safety === 'converge'
  for (const by of ['call', 'client'] as const) {
    for (const off of [{}, { [field]: false }]) {
      expect(await tries(id, operation, { ...sample(operation), ...off }, by, async () => new Response('{}', { status: 503 })), by).toBe(
        repeats ? 3 : 1,
      )
    }
  }
})
