import { describe, expect, it } from 'vitest'
import type { Safety } from '../schema/operations.ts'
import { type Failure, mayRepeat, outcomeKind, parseRetryAfter, retryDelay } from './retry-policy.ts'

const refusedConnection: Failure = { kind: 'network', reached: 'no' }
const lostAnswer: Failure = { kind: 'network', reached: 'maybe' }
const timeout: Failure = { kind: 'timeout', reached: 'maybe' }
const serverError: Failure = { kind: 'server', reached: 'yes', status: 500 }
const throttled: Failure = { kind: 'rate_limited', reached: 'yes', status: 429 }
const throttledForSure: Failure = { ...throttled, refused: true }
const notFound: Failure = { kind: 'not_found', reached: 'yes', status: 404 }
const brokenSuccess: Failure = { kind: 'bad_response', reached: 'yes', status: 200 }

describe('mayRepeat', () => {
  const table: [Safety, Failure, boolean][] = [
    ['read', refusedConnection, true],
    ['read', lostAnswer, true],
    ['read', timeout, true],
    ['read', serverError, true],
    ['read', throttled, true],
    ['read', notFound, false],
    ['converge', lostAnswer, true],
    ['send', refusedConnection, true],
    ['send', lostAnswer, false],
    ['send', timeout, false],
    ['send', serverError, false],
    ['send', throttled, false],
    ['send', throttledForSure, true],
    ['create', refusedConnection, true],
    ['create', lostAnswer, false],
    ['danger', refusedConnection, true],
    ['danger', serverError, false],
    ['read', { kind: 'aborted', reached: 'no' }, false],
    ['read', { kind: 'auth', reached: 'yes', status: 401 }, false],
  ]
  it.each(table)('%s after %j: %s', (safety, failure, expected) => {
    expect(mayRepeat(safety, failure)).toBe(expected)
  })
})

describe('outcomeKind', () => {
  const table: [Safety, Failure, string][] = [
    ['send', refusedConnection, 'network'],
    ['send', lostAnswer, 'unknown_outcome'],
    ['send', timeout, 'unknown_outcome'],
    ['send', { kind: 'aborted', reached: 'maybe' }, 'unknown_outcome'],
    ['send', serverError, 'unknown_outcome'],
    ['send', { ...serverError, refused: true }, 'server'],
    ['send', { kind: 'unsupported', reached: 'yes', status: 501 }, 'unsupported'],
    ['send', brokenSuccess, 'unknown_outcome'],
    ['send', notFound, 'not_found'],
    ['send', throttled, 'rate_limited'],
    ['create', lostAnswer, 'unknown_outcome'],
    ['danger', lostAnswer, 'unknown_outcome'],
    ['danger', serverError, 'server'],
    ['read', lostAnswer, 'network'],
    ['read', timeout, 'timeout'],
    ['read', brokenSuccess, 'bad_response'],
    ['converge', timeout, 'timeout'],
  ]
  it.each(table)('%s after %j is %s', (safety, failure, expected) => {
    expect(outcomeKind(safety, failure)).toBe(expected)
  })
})

describe('retryDelay', () => {
  it('is exponential with full jitter, and capped', () => {
    expect([1, 2, 3].map((attempt) => retryDelay(attempt, serverError, {}, () => 1))).toEqual([200, 400, 800])
    expect(retryDelay(30, serverError, { maxDelayMs: 5_000 }, () => 1)).toBe(5_000)
    expect(retryDelay(3, serverError, {}, () => 0)).toBe(0)
  })

  it('follows the gateway, and gives up when that is too long', () => {
    expect(retryDelay(1, { ...throttled, retryAfterMs: 7_000 }, {}, () => 1)).toBe(7_000)
    expect(retryDelay(1, { ...throttled, retryAfterMs: 60_000 }, {}, () => 1)).toBeUndefined()
  })
})

describe('parseRetryAfter', () => {
  it.each([
    ['3', 3_000],
    ['0', 0],
    ['Thu, 01 Jan 1970 00:00:10 GMT', 5_000],
    ['Thu, 01 Jan 1970 00:00:01 GMT', 0],
    ['soon', undefined],
    ['-5', 0],
    ['1, 2', 2_000],
    ['2,1', 2_000],
    ['1e308', Number.MAX_SAFE_INTEGER],
    ['Infinity', undefined],
    ['5 apples', undefined],
    ['in 7', undefined],
    [null, undefined],
    ['', undefined],
  ])('%j', (value, expected) => {
    expect(parseRetryAfter(value, 5_000)).toBe(expected)
  })
})
