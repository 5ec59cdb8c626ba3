import type { Clock } from '@wamux/core'
import { holdWork } from './held-work.ts'
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

interface Timer {
  at: number
  readonly callback: () => void
  /** Ends the wait for it at the base clock; absent while this clock stands. */
  disarm?: (() => void) | undefined
}

/**
 * Makes a clock that can be steered.
 *
 * @param base the clock that it follows while it runs
 */
export function createSteeredClock(base: Clock): SteeredClock {
  const timers = new Set<Timer>()
  const held = holdWork()
  /** The time at which it stands; `undefined` while it runs. */
  let standsAt: number | undefined
  let ahead = 0
  let paused = false
  let advancing: Promise<void> = Promise.resolve()

  const now = () => standsAt ?? base.now() + ahead

  function arm(timer: Timer): void {
    timer.disarm = base.after(Math.max(0, timer.at - now()), () => {
      timers.delete(timer)
      timer.callback()
    })
  }

  function stand(): void {
    standsAt ??= now()
    for (const timer of timers) {
      timer.disarm?.()
      timer.disarm = undefined
    }
  }

  function run(): void {
    if (standsAt === undefined) return
    ahead = standsAt - base.now()
    standsAt = undefined
    for (const timer of inOrder(timers)) arm(timer)
  }

  async function advance(ms: number): Promise<void> {
    stand()
    let left = ms
    await held.turn()
    for (let [timer] = inOrder(timers); timer && timer.at <= now() + left; [timer] = inOrder(timers)) {
      timers.delete(timer)
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
      const timer: Timer = { at: now() + Math.max(0, ms), callback }
      timers.add(timer)
      if (standsAt === undefined) arm(timer)
      return () => {
        timer.disarm?.()
        timers.delete(timer)
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
      for (const timer of timers) timer.at += by
      if (standsAt === undefined) ahead += by
      else standsAt = time
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

function inOrder(timers: ReadonlySet<Timer>): readonly Timer[] {
  return [...timers].sort((one, other) => one.at - other.at)
}

export function isSteered(clock: VirtualClock): clock is SteeredClock {
  return 'paused' in clock
}

/** Whether time passes only when it is told to. */
export function standsStill(clock: VirtualClock): boolean {
  return !isSteered(clock) || clock.paused
}
