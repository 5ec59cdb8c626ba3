import type { Contender } from './contenders/contender.ts'

/** What one round of one contender gave. */
export interface Round {
  /** CPU time of the process per call, user and system, microseconds. */
  readonly cpu: number
  readonly callsPerSecond: number
  readonly rssMb: number
}

export const CONCURRENCY: number = 32
/** Calls before the soak begins to count. */
export const SOAK_WARM_UP: number = 60_000

const LOOK_EVERY = 64

/** When a round ends. Not by wall time: on a busy machine it would hold hardly any calls. */
export type Until = { readonly calls: number; readonly cpuMs?: never } | { readonly cpuMs: number; readonly calls?: never }

/** Calls until it is enough, 32 at once. */
export async function measure(contender: Contender, { calls: most, cpuMs }: Until): Promise<Round> {
  const before = process.cpuUsage()
  const start = performance.now()
  let calls = 0
  let done = false
  const worker = async () => {
    while (!done) {
      await contender.call()
      if (++calls % LOOK_EVERY === 0) done = most === undefined ? usedSince(before) > cpuMs * 1_000 : calls >= most
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  return {
    cpu: usedSince(before) / calls,
    callsPerSecond: (calls / (performance.now() - start)) * 1_000,
    rssMb: process.memoryUsage().rss / 2 ** 20,
  }
}

function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return user + system
}
