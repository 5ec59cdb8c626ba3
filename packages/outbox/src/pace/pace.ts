import { invalidInput } from '@wamux/core'
import type { SendRecord } from '../store/store.ts'

/** When nobody wants messages, in the recipient's time zone. */
export interface QuietHours {
  /** Begin, hour and minute: `21:00`. */
  readonly from: string
  /** End, hour and minute: `08:00`. */
  readonly to: string
  /** IANA time zone of recipients whose country is not known, groups among them. Default `UTC`. */
  readonly fallbackZone?: string
}

/** How the number of messages a day grows while a sending number is new. */
export interface WarmUp {
  /** Messages on the first day. */
  readonly perDay: number
  /** Each day allows so many times as much as the day before. Default 1.5. */
  readonly growth?: number
}

/** How fast messages go out, for one sending number. */
export interface Pace {
  /** Pause between two messages, ms. Default 8 000. */
  readonly intervalMs?: number
  /** How much the pause varies by chance: 0.4 is from 60 % to 140 % of it. From 0 to 1, default 0.4. */
  readonly jitter?: number
  /** Most messages in any 60 minutes. Default 120. */
  readonly perHour?: number
  /** Most messages in any 24 hours. Default 600. */
  readonly perDay?: number
  /** Most messages in any 60 minutes to people who were not written to before. Default 20. */
  readonly newChatsPerHour?: number
  /** Most messages in any 24 hours to people who were not written to before. Default 50. */
  readonly newChatsPerDay?: number
  /** When recipients get nothing. Default: none. */
  readonly quietHours?: QuietHours
  /** Fewer messages a day at first. It begins with the first message that the store knows of. Default: none. */
  readonly warmUp?: WarmUp
  /** Pauses the number when more than `atMost` of its last `of` messages were refused or lost; `false` never does. Default: 9 of 20. */
  readonly failures?: { readonly of: number; readonly atMost: number } | false
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

const DEFAULTS = { intervalMs: 8_000, jitter: 0.4, perHour: 120, perDay: 600, newChatsPerHour: 20, newChatsPerDay: 50 } as const

/** Reads a pace before anything is sent. */
export function checkPace(pace: Pace): void {
  const names = ['intervalMs', 'perHour', 'perDay', 'newChatsPerHour', 'newChatsPerDay'] as const
  for (const name of names) {
    const value = pace[name]
    if (value !== undefined && !(value >= 0)) throw invalidInput(`pace.${name}`, 'expected a number, 0 or more')
  }
  const { jitter = 0, warmUp, failures } = pace
  if (!(jitter >= 0 && jitter <= 1)) throw invalidInput('pace.jitter', 'expected a number from 0 to 1')
  if (warmUp && !(warmUp.perDay >= 1)) throw invalidInput('pace.warmUp.perDay', 'expected a number, 1 or more')
  if (warmUp && !((warmUp.growth ?? 1) >= 1)) throw invalidInput('pace.warmUp.growth', 'expected a number, 1 or more')
  if (failures && !(failures.of >= 1 && failures.atMost >= 0)) throw invalidInput('pace.failures', 'expected { of: 20, atMost: 10 }')
}

/** What the pace of one number was, and when the next message may go. */
export class Pacer {
  readonly #pace: Required<Pick<Pace, keyof typeof DEFAULTS>> & Pace
  readonly #random: () => number
  /** When each message of the last day was begun, oldest first; and those to new people. */
  readonly #all: number[]
  readonly #toNew: number[]
  #firstAt: number | undefined
  #pauseMs: number

  constructor(pace: Pace, random: () => number, sends: readonly SendRecord[], firstAt: number | undefined) {
    const given = Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined))
    this.#pace = { ...DEFAULTS, ...(given as Pace) }
    this.#random = random
    this.#all = sends.map(({ at }) => at)
    this.#toNew = sends.filter(({ newChat }) => newChat).map(({ at }) => at)
    this.#firstAt = firstAt
    this.#pauseMs = this.#nextPause()
  }

  /** Notes a message that was begun. */
  begun(at: number, newChat: boolean): void {
    this.#firstAt ??= at
    this.#all.push(at)
    if (newChat) this.#toNew.push(at)
    this.#pauseMs = this.#nextPause()
  }

  /** The earliest time for the next message, ms since the epoch; not later than `now` when it may go at once. */
  earliest(now: number, newChat: boolean): number {
    keepLastDay(this.#all, now)
    keepLastDay(this.#toNew, now)
    const { perHour, newChatsPerHour, newChatsPerDay } = this.#pace
    const last = this.#all.at(-1)
    const paced = last === undefined ? now : last + this.#pauseMs
    const any = Math.max(paced, freeAt(this.#all, perHour, HOUR, now), freeAt(this.#all, this.#perDay(now), DAY, now))
    if (!newChat) return any
    return Math.max(any, freeAt(this.#toNew, newChatsPerHour, HOUR, now), freeAt(this.#toNew, newChatsPerDay, DAY, now))
  }

  #perDay(now: number): number {
    const { perDay, warmUp } = this.#pace
    if (!warmUp) return perDay
    const days = Math.floor(Math.max(0, now - (this.#firstAt ?? now)) / DAY)
    return Math.min(perDay, Math.floor(warmUp.perDay * (warmUp.growth ?? 1.5) ** days))
  }

  #nextPause(): number {
    const { intervalMs, jitter } = this.#pace
    return Math.round(intervalMs * (1 + jitter * (2 * this.#random() - 1)))
  }
}

/**
 * Takes out times older than a day. What the clock shows can jump back: then no send can have been later than now. It works in place: a copy
 * for each message is what the memory of a long list would go into.
 */
function keepLastDay(times: number[], now: number): void {
  for (let index = times.length - 1; index >= 0 && (times[index] ?? 0) > now; index--) times[index] = now
  const from = times.findIndex((at) => at > now - DAY)
  // the newest one counts for the pause
  const old = from < 0 ? times.length - 1 : from
  if (old > 0) times.splice(0, old)
}

/** The earliest time at which one more message fits; `times` are in order. */
function freeAt(times: readonly number[], most: number, windowMs: number, now: number): number {
  // a limit of 0 never ends; the program may change it later, so it is looked at again
  if (most < 1) return now + windowMs
  const before = times.at(-Math.floor(most))
  return before === undefined ? now : before + windowMs
}
