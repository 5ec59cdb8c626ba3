import type { State, WarestLimits } from '../../state.ts'
import { type Answer, json } from '../../wire/answer.ts'
import type { Call } from '../handler.ts'
import { inputOf } from './serialize.ts'

/** A count of requests, and when it starts again at 0. */
interface Window {
  readonly endsAt: number
  count: number
}

/** WARest's limits of requests. */
export interface Limits {
  /** Counts a call; the answer to one above the limits, `undefined` for all others. */
  refuse(call: Call, key: string): Answer | undefined
  /** Headers of the answer to a call that was counted. */
  headersOf(call: Call): Readonly<Record<string, string>>
}

// these go through the router of the group first, which counts them as well
const TWICE = /^\/api\/v1\/(messages|chats|misc)(\/|$)/
const MESSAGES = /^\/api\/v1\/messages\//
const QUOTA = { max: 500, windowMs: 60_000 }

/**
 * Applies the limits of requests that the emulator was given or that a fault set.
 *
 * @see https://github.com/triyatna/warest-whatsapp-rest-api/tree/main/src/middleware
 */
export function createLimits({ settings, clock, memory }: State): Limits {
  const calls = memory.part('warest/calls', () => new Map<string, Window>())
  const quotas = memory.part('warest/quotas', () => new Map<string, Window>())
  const recipients = memory.part('warest/recipients', () => new Map<string, number>())
  const headers = new WeakMap<Call, Record<string, string>>()

  function count(windows: Map<string, Window>, key: string, by: number, windowMs: number): Window {
    const now = clock.now()
    const known = windows.get(key)
    const window = known && now <= known.endsAt ? known : { endsAt: now + windowMs, count: 0 }
    windows.set(key, window)
    window.count += by
    return window
  }

  function cooldown(call: Call, key: string, limits: WarestLimits): Answer | undefined {
    const to = inputOf(call).to
    if (limits.cooldownMs <= 0 || to === undefined || to === '') return undefined
    const now = clock.now()
    // it compares the text of the recipient, and counts calls that fail
    const name = `${key} ${String(to)}`
    const until = recipients.get(name) ?? 0
    if (now < until) {
      const retryAfter = Math.ceil((until - now) / 1000)
      const answer = json(429, { error: 'Recipient cooldown', retryAfter })
      answer.headers['retry-after'] = String(retryAfter)
      return answer
    }
    recipients.delete(name)
    recipients.set(name, now + limits.cooldownMs)
    for (const [one, end] of recipients) {
      if (end > now) break
      recipients.delete(one)
    }
    return undefined
  }

  return {
    refuse(call, key) {
      const limits = settings.warestLimits ?? settings.warest.limits
      if (!limits) return undefined
      const by = TWICE.test(call.path) ? 2 : 1
      const window = count(calls, key, by, limits.windowMs)
      const told = headersFor('x-ratelimit', limits.max, window)
      headers.set(call, told)
      if (window.count > limits.max) return json(429, { error: 'Too many requests' })
      if (!MESSAGES.test(call.path)) return undefined
      const refused = cooldown(call, key, limits)
      if (refused) return refused
      const quota = count(quotas, key, 1, QUOTA.windowMs)
      Object.assign(told, headersFor('x-quota', QUOTA.max, quota))
      return quota.count > QUOTA.max ? json(429, { error: 'Quota exceeded' }) : undefined
    },

    headersOf: (call) => headers.get(call) ?? {},
  }
}

function headersFor(prefix: string, max: number, { count, endsAt }: Window): Record<string, string> {
  return {
    [`${prefix}-limit`]: String(max),
    [`${prefix}-remaining`]: String(Math.max(0, max - count)),
    [`${prefix}-reset`]: String(Math.floor(endsAt / 1000)),
  }
}
