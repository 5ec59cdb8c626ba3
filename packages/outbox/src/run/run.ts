import type { RunContext } from './context.ts'
import { LEASE_MS, LeaseKeeper } from './lease-keeper.ts'
import { Worker } from './worker.ts'

interface RunOptions {
  readonly signal: AbortSignal | undefined
  readonly untilEmpty: boolean
  /** Called once, while another program owns the number. */
  readonly onWaiting: (() => void) | undefined
}

/** Owns the number, sends its messages, and gives it back. Waits while somebody else owns it. */
export async function runOutbox(context: RunContext, { signal, untilEmpty, onWaiting }: RunOptions): Promise<void> {
  const { store, sender, clock, bell, pollMs } = context
  let told = false
  while (!signal?.aborted) {
    const lease = await store.acquire(sender, clock.now(), LEASE_MS)
    if (!lease) {
      if (untilEmpty && (await isEmpty(context))) return
      if (!told) onWaiting?.()
      told = true
      await bell.wait(pollMs, signal)
      continue
    }
    const keeper = new LeaseKeeper(lease, store, clock, bell)
    let result: 'ended' | 'lost' | 'empty'
    try {
      result = await (await Worker.start(context, keeper)).work(signal, untilEmpty)
    } catch (error) {
      // the first error tells more than that the lease could not be given back either; it ends by itself
      await keeper.release().catch(() => {})
      throw error
    }
    await keeper.release()
    if (result === 'empty') return
  }
}

async function isEmpty({ store, sender }: RunContext): Promise<boolean> {
  const { queued, sending } = await store.count(sender)
  return queued + sending === 0
}
