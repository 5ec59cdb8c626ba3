/**
 * CPU time of a run in ms: the least of several, as other programs use the machine too.
 *
 * @param below a time that needs no further run
 */
async function cpuMs(run: () => unknown, below = 0): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3 && least >= below; round++) {
    const before = process.cpuUsage()
    const result = run()
    // nothing else gets a turn while work without a promise is measured
    if (result instanceof Promise) await result
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1_000)
  }
  return least
}

/** Shorter times are mainly those of the measurement itself. */
const LEAST_MS = 5

/** Linear work takes four times as long for four times the input, quadratic work sixteen times. */
const MOST = 6

/**
 * Checks that work takes at most so many times the CPU time of other work, in the same process. A busy machine or a collection of garbage
 * can disturb one comparison, so four have to fail. Runs under Node, as it measures the CPU time of the process.
 *
 * @param most how many times the CPU time of `other` the work may take
 * @param work what is checked
 * @param other what it is compared with; it should take more than 5 ms, as a shorter time counts as 5 ms
 * @throws {Error} the work took longer in every comparison; the message names both times of the last one
 */
export async function expectCpuWithin(most: number, work: () => unknown, other: () => unknown): Promise<void> {
  let [shorter, longer] = [0, 0]
  for (let attempt = 0; attempt < 4; attempt++) {
    shorter = Math.max(await cpuMs(other), LEAST_MS)
    longer = await cpuMs(work, most * shorter)
    if (longer < most * shorter) return
  }
  throw new Error(`expected at most ${most} times ${shorter} ms of CPU time: took ${longer} ms`)
}

/**
 * Checks that the work grows no faster than its input: four times the input may take about four times the CPU time. What reads text of
 * others must not be brought to a halt by a long one. Runs under Node, as it measures the CPU time of the process.
 *
 * @param run the work; a promise is waited for
 * @param inputOf makes an input of a size, see {@link repeated}
 * @param size of the smaller input, often in characters; large enough that one run takes more than 5 ms
 * @throws {Error} the work grows faster than the input; the message names both times
 */
export async function expectLinear<T>(run: (input: T) => unknown, inputOf: (size: number) => T, size: number): Promise<void> {
  const large = inputOf(4 * size)
  // most work is quick enough at the larger size already, and then there is nothing to compare
  if ((await cpuMs(() => run(large), MOST * LEAST_MS)) < MOST * LEAST_MS) return
  const small = inputOf(size)
  await expectCpuWithin(
    MOST,
    () => run(large),
    () => run(small),
  ).catch((error: Error) => {
    throw new Error(`expected linear work; for four times the input, ${error.message}`)
  })
}

/**
 * Inputs for {@link expectLinear} that say the same again and again.
 *
 * @param part what is repeated
 * @param before what the input begins with
 * @param after what the input ends with
 * @returns a function from a size in characters to an input of about that size
 */
export function repeated(part: string, before = '', after = ''): (size: number) => string {
  return (size) => before + part.repeat(Math.ceil(size / part.length)) + after
}
