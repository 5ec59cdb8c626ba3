import type { Clock } from '@wamux/core'

interface Timer {
  readonly at: number
  readonly ring: () => void
}

/** A clock that jumps to the next timer as soon as the program has nothing else to do: a run of weeks takes as long as its work. */
export function jumpingClock(start: number): Clock {
  let now = start
  const timers = new Set<Timer>()
  let scheduled = false
  const jump = () => {
    scheduled = false
    let next: Timer | undefined
    for (const one of timers) if (!next || one.at < next.at) next = one
    if (!next) return
    timers.delete(next)
    now = Math.max(now, next.at)
    next.ring()
    schedule()
  }
  const schedule = () => {
    if (scheduled || timers.size === 0) return
    scheduled = true
    // two turns: what the program does without a timer comes first
    setImmediate(() => setImmediate(jump))
  }
  return {
    now: () => now,
    after(ms, ring) {
      const timer = { at: now + Math.max(0, ms), ring }
      timers.add(timer)
      schedule()
      return () => void timers.delete(timer)
    },
  }
}
