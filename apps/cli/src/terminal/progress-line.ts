import { drawOn, type Terminal } from './terminal.ts'
import { oneLine } from './visible-text.ts'

/** A line on stderr that is overwritten while a command waits. Nothing is shown when stderr is no terminal. */
export interface ProgressLine {
  show(text: string): void
  /** Removes the line. */
  clear(): void
}

/** @param quiet true: nothing is ever shown */
export function createProgressLine(terminal: Pick<Terminal, 'stderr'>, quiet: boolean): ProgressLine {
  let shown = false
  return {
    show(text) {
      if (quiet || terminal.stderr.isTTY !== true) return
      drawOn(terminal.stderr, `\r\x1b[2K${oneLine(text)}`)
      shown = true
    },
    clear() {
      if (shown) drawOn(terminal.stderr, '\r\x1b[2K')
      shown = false
    },
  }
}

const SHOWN_AFTER_MS = 1_500

/**
 * Shows after 1.5 s that a gateway has not answered yet, and for how long.
 *
 * @param whom name of the gateway
 * @returns a function that stops it
 */
export function showWaiting(progress: ProgressLine, whom: string): () => void {
  const began = performance.now()
  const timer = setInterval(() => {
    const elapsed = performance.now() - began
    if (elapsed >= SHOWN_AFTER_MS) progress.show(`Waiting for ${whom}… ${elapsedText(elapsed)}`)
  }, 500)
  // so that the timer does not keep the process alive
  timer.unref()
  return () => {
    clearInterval(timer)
    progress.clear()
  }
}

/** `7 s`, `1 min 05 s` */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
