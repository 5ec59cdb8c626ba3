/**
 * CPU time of a run in ms: the least of several, as other programs use the machine too.
 *
 * @param below a time that needs no further run
 */
function cpuMs(run: () => void, below = 0): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 4 && least >= below; round++) {
    const before = process.cpuUsage()
    run()
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
 * Checks that the work grows no faster than its input: four times the input may take about four times the CPU time. What reads text of
 * others must not be brought to a halt by a long one. Runs under Node, as it measures the CPU time of the process.
 *
 * @param run the work
 * @param inputOf makes an input of a size, see {@link repeated}
 * @param size characters of the smaller input; large enough that one run takes more than 5 ms
 * @throws {Error} the work grows faster than the input; the message names both times
 */
export function expectLinear(run: (input: string) => void, inputOf: (size: number) => string, size: number): void {
  const large = inputOf(4 * size)
  // most work is quick enough at the larger size already, and then there is nothing to compare
  if (cpuMs(() => run(large), MOST * LEAST_MS) < MOST * LEAST_MS) return
  const small = inputOf(size)
  let [shorter, longer] = [0, 0]
  // what a busy machine does to one comparison it does not do to three
  for (let attempt = 0; attempt < 3; attempt++) {
    shorter = Math.max(
      cpuMs(() => run(small)),
      LEAST_MS,
    )
    longer = cpuMs(() => run(large), MOST * shorter)
    if (longer < MOST * shorter) return
  }
  throw new Error(`expected linear work: ${shorter} ms for the input, ${longer} ms for four times as much`)
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
