import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { IdleMap } from '../../src/memory/idle-map.ts'
import { createLimiter } from '../../src/policies/rate-limit.ts'
import { takeRepeat } from '../../src/request/retry-budget.ts'
import { createTransport } from '../../src/request/transport.ts'
import type { Clock } from '../../src/time/clock.ts'
import { createSample, config as place, scripted } from '../sample-gateway.ts'

// what is not in use any more must not count
setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

const read = { session: 'main' } as const
const ok = () => Response.json({ state: 'ok' })
let places = 0
const fresh = () => ({ ...place, baseUrl: `http://patience-${places++}.invalid` })
const settled = () => new Promise((resolve) => setTimeout(resolve, 10))

/** Time that somebody else moves. */
function handClock(): Clock & { now: () => number; move(ms: number): void; readonly timers: number } {
  let now = 1_000
  const timers = new Map<object, { at: number; callback: () => void }>()
  return {
    now: () => now,
    after(ms, callback) {
      const key = {}
      timers.set(key, { at: now + ms, callback })
      return () => timers.delete(key)
    },
    move(ms) {
      now += ms
      for (const [key, { at, callback }] of timers) {
        if (at > now) continue
        timers.delete(key)
        callback()
      }
    },
    get timers() {
      return timers.size
    },
  }
}

describe('a preflight that never answers', () => {
  const never = () => new Promise<boolean>(() => {})

  it('ends with the deadline of the call', async () => {
    const { fetch, seen } = scripted(ok())
    const call = createSample({ ...fresh(), fetch, preflight: { check: never } }).call('sessions.get', read, { timeoutMs: 20 })
    await expect(call).rejects.toMatchObject({ kind: 'timeout', operation: 'preflight', reached: 'no' })
    expect(seen).toHaveLength(0)
  })

  it('ends when the caller aborts, and is told so', async () => {
    let given: AbortSignal | undefined
    const check = (signal: AbortSignal) => {
      given = signal
      return never()
    }
    const { fetch, seen } = scripted(ok())
    const caller = new AbortController()
    const call = createSample({ ...fresh(), fetch, preflight: { check } }).call('sessions.get', read, { signal: caller.signal })
    await settled()
    expect(given?.aborted).toBe(false)
    caller.abort()
    await expect(call).rejects.toMatchObject({ kind: 'aborted', operation: 'preflight', reached: 'no' })
    expect(given?.aborted).toBe(true)
    expect(seen).toHaveLength(0)
  })

  it('is not asked for a call that was aborted before', async () => {
    let asked = 0
    const check = async () => {
      asked++
      return true
    }
    const call = createSample({ ...fresh(), fetch: scripted(ok()).fetch, preflight: { check } }).call('sessions.get', read, {
      signal: AbortSignal.abort(),
    })
    await expect(call).rejects.toMatchObject({ kind: 'aborted' })
    expect(asked).toBe(0)
  })
})

describe('callers who wait for the same preflight', () => {
  it('keep their answer when one of them goes', async () => {
    let answer = (_: boolean) => {}
    const signals: AbortSignal[] = []
    const check = (signal: AbortSignal) => {
      signals.push(signal)
      return new Promise<boolean>((resolve, reject) => {
        answer = resolve
        signal.addEventListener('abort', () => reject(signal.reason))
      })
    }
    const sample = createSample({ ...fresh(), fetch: scripted(ok()).fetch, preflight: { check } })
    const goes = new AbortController()
    const first = sample.call('sessions.get', read, { signal: goes.signal })
    const others = [1, 2, 3].map(() => sample.call('sessions.get', read))
    await settled()
    goes.abort()
    await expect(first).rejects.toMatchObject({ kind: 'aborted' })
    await settled()
    answer(true)
    await Promise.all(others)
    expect(signals).toHaveLength(1)
  })

  it('ask again after all of them went', async () => {
    let asked = 0
    const check = () => {
      asked++
      return asked === 1 ? new Promise<boolean>(() => {}) : Promise.resolve(true)
    }
    const sample = createSample({ ...fresh(), fetch: scripted(ok()).fetch, preflight: { check } })
    await expect(sample.call('sessions.get', read, { timeoutMs: 5 })).rejects.toMatchObject({ kind: 'timeout' })
    await sample.call('sessions.get', read)
    expect(asked).toBe(2)
  })
})

describe('deadlines', () => {
  it.each([0, Number.POSITIVE_INFINITY, 2 ** 31, 40 * 86_400_000])('of %d ms do not end a call that takes its time', async (timeoutMs) => {
    const slow = () => new Promise<Response>((resolve) => setTimeout(() => resolve(ok()), 30))
    const answer = await createSample({ ...fresh(), fetch: scripted(slow).fetch, timeoutMs }).call('sessions.get', read)
    expect(answer.data).toEqual({ state: 'ok' })
    await createSample({ ...fresh(), fetch: scripted(slow).fetch }).call('sessions.get', read, { timeoutMs })
  })

  it.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])('of %d ms are refused before anything is sent', async (timeoutMs) => {
    const { fetch, seen } = scripted(ok())
    const sample = createSample({ ...fresh(), fetch })
    const refused = { kind: 'invalid_request', field: 'timeoutMs', reached: 'no' }
    await expect(sample.call('sessions.get', read, { timeoutMs })).rejects.toMatchObject(refused)
    await expect(sample.client.GET('/api/sessions/{session}', { params: { path: read }, timeoutMs })).rejects.toMatchObject(refused)
    expect(seen).toHaveLength(0)
  })

  it('leave no timer behind, however long they are', async () => {
    const clock = handClock()
    const transport = createTransport({ clock })
    transport.begin({ timeoutMs: Number.POSITIVE_INFINITY }).close()
    transport.begin({ timeoutMs: 1e12 }).close()
    expect(clock.timers).toBe(0)
  })
})

describe('what is remembered', () => {
  it('of 100,000 sessions is only what is in use', async () => {
    const clock = handClock()
    const limiter = createLimiter({ perSession: { perSecond: 10, concurrency: 1 } }, clock)
    const deadline = createTransport({ clock }).begin({ timeoutMs: 0 })
    const before = heap()
    for (let count = 0; count < 100_000; count++) {
      const release = await limiter.enter(`session-${count}`, deadline)
      if (typeof release === 'function') release()
      if (count % 100 === 0) clock.move(1_000)
    }
    clock.move(1_000)
    expect(limiter.idle()).toBe(true)
    expect(heap() - before).toBeLessThan(15_000_000)
  })

  it('of 100,000 gateways in trouble is what has not recovered', () => {
    const clock = handClock()
    const before = heap()
    for (let count = 0; count < 100_000; count++) {
      takeRepeat(clock, `gateway-${count}`, false)
      if (count % 100 === 0) clock.move(10_000)
    }
    expect(heap() - before).toBeLessThan(15_000_000)
  })

  it('is never a value that is in use', () => {
    const map = new IdleMap(
      () => ({ busy: false }),
      ({ busy }) => !busy,
    )
    const busy = Array.from({ length: 50 }, (_, at) => map.get(`busy-${at}`))
    for (const one of busy) one.busy = true
    for (let count = 0; count < 20_000; count++) map.get(`idle-${count}`)
    for (const [at, one] of busy.entries()) expect(map.get(`busy-${at}`)).toBe(one)
    expect(map.size).toBeLessThan(2_100)
  })

  function heap(): number {
    gc()
    return process.memoryUsage().heapUsed
  }
})
