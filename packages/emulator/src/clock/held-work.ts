/** Work that a clock waits for before time goes on. */
export interface HeldWork {
  hold(work: Promise<unknown>): void
  /** A turn of the event loop, in which requests under way settle, and then what is held. */
  turn(): Promise<void>
}

/** How long one piece of work is waited for, ms of real time: longer than a receiver of webhooks on this machine takes. */
const PATIENCE_MS = 100

export function holdWork(): HeldWork {
  const held = new Set<Promise<void>>()
  return {
    hold(work) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS)
      })
      const done = work.then(
        () => {},
        () => {},
      )
      const one: Promise<void> = Promise.race([done, patience]).then(() => {
        clearTimeout(timer)
        held.delete(one)
      })
      held.add(one)
    },
    async turn() {
      // setTimeout: a virtual clock stands still meanwhile
      await new Promise((resolve) => setTimeout(resolve, 0))
      while (held.size > 0) await Promise.all(held)
    },
  }
}
