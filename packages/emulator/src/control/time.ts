import { isSteered, standsStill } from '../clock/steered-clock.ts'
import type { VirtualClock } from '../clock/virtual-clock.ts'
import { EmulatorError } from '../errors.ts'
import type { Parts } from '../memory/memory.ts'
import type { Snapshot } from '../memory/snapshot.ts'
import type { Namespaces } from '../namespaces.ts'
import type { Scenario, ScenarioView } from '../scenario/types.ts'
import type { State } from '../state.ts'
import type { TranscriptLine } from '../transcript/transcript.ts'

/** The emulator's time. */
export interface ClockView {
  /** ms since the epoch. */
  readonly now: number
  /** Whether time stands still until somebody moves it on; a virtual clock always does. */
  readonly paused: boolean
}

/** Where {@link TimeControl.runToIdle} ended. */
export interface IdleView extends ClockView {
  /** Whether nothing waits any more; false when `limitMs` was over before that. */
  readonly idle: boolean
}

/** Steers time, and keeps and restores what the emulator knows. Each method rejects with an {@link EmulatorError} that says why. */
export interface TimeControl {
  /**
   * Keeps everything that the emulator knows: phones, chats, sessions, webhooks, faults, what is on its way, and the time. Requests that wait
   * for an answer, open event sockets and the log of requests are not in it.
   *
   * @returns JSON, for a variable or a file
   */
  snapshot(): Promise<Snapshot>
  /**
   * Makes everything as it was when a snapshot was taken, in this or another emulator; event sockets are closed. A clock that stands still is
   * set to the time of the snapshot. One that runs goes on, and what fell due meanwhile happens at once.
   *
   * @param snapshot what {@link TimeControl.snapshot} gave
   */
  restore(snapshot: Snapshot): Promise<ClockView>
  /**
   * Starts again with a scenario: its phones, groups, history, sessions and replies, and its seed and time.
   *
   * @param input `yaml`: text of a scenario file; or `scenario`: what would be in it
   */
  scenario(input: { readonly yaml: string } | { readonly scenario: Scenario }): Promise<ScenarioView>
  /**
   * What happened, the newest 10,000 lines. The same seed, scenario and calls on a clock that stands still give the same lines, byte for byte.
   */
  transcript(): Promise<readonly TranscriptLine[]>
  /** Removes all phones, sessions and messages; ids start again from the seed. Time goes on. */
  reset(): Promise<void>
  /**
   * Lets time pass at once: what falls due happens in its order.
   *
   * @param ms by how much, ms
   * @returns the new time
   */
  advance(ms: number): Promise<ClockView>
  /** The time, and whether it stands. */
  clock(): Promise<ClockView>
  /** Stops time: what waits does not happen until it is moved on. */
  pause(): Promise<ClockView>
  /**
   * Lets time run again, from where it stands.
   *
   * @throws {EmulatorError} `conflict`: a virtual clock moves only when it is advanced
   */
  resume(): Promise<ClockView>
  /**
   * Lets time pass until nothing waits any more: acknowledgements, sessions that start, queues, tries of webhooks, scripted replies, delayed
   * answers. QR codes that follow each other are not waited for.
   *
   * @param input `limitMs`: how much time may pass at most, ms; default one day
   */
  runToIdle(input?: { readonly limitMs?: number }): Promise<IdleView>
  /** Names of the namespaces that were used. */
  namespaces(): Promise<{ readonly namespaces: readonly string[] }>
  /**
   * Ends a namespace, with all that is in it.
   *
   * @param input `namespace`: its name
   */
  removeNamespace(input: { readonly namespace: string }): Promise<void>
}

/** What time and state of one emulator are steered by. */
export interface TimeInput {
  readonly state: () => State
  readonly clock: VirtualClock
  readonly seed: () => number
  readonly namespaces: Pick<Namespaces<unknown>, 'names' | 'remove'>
  /** Starts again with an empty network. */
  begin(): void
  /** Begins with a scenario: its text, or itself. */
  scenario(source: unknown): Promise<ScenarioView>
  /** Begins with the parts of a snapshot. */
  restore(snapshot: Snapshot & { readonly parts: Parts }): void
}

const DAY_MS = 24 * 60 * 60_000

export function createTimeControl({ state, clock, seed, namespaces, begin, scenario, restore }: TimeInput): TimeControl {
  const view = (): ClockView => ({ now: clock.now(), paused: standsStill(clock) })

  return {
    async snapshot() {
      const { encodeSnapshot } = await import('../memory/snapshot.ts')
      return encodeSnapshot(state().parts(), clock.now(), seed())
    },

    async restore(snapshot) {
      const { decodeSnapshot } = await import('../memory/snapshot.ts')
      restore(decodeSnapshot(snapshot))
      return view()
    },

    async scenario(input) {
      const { yaml, scenario: given } = input as { readonly yaml?: unknown; readonly scenario?: unknown }
      if (typeof yaml === 'string') return scenario(yaml)
      if (typeof given === 'object' && given !== null) return scenario(given)
      throw new EmulatorError('invalid', 'expected yaml, the text of a scenario file, or scenario, an object')
    },

    transcript: async () => state().transcript.lines(),

    async reset() {
      begin()
    },

    async advance(ms) {
      await clock.advance(milliseconds(ms, 'ms'))
      return view()
    },

    clock: async () => view(),

    async pause() {
      if (isSteered(clock)) clock.pause()
      return view()
    },

    async resume() {
      if (!isSteered(clock)) throw new EmulatorError('conflict', 'a virtual clock does not run by itself; advance it')
      clock.resume()
      return view()
    },

    async runToIdle({ limitMs = DAY_MS } = {}) {
      const end = clock.now() + milliseconds(limitMs, 'limitMs')
      // the clock must not advance meanwhile: programs that wait for it would keep it busy for ever
      await clock.advance(0)
      for (let next = state().timers.next(); next !== undefined; next = state().timers.next()) {
        if (next > end) return { ...view(), idle: false }
        await clock.advance(Math.max(0, next - clock.now()))
      }
      return { ...view(), idle: true }
    },

    namespaces: async () => ({ namespaces: namespaces.names() }),

    async removeNamespace({ namespace }) {
      namespaces.remove(namespace)
    },
  }
}

function milliseconds(value: unknown, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
    throw new EmulatorError('invalid', `${field}: expected milliseconds`)
  return value
}
