import type { Clock } from '@wamux/core'
import { sleep } from 'n8n-workflow'

// n8n's sleep cannot be called off, so a long one is slept in pieces
const PIECE_MS = 250

/** Time as n8n lets nodes have it: timers of their own are not allowed. The bundle has it in the place of core's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let cancelled = false
    const wait = async () => {
      for (let left = ms; left > 0 && !cancelled; left -= PIECE_MS) await sleep(Math.min(left, PIECE_MS))
      if (!cancelled) callback()
    }
    wait().catch(() => undefined)
    return () => {
      cancelled = true
    }
  },
}
