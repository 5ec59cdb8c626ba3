import type { ContenderName } from './contenders/index.ts'
import type { Round } from './measure.ts'

/** The rounds of every contender, in the order in which they were run. */
export type Rounds = ReadonlyMap<ContenderName, readonly Round[]>

/** What is told of one contender. Ratios are the medians of ratios within a round: what disturbed it disturbed both. */
export interface Figure {
  readonly name: ContenderName
  readonly cpu: number
  readonly callsPerSecond: number
  readonly rssMb: number
  readonly cpuRatio: Spread
  readonly rateRatio: Spread
}

/** The middle of many values, and what the middle half of them lies between. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

export const YARDSTICK: ContenderName = 'native fetch'

export function figuresOf(rounds: Rounds): Figure[] {
  return [...rounds].map(([name, own]) => {
    const [cpuRatio, rateRatio] = against(rounds, name, YARDSTICK)
    return {
      name,
      cpu: median(own.map(({ cpu }) => cpu)),
      callsPerSecond: median(own.map((round) => round.callsPerSecond)),
      rssMb: Math.max(...own.map(({ rssMb }) => rssMb)),
      cpuRatio,
      rateRatio,
    }
  })
}

/** CPU per call and calls a second of one as multiples of another's. */
export function against(rounds: Rounds, name: ContenderName, other: ContenderName): [cpu: Spread, rate: Spread] {
  return [
    paired(rounds, name, other, (ours, theirs) => ours.cpu / theirs.cpu),
    paired(rounds, name, other, (ours, theirs) => ours.callsPerSecond / theirs.callsPerSecond),
  ]
}

/** CPU per call that one costs more than another, microseconds. */
export function extraCpu(rounds: Rounds, name: ContenderName, than: ContenderName): Spread {
  return paired(rounds, name, than, (ours, theirs) => ours.cpu - theirs.cpu)
}

function paired(rounds: Rounds, name: ContenderName, other: ContenderName, compare: (ours: Round, theirs: Round) => number): Spread {
  const theirs = rounds.get(other) ?? []
  const pairs = (rounds.get(name) ?? []).flatMap((ours, at) => {
    const same = theirs[at]
    return same ? [compare(ours, same)] : []
  })
  return { median: median(pairs), low: quantile(pairs, 0.25), high: quantile(pairs, 0.75) }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2)
  return low + (high - low) * (place % 1)
}
