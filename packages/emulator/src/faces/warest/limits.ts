import type { State } from '../../state.ts'
import type { Call } from '../handler.ts'
import { json } from '../http.ts'
import { inputOf, parseWarestJid } from './serialize.ts'

/** Applies the limits of requests that the emulator was given; `undefined` when a call is within them. */
export function createLimits({ settings, clock, memory }: State): (call: Call, key: string) => Response | undefined {
  const { limits } = settings.warest
  const calls = memory.part('warest/calls', () => new Map<string, number[]>())
  const sends = memory.part('warest/sends', () => new Map<string, number>())

  return (call, key) => {
    if (!limits) return undefined
    const now = clock.now()
    const recent = (calls.get(key) ?? []).filter((at) => at > now - limits.windowMs)
    calls.set(key, recent)
    if (recent.length >= limits.max) return json(429, { error: 'Too many requests' })
    recent.push(now)
    if (!call.path.includes('/messages/send/')) return undefined
    const to = parseWarestJid(inputOf(call).to)
    const wait = (sends.get(to) ?? Number.NEGATIVE_INFINITY) + limits.cooldownMs - now
    if (wait > 0) return json(429, { error: 'Recipient cooldown', retryAfter: Math.ceil(wait / 1000) })
    sends.set(to, now)
    return undefined
  }
}
