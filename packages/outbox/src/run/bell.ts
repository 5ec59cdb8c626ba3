import type { Clock } from '@wamux/core'

/** Lets loops wait for a time, for something that happens in this process, or for their end. */
export class Bell {
  readonly #clock: Clock
  readonly #waiting = new Set<() => void>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Wakes everybody who waits. */
  ring(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  /** Resolves after `ms`, when the bell rings, or when the signal fires. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
    if (signal?.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        this.#waiting.delete(wake)
        signal?.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = this.#clock.after(Math.max(0, ms), wake)
      this.#waiting.add(wake)
      signal?.addEventListener('abort', wake)
    })
  }
}
