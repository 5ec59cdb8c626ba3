import { expect, it } from 'vitest'
import type { RequestContext } from '../request/types.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { limiterFor } from './rate-limit.ts'

const contextWith = (clock: Clock, baseUrl = 'http://gateway.invalid') =>
  ({ gateway: { id: 'waha', name: 'WAHA' }, baseUrl, transport: { clock } }) as RequestContext

it('clients of one gateway with the same limits and the same clock share a limiter', () => {
  const clock = { ...systemClock }
  const limits = { concurrency: 2 }
  const limiter = limiterFor(contextWith(clock), limits)
  expect(limiterFor(contextWith(clock), { ...limits })).toBe(limiter)
  expect(limiterFor(contextWith(clock), { concurrency: 3 })).not.toBe(limiter)
  expect(limiterFor(contextWith(clock, 'http://other.invalid'), limits)).not.toBe(limiter)
})

it('clients with clocks of their own do not share a limiter', () => {
  const limits = { perSecond: 1 }
  expect(limiterFor(contextWith({ ...systemClock }), limits)).not.toBe(limiterFor(contextWith({ ...systemClock }), limits))
})
