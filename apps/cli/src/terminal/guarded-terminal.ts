import type { Output, Terminal } from './terminal.ts'
import { paintedLines } from './visible-text.ts'

/** Hides what must not be shown in a text. */
export type Hide = (text: string) => string

/** A terminal through which everything goes that a command prints. */
export interface GuardedTerminal extends Terminal {
  /** From now on this is applied to all that is printed, or to stderr only. */
  hide(hide: Hide, on: 'both' | 'stderr'): void
  /** A text without what must not be shown on stdout. */
  hidden(text: string): string
}

/**
 * Puts one writer in front of stdout and stderr: it takes secrets out, and on a terminal also what the terminal would obey instead of
 * showing it. Streams are opened when they are first used, as those of the process are.
 */
export function guardTerminal(terminal: Terminal): GuardedTerminal {
  const hiding: Record<'stdout' | 'stderr', Hide[]> = { stdout: [], stderr: [] }
  const without = (name: 'stdout' | 'stderr') => (text: string) => hiding[name].reduce((one, hide) => hide(one), text)
  const guarded = (stream: () => Output, hidden: Hide): Output => ({
    write: (text) =>
      stream().write(typeof text === 'string' ? (stream().isTTY === true ? paintedLines(hidden(text)) : hidden(text)) : text),
    draw: (text) => stream().write(hidden(text)),
    get isTTY() {
      return stream().isTTY === true
    },
    get columns() {
      return stream().columns ?? 0
    },
    get stream() {
      return stream()
    },
  })
  return {
    env: terminal.env,
    get stdin() {
      return terminal.stdin
    },
    stdout: guarded(() => terminal.stdout, without('stdout')),
    stderr: guarded(() => terminal.stderr, without('stderr')),
    hide(hide, on) {
      hiding.stderr.push(hide)
      if (on === 'both') hiding.stdout.push(hide)
    },
    hidden: without('stdout'),
  }
}
