import type { Clock } from '@wamux/core'
import { holdWork } from './held-work.ts'
import { createTimerQueue } from './timer-queue.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** A clock that follows another one, and can be stopped, moved on and started again. */
export interface SteeredClock extends VirtualClock {
  /** Whether it stands still. */
  readonly paused: boolean
  /** Stops it: what waits does not happen until it is moved on or started again. */
  pause(): void
  /** Starts it again, from the time that it shows. */
  resume(): void
}

/**
 * Makes a clock that can be steered.
 *
 * @param base the clock that it follows while it runs
 */
export function createSteeredClock(base: Clock): SteeredClock {
  const timers = createTimerQueue()
  const held = holdWork()
  /** The time at which it stands; `undefined` while it runs. */
  let standsAt: number | undefined
  let ahead = 0
  let paused = false
  let advancing: Promise<void> = Promise.resolve()
  /** The wait at the base clock, for the next timer only; absent while this clock stands or nothing waits. */
  let armed: { readonly at: number; cancel(): void } | undefined

  const now = () => standsAt ?? base.now() + ahead

  function arm(): void {
    const next = timers.first()
    if (standsAt !== undefined || !next || (armed && armed.at <= next.at)) return
    armed?.cancel()
    const { at } = next
    armed = { at, cancel: base.after(Math.max(0, at - now()), () => fire(Math.max(at, now()))) }
  }

  function disarm(): void {
    armed?.cancel()
    armed = undefined
  }

  /** Calls all that is due by then, but nothing that was added meanwhile: a busy process comes to it late. */
  function fire(due: number): void {
    armed = undefined
    const { newest } = timers
    try {
      for (let next = timers.first(); next && next.at <= due && next.order <= newest; next = timers.first()) {
        timers.shift()
        next.callback()
        // it may have stopped the clock
        if (standsAt !== undefined) return
      }
    } finally {
      arm()
    }
  }

  function stand(): void {
    standsAt ??= now()
    disarm()
  }

  function run(): void {
    if (standsAt === undefined) return
    ahead = standsAt - base.now()
    standsAt = undefined
    arm()
  }

  async function advance(ms: number): Promise<void> {
    stand()
    let left = ms
    await held.turn()
    for (let timer = timers.first(); timer && timer.at <= now() + left; timer = timers.first()) {
      timers.shift()
      const passed = Math.max(0, timer.at - now())
      standsAt = now() + passed
      left -= passed
      timer.callback()
      await held.turn()
    }
    standsAt = now() + left
    if (!paused) run()
  }

  return {
    now,
    after(ms, callback) {
      const timer = timers.add(now() + Math.max(0, ms), callback)
      arm()
      return () => {
        timers.cancel(timer)
        // a wait for nothing would keep the process running
        if (armed && timers.first()?.at !== armed.at) {
          disarm()
          arm()
        }
      }
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advance: expected milliseconds, not ${ms}`)
      advancing = advancing.then(() => advance(ms))
      return advancing
    },
    set(time) {
      if (!Number.isFinite(time)) throw new RangeError(`set: expected milliseconds, not ${time}`)
      const by = time - now()
      disarm()
      timers.move(by)
      if (standsAt === undefined) ahead += by
      else standsAt = time
      arm()
    },
    hold: held.hold,
    get paused() {
      return paused
    },
    pause() {
      paused = true
      stand()
    },
    resume() {
      paused = false
      run()
    },
  }
}

export function isSteered(clock: VirtualClock): clock is SteeredClock {
  return 'paused' in clock
}

/** Whether time passes only by `advance` and `runUntilIdle`. */
export function standsStill(clock: VirtualClock): boolean {
  return !isSteered(clock) || clock.paused
}
