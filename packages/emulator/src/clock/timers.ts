import type { Clock } from '@wamux/core'
import type { Memory } from '../memory/memory.ts'

/** Something that happens later. */
interface Pending {
  readonly kind: string
  /** ms since the epoch. */
  readonly at: number
  readonly input: unknown
}

/** Begins a timer; the answer cancels it. 0 ms and less happen at once. */
export type StartTimer<Input> = (ms: number, input: Input) => () => void

/** What is to happen later in one emulator. */
export interface Timers {
  /**
   * Says what happens when a timer of a kind is due. What it is about is given as data and not as a function, so that a snapshot can keep it.
   *
   * @param kind its name, which no other has
   */
  kind<Input>(kind: string, due: (input: Input) => void): StartTimer<Input>
  /** A timer that a snapshot does not keep: for requests that wait. */
  after(ms: number, callback: () => void): () => void
  /** What waits, by kind. */
  waiting<Input>(kind: string): readonly Input[]
  /** When the next one is due, ms since the epoch; `undefined` when nothing waits. */
  next(): number | undefined
  /** Lets everything of some kinds happen now, in its order, without time passing. */
  flush(chosen: (kind: string) => boolean): void
  /** Ends everything of some kinds. */
  drop(chosen: (kind: string) => boolean): void
  /** Starts what a snapshot had; called when all kinds are known. */
  resume(): void
  /** Ends those of all kinds. */
  close(): void
}

export function createTimers(clock: Clock, memory: Memory): Timers {
  const pending = memory.part('timers', () => new Set<Pending>())
  const kinds = new Map<string, (input: unknown) => void>()
  const cancels = new Map<Pending, () => void>()
  /** When those that no snapshot keeps are due. */
  const passing = new Set<{ readonly at: number }>()

  function arm(timer: Pending): void {
    const cancel = clock.after(Math.max(0, timer.at - clock.now()), () => {
      forget(timer)
      kinds.get(timer.kind)?.(timer.input)
    })
    cancels.set(timer, cancel)
  }

  function forget(timer: Pending): void {
    pending.delete(timer)
    cancels.delete(timer)
  }

  return {
    kind<Input>(kind: string, due: (input: Input) => void): StartTimer<Input> {
      if (kinds.has(kind)) throw new Error(`two owners of the timer ${kind}`)
      kinds.set(kind, due as (input: unknown) => void)
      return (ms, input) => {
        if (ms <= 0) {
          due(input)
          return () => {}
        }
        const timer: Pending = { kind, at: clock.now() + ms, input }
        pending.add(timer)
        arm(timer)
        return () => {
          cancels.get(timer)?.()
          forget(timer)
        }
      }
    },

    after(ms, callback) {
      const timer = { at: clock.now() + Math.max(0, ms) }
      passing.add(timer)
      const cancel = clock.after(ms, () => {
        passing.delete(timer)
        callback()
      })
      return () => {
        passing.delete(timer)
        cancel()
      }
    },

    waiting: <Input>(kind: string) => [...pending].flatMap((one) => (one.kind === kind ? [one.input as Input] : [])),

    next() {
      let next: number | undefined
      for (const group of [pending, passing]) for (const { at } of group) if (next === undefined || at < next) next = at
      return next
    },

    flush(chosen) {
      const first = () => [...pending].filter(({ kind }) => chosen(kind)).sort((one, other) => one.at - other.at)[0]
      for (let timer = first(); timer; timer = first()) {
        cancels.get(timer)?.()
        forget(timer)
        kinds.get(timer.kind)?.(timer.input)
      }
    },

    drop(chosen) {
      for (const timer of [...pending]) {
        if (!chosen(timer.kind)) continue
        cancels.get(timer)?.()
        forget(timer)
      }
    },

    resume() {
      for (const timer of [...pending]) if (!cancels.has(timer)) arm(timer)
    },

    close() {
      for (const cancel of cancels.values()) cancel()
      cancels.clear()
      pending.clear()
    },
  }
}
