import { sleep } from 'n8n-workflow'

// n8n's sleep cannot be called off, so a long one is slept in pieces
const PIECE_MS = 500

/** Waits. @param ms milliseconds; @param signal ends the wait early @throws the signal's reason */
export async function wait(ms: number, signal?: AbortSignal): Promise<void> {
  const end = Date.now() + ms
  for (let left = ms; left > 0; left = end - Date.now()) {
    signal?.throwIfAborted()
    await sleep(Math.min(left, PIECE_MS))
  }
  signal?.throwIfAborted()
}
