import type { Terminal } from './terminal.ts'

/** A line on stderr that changes in place while something takes long; without a terminal it is silent. */
export interface Live {
  show(text: string): void
  /** Takes the line away. */
  clear(): void
}

export function liveLine(terminal: Pick<Terminal, 'stderr'>, quiet: boolean): Live {
  let shown = false
  return {
    show(text) {
      if (quiet || terminal.stderr.isTTY !== true) return
      terminal.stderr.write(`\r\x1b[2K${text}`)
      shown = true
    },
    clear() {
      if (shown) terminal.stderr.write('\r\x1b[2K')
      shown = false
    },
  }
}

const PATIENCE_MS = 1_500

/** Shows after a while that an answer is waited for, and for how long. @returns what ends it */
export function showWaiting(live: Live, whom: string): () => void {
  const began = performance.now()
  const timer = setInterval(() => {
    const elapsed = performance.now() - began
    if (elapsed >= PATIENCE_MS) live.show(`Waiting for ${whom}… ${elapsedText(elapsed)}`)
  }, 500)
  // it must not keep the process alive
  timer.unref()
  return () => {
    clearInterval(timer)
    live.clear()
  }
}

/** `7 s`, `1 min 05 s` */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
