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

/** `7 s`, `1 min 05 s` */
export function elapsedText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}
