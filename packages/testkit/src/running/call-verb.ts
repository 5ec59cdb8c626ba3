import { type CallOptions, type Gateway, GatewayError, requireVerb, type VerbId } from '@wamux/core'
import { placesOf } from './leaks.ts'

/** A text that every secret of a stubbed gateway contains: it must appear nowhere outside the request. */
export const CANARY = 'c4n4ry'

/** Calls a verb by its id. */
export async function perform(gateway: Gateway, id: VerbId, input: object, options?: CallOptions): Promise<unknown> {
  const verb = requireVerb(gateway, id) as (input: object, options?: CallOptions) => Promise<unknown>
  return verb(input, options)
}

/** How a call ended, small enough to compare. `leaks` names the places where a secret was found. */
export interface Ending {
  /** The kind of the error, `ok`, or a text about anything else that was thrown. */
  readonly outcome: string
  readonly leaks: readonly string[]
  readonly error?: GatewayError
}

/** Waits for a call and tells how it ended. */
export async function endingOf(call: Promise<unknown> | (() => unknown)): Promise<Ending> {
  try {
    await (typeof call === 'function' ? call() : call)
    return { outcome: 'ok', leaks: [] }
  } catch (error) {
    const known = GatewayError.is(error)
    return {
      outcome: known ? error.kind : `no GatewayError but ${String(error)}`,
      // searched only by those who ask: printing an error is most of the work of a test
      get leaks() {
        return placesOf(CANARY, error)
      },
      ...(known && { error }),
    }
  }
}
