import { expect } from 'vitest'

/** CPU time of a run, ms: the least of several, as others work on this machine too. @param enough a time that needs no second run */
function cpuMs(run: () => void, enough = 0): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 4 && least >= enough; round++) {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

// a shorter time is mostly that of the measuring
const LEAST_MS = 5

/** Expects that four times the input takes about four times the work, never sixteen. @param size characters of the smaller input */
export function expectLinear(run: (input: string) => void, inputOf: (size: number) => string, size: number): void {
  const [small, large] = [inputOf(size), inputOf(4 * size)]
  run(small)
  const shorter = Math.max(
    cpuMs(() => run(small)),
    LEAST_MS,
  )
  const longer = cpuMs(() => run(large), 6 * shorter)
  expect(longer / shorter, `${shorter} ms for the input, ${longer} ms for four times as much`).toBeLessThan(6)
}

/** `part` again and again. */
export function repeated(part: string, before = '', after = ''): (size: number) => string {
  return (size) => before + part.repeat(Math.ceil(size / part.length)) + after
}
