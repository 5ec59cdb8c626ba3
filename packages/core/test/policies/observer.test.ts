import { describe, expect, it } from 'vitest'
import type { GatewayError, RequestInfo } from '../../src/index.ts'
import { config, createSample, jumpingClock, type Seen, scripted } from '../sample-gateway.ts'

const ok = () => Response.json({ state: 'x' })
const read = { session: 's' }
let host = 0
/** Limiters and warnings are shared by base URL: every test has its own. */
const fresh = () => ({ ...config, baseUrl: `http://h${host++}.localhost` })

describe('hooks', () => {
  it('are told of attempts, repeats and ends, with nothing secret', async () => {
    const told: [string, RequestInfo & { status?: number; error?: GatewayError }][] = []
    const note = (name: string) => (info: RequestInfo) => {
      told.push([name, info])
      return undefined
    }
    const hooks = { onRequest: note('request'), onResponse: note('response'), onRetry: note('retry'), onError: note('error') }
    const { fetch } = scripted(Response.json({}, { status: 503 }), ok(), Response.json({ message: `no ${config.apiKey}` }, { status: 404 }))
    const sample = createSample({ ...fresh(), fetch, hooks, clock: jumpingClock() })
    await sample.call('sessions.get', read)
    await expect(sample.call('sessions.get', { session: config.apiKey })).rejects.toMatchObject({ kind: 'not_found' })
    expect(told.map(([name, { attempt, status }]) => [name, attempt, status])).toEqual([
      ['request', 1, undefined],
      ['retry', 1, 503],
      ['request', 2, undefined],
      ['response', 2, 200],
      ['request', 1, undefined],
      ['error', 1, undefined],
    ])
    expect(told[0]?.[1].id).toBe(told[3]?.[1].id)
    expect(JSON.stringify(told)).not.toContain(config.apiKey)
  })

  it('may add headers, and change nothing by throwing', async () => {
    const { fetch, seen } = scripted(ok())
    const hooks = {
      onRequest: () => ({ headers: { traceparent: '00-1-2-01' } }),
      onResponse: () => {
        throw new Error('a bug in a hook')
      },
    }
    await createSample({ ...fresh(), fetch, hooks }).call('sessions.get', read)
    expect(seen[0]?.headers.traceparent).toBe('00-1-2-01')
  })

  it('are warned once of credentials over plain HTTP to another host', async () => {
    const warnings: string[] = []
    const hooks = { onWarning: ({ code }: { code: string }) => void warnings.push(code) }
    const call = (baseUrl: string) => createSample({ ...config, baseUrl, fetch: scripted(ok()).fetch, hooks }).call('sessions.get', read)
    await call('http://gateway.example')
    await call('http://gateway.example/again')
    await call('http://127.0.0.1:1')
    await call('http://[::1]:1')
    await call('https://gateway.example')
    expect(warnings).toEqual(['plain_http'])
  })
})

/** A fetch that answers only when told to. */
function held() {
  const waiting: (() => void)[] = []
  const fetch = ({ signal }: Seen) =>
    new Promise<Response>((resolve, reject) => {
      waiting.push(() => resolve(ok()))
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  return { ...scripted(fetch), waiting }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('limits', () => {
  it('let so many in at once, over all clients of the same place', async () => {
    const { fetch, waiting } = held()
    const place = { ...fresh(), fetch, limits: { concurrency: 2 } }
    const [one, two] = [createSample(place), createSample(place)]
    const calls = [one, two, one].map((sample) => sample.call('sessions.get', read))
    await settled()
    expect(waiting).toHaveLength(2)
    waiting[0]?.()
    await settled()
    expect(waiting).toHaveLength(3)
    for (const free of waiting) free()
    await Promise.all(calls)
  })

  it('fail unsent when the queue is full', async () => {
    const { fetch, waiting, seen } = held()
    const sample = createSample({ ...fresh(), fetch, limits: { concurrency: 1, queue: 1 } })
    const first = sample.call('messages.sendText', { chatId: 'c', text: '1' })
    const second = sample.call('messages.sendText', { chatId: 'c', text: '2' })
    await settled()
    await expect(sample.call('messages.sendText', { chatId: 'c', text: '3' })).rejects.toMatchObject({
      kind: 'rate_limited',
      reached: 'no',
    })
    waiting[0]?.()
    await first
    await settled()
    waiting[1]?.()
    await second
    expect(seen).toHaveLength(2)
  })

  it('end with the deadline of the call that waits, unsent', async () => {
    const { fetch, waiting, seen } = held()
    const sample = createSample({ ...fresh(), fetch, limits: { concurrency: 1 } })
    const first = sample.call('sessions.get', read)
    await settled()
    const waits = sample.call('messages.sendText', { chatId: 'c', text: 't' }, { timeoutMs: 10 })
    await expect(waits).rejects.toMatchObject({ kind: 'timeout', reached: 'no' })
    expect(seen).toHaveLength(1)
    waiting[0]?.()
    await first
    const again = sample.call('sessions.get', read)
    await settled()
    waiting[1]?.()
    await again
  })

  it('space requests evenly', async () => {
    const clock = jumpingClock()
    const { fetch } = scripted(ok())
    const sample = createSample({ ...fresh(), fetch, clock, limits: { perSecond: 4 } })
    await Promise.all([1, 2, 3].map(() => sample.call('sessions.get', read)))
    expect(clock.waits).toEqual([250, 250])
  })
})

describe('a preflight', () => {
  it.each([401, 403, false])('that says %s refuses before the gateway is asked', async (answer) => {
    const { fetch, seen } = scripted(ok())
    const sample = createSample({ ...fresh(), fetch, preflight: { check: async () => answer } })
    await expect(sample.call('sessions.get', read)).rejects.toMatchObject({
      kind: 'auth',
      message: 'Sample: subscription or API key not valid',
      reached: 'no',
    })
    expect(seen).toHaveLength(0)
  })

  it.each([undefined, null, Number.NaN, '200', '403', 'no', '', {}, [], 0, 1, 302, Number.POSITIVE_INFINITY])(
    'that answers %j has not said yes',
    async (answer) => {
      const { fetch, seen } = scripted(ok())
      const sample = createSample({ ...fresh(), fetch, preflight: { check: async () => answer as never } })
      await expect(sample.call('sessions.get', read)).rejects.toMatchObject({ kind: 'server', operation: 'preflight', reached: 'no' })
      expect(seen).toHaveLength(0)
    },
  )

  it('is asked once for calls at the same time, and again when its yes has grown old', async () => {
    const clock = jumpingClock()
    let asked = 0
    const check = async () => {
      asked++
      return 200
    }
    const sample = createSample({ ...fresh(), fetch: scripted(ok()).fetch, clock, preflight: { check, cacheMs: 1_000 } })
    await Promise.all([sample.call('sessions.get', read), sample.call('sessions.get', read)])
    await sample.call('sessions.get', read)
    expect(asked).toBe(1)
    await new Promise<void>((resolve) => clock.after(2_000, resolve))
    await sample.call('sessions.get', read)
    expect(asked).toBe(2)
  })

  it('that fails by itself is told apart from the gateway, and shows none of its secrets', async () => {
    const check = async () => {
      throw new Error('key-of-the-checker')
    }
    const { fetch, seen } = scripted(ok())
    const error = await createSample({ ...fresh(), fetch, preflight: { check } })
      .call('sessions.get', read)
      .catch((caught: GatewayError) => caught)
    expect(error).toMatchObject({ kind: 'server', operation: 'preflight' })
    expect(JSON.stringify(error)).not.toContain('key-of')
    expect(seen).toHaveLength(0)
  })
})
