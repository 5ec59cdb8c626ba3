import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'
import { isPassing } from './session-poller.ts'

/** What was fetched. */
export interface CaughtUp<Item> {
  readonly items: readonly Item[]
  /** False when another attempt may find more. */
  readonly complete: boolean
  /** Whether messages could be fetched. */
  readonly possible: boolean
  /** Whether something was found that should have come over the connection long before. */
  readonly overdue: boolean
}

/**
 * Fetches what was missed.
 *
 * @param since ms since the epoch
 */
export type CatchUp<Item> = (since: number) => Promise<Omit<CaughtUp<Item>, 'possible'>>

const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 60_000

/** One attempt. A failure is not an error: it is tried again, or reported as a gap. */
export async function catchUpOnce<Item>(catchUp: CatchUp<Item> | undefined, since: number): Promise<CaughtUp<Item>> {
  if (!catchUp) return { items: [], complete: true, possible: false, overdue: false }
  try {
    return { ...(await catchUp(since)), possible: true }
  } catch (error) {
    // a gateway that stores no messages refuses each time
    return { items: [], complete: !isPassing(error), possible: isPassing(error), overdue: false }
  }
}

/**
 * Tries with growing pauses until it works or cannot work: a gateway whose session restarts shows no chats at first.
 *
 * @param found called after each attempt
 */
export async function catchUpUntilDone<Item>(
  catchUp: CatchUp<Item> | undefined,
  since: number,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  found: (result: CaughtUp<Item>) => void,
): Promise<void> {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    await sleep(clock, pause, signal).catch(() => undefined)
    if (signal.aborted) return
    const result = await catchUpOnce(catchUp, since)
    if (signal.aborted) return
    found(result)
    if (result.complete) return
  }
}
