import { inspect } from 'node:util'

const METHODS = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const

/** Everything that was written while output is captured: console, standard streams, warnings of the process. */
export interface Written {
  readonly text: string
  stop(): void
}

/** Starts to capture output; it is still written. */
export function watchWritten(): Written {
  const parts: string[] = []
  const undo: (() => void)[] = []
  for (const name of METHODS) {
    const original = console[name]
    console[name] = (...values: unknown[]) => {
      parts.push(inspect(values, { depth: 8 }))
      original.apply(console, values)
    }
    undo.push(() => {
      console[name] = original
    })
  }
  for (const stream of [process.stdout, process.stderr]) {
    const original = stream.write
    stream.write = ((...values: Parameters<typeof original>) => {
      parts.push(String(values[0]))
      return original.apply(stream, values)
    }) as typeof original
    undo.push(() => {
      stream.write = original
    })
  }
  const warn = (warning: Error): void => void parts.push(inspect(warning))
  process.on('warning', warn)
  undo.push(() => void process.off('warning', warn))
  return {
    get text() {
      return parts.join('\n')
    },
    stop() {
      for (const one of undo.reverse()) one()
    },
  }
}
