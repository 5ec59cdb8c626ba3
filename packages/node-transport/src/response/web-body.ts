import type { Readable } from 'node:stream'

export interface WebBodyHooks {
  /** Opens what is read; called when the first byte is asked for. */
  open(): Readable
  /** Called when the reader begins or stops waiting for bytes. */
  wanted(now: boolean): void
  /** Called when the reader cancels. */
  cancel(): void
  /** Converts an error of the source into the one that the reader gets. */
  explain(error: unknown): unknown
  /** Whether the request was ended from outside: then the end of the source is not the end of the body. */
  failed(): boolean
}

/** A body as a web stream that reads no further than it is asked to, and fails when it gets longer than `limit` bytes. */
export function webBody(hooks: WebBodyHooks, limit: number, tooLarge: () => Error): ReadableStream<Uint8Array> {
  let source: Readable | undefined
  let wake: (() => void) | undefined
  let ended = false
  let failure: { readonly error: unknown } | undefined
  let size = 0

  function open(): Readable {
    const opened = hooks.open()
    const alarm = () => wake?.()
    opened.on('readable', alarm)
    opened.on('end', () => {
      ended = !hooks.failed()
      alarm()
    })
    opened.on('error', (error) => {
      failure ??= { error: hooks.explain(error) }
      alarm()
    })
    opened.on('close', () => {
      if (!ended) failure ??= { error: hooks.explain(new Error('it ended too early')) }
      alarm()
    })
    return opened
  }

  async function pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    source ??= open()
    for (;;) {
      const chunk = failure ? null : (source.read() as Buffer | null)
      if (chunk && chunk.length > 0) {
        hooks.wanted(false)
        size += chunk.length
        if (size > limit) {
          hooks.cancel()
          throw tooLarge()
        }
        return controller.enqueue(new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.length))
      }
      if (failure) throw failure.error
      if (ended) return controller.close()
      hooks.wanted(true)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  function cancel(): void {
    hooks.cancel()
    source?.destroy()
  }

  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 })
}
