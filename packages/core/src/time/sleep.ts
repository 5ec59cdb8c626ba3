import type { Clock } from './clock.ts'

/**
 * Waits.
 *
 * @param clock the clock to wait by
 * @param ms how long, ms
 * @param signal ends the wait early
 * @returns resolves after `ms`; rejects with the signal's reason as soon as it fires
 */
export function sleep(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.after(ms, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
