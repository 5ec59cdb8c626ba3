import type { OutboxMessage } from '../message/message.ts'
import { Pacer } from '../pace/pace.ts'
import type { DueMessage, Pause } from '../store/store.ts'
import type { RunContext } from './context.ts'
import type { LeaseKeeper } from './lease-keeper.ts'
import { type Outcome, sendMessage } from './send.ts'
import { checkSession } from './session-check.ts'
import { Unknowns } from './unknowns.ts'

const DAY = 86_400_000
/** Number of messages that are read at once. It begins small, as mostly the first one is sent, and grows while all of them are put off. */
const FEWEST = 4
const MOST = 256
/** Pause between two questions whether a paused number can send again, ms. */
const CHECK_MS = 15_000
/** How long new chats wait when nobody says until when they are refused, ms. */
const LIMITED_MS = 3_600_000
const STEPS_BEFORE_A_TURN = 20
const LONGEST_BACKOFF_MS = 60_000
const DEFAULT_FAILURES = { of: 20, atMost: 9 }
/** Causes of a pause that ends by itself as soon as the session can send. Pauses of other causes last until a person ends them. */
const ENDS_BY_ITSELF: readonly Pause['cause'][] = ['not_connected', 'account']

/** Sends the messages of one number, one after the other, while it owns the number. */
export class Worker {
  readonly #context: RunContext
  readonly #keeper: LeaseKeeper
  readonly #pacer: Pacer
  readonly #unknowns: Unknowns
  /** Whether each of the last messages failed. */
  #results: boolean[] = []
  /** Sends in a row that did not reach the gateway. */
  #unreached = 0
  #backoffUntil = 0
  #batch = FEWEST
  #steps = 0

  private constructor(context: RunContext, keeper: LeaseKeeper, pacer: Pacer) {
    this.#context = context
    this.#keeper = keeper
    this.#pacer = pacer
    this.#unknowns = new Unknowns(context)
  }

  /** Prepares the work: what an earlier owner left in the middle of a send is `unknown` from now on. */
  static async start(context: RunContext, keeper: LeaseKeeper): Promise<Worker> {
    const { store, sender, clock, pace, random, move } = context
    const reason = 'The program that was sending it ended before it knew what became of it.'
    for (const { key } of await store.list({ sender, state: 'sending', limit: 1_000 })) {
      await move({ key, from: ['sending'], to: 'unknown', at: clock.now(), lease: keeper.lease, reason })
    }
    const { sends, firstAt } = await store.history(sender, clock.now() - DAY)
    const worker = new Worker(context, keeper, new Pacer(pace, random, sends, firstAt))
    await worker.#unknowns.load()
    await worker.#check()
    return worker
  }

  /** Works until the signal fires, the lease is lost, or nothing is left and `untilEmpty` is asked for. */
  async work(signal: AbortSignal | undefined, untilEmpty: boolean): Promise<'ended' | 'lost' | 'empty'> {
    for (;;) {
      if (signal?.aborted) return 'ended'
      if (this.#keeper.lost) return 'lost'
      const waitMs = await this.#step()
      // signals, timers and other work of the process get their turn, also while thousands of messages are put off
      if (++this.#steps % STEPS_BEFORE_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
      if (waitMs === undefined && untilEmpty && this.#unknowns.nextAt === undefined) return 'empty'
      if (waitMs !== 0) await this.#context.bell.wait(waitMs ?? this.#context.pollMs, signal)
    }
  }

  /** Does what is due: returns how long to wait, ms, or undefined when no message is queued. */
  async #step(): Promise<number | undefined> {
    const { clock, store, sender, pollMs } = this.#context
    const now = clock.now()
    await this.#unknowns.look(now)
    const pause = await this.#pause(now)
    if (pause && pause.cause !== 'limited') {
      // nothing waits for the end of the pause
      if ((await store.next({ sender, now: Number.MAX_SAFE_INTEGER, newChats: true, limit: 1 })).messages.length === 0) return undefined
      return this.#until(now + (ENDS_BY_ITSELF.includes(pause.cause) ? CHECK_MS : pollMs), now)
    }
    const free = Math.max(this.#backoffUntil, this.#pacer.earliest(now, false))
    if (free > now) return this.#until(free, now)
    const newFrom = Math.max(this.#pacer.earliest(now, true), pause ? (pause.until ?? pause.since + LIMITED_MS) : 0)
    const { messages, nextAt } = await store.next({ sender, now, newChats: newFrom <= now, limit: this.#batch })
    for (const message of messages) {
      if (!(await this.#handle(message))) continue
      this.#batch = FEWEST
      return 0
    }
    this.#batch = Math.min(MOST, this.#batch * 4)
    if (messages.length > 0) return 0
    const { queued } = await store.count(sender)
    if (queued === 0) return undefined
    return this.#until(Math.min(nextAt ?? Infinity, newFrom > now ? newFrom : Infinity, now + pollMs), now)
  }

  /** Waits for a time, and not longer than until the next look for an unknown message. */
  #until(time: number, now: number): number {
    return Math.max(1, Math.min(time, this.#unknowns.nextAt ?? Infinity) - now)
  }

  /** True when something was sent or tried: then the pace is asked again. */
  async #handle(message: DueMessage): Promise<boolean> {
    const { clock, store, move, quietUntil } = this.#context
    const { key, to, optedOut, expiresAt = Infinity } = message
    const at = clock.now()
    if (this.#keeper.lost) return true
    if (expiresAt <= at) {
      await move({ key, from: ['queued'], to: 'expired', at, reason: 'Its time was over before its turn came.' })
      return false
    }
    if (optedOut) {
      await move({ key, from: ['queued'], to: 'cancelled', at, reason: 'The recipient wants no messages.' })
      return false
    }
    const quiet = await quietUntil?.(to, at)
    if (quiet !== undefined) {
      if (quiet < expiresAt) await store.defer(key, quiet)
      else await move({ key, from: ['queued'], to: 'expired', at, reason: 'Its time ends during the quiet hours of the recipient.' })
      return false
    }
    await this.#send(message)
    return true
  }

  async #send({ key, newChat }: DueMessage): Promise<void> {
    const { gateway, session, clock, checkNumbers, move } = this.#context
    const at = clock.now()
    const { lease } = this.#keeper
    // on the disk before the first byte leaves
    const message = await move({ key, from: ['queued'], to: 'sending', at, lease })
    // not done when the lease is lost, or when somebody opted out since it was read: then it is read again
    if (!message) return this.#keeper.renew()
    this.#pacer.begun(at, newChat)
    const { attempts } = message
    // a process that was frozen in between may have lost the number meanwhile: the new owner has called the message unknown
    if (clock.now() >= this.#keeper.lease.until) {
      await move({ key, from: ['sending'], to: 'queued', at: clock.now(), lease, attempts, reason: 'Nothing was sent: the lease ran out.' })
      return this.#keeper.renew()
    }
    const outcome = await sendMessage(gateway, session, message, { resolveNumbers: checkNumbers })
    await this.#settle(message, outcome)
  }

  async #settle(message: OutboxMessage, outcome: Outcome): Promise<void> {
    const { clock, move, afterSent } = this.#context
    const { key, attempts } = message
    const base = { key, attempts, at: clock.now() }
    if (outcome.to === 'queued') return this.#putBack(message, outcome)
    this.#unreached = 0
    // an owner that took over may have called it unknown; what is known now is known better
    const now = await move({ ...base, from: ['sending', 'unknown'], ...outcome })
    if (now && outcome.to === 'sent') await afterSent(now)
    if (now && outcome.to === 'unknown') this.#unknowns.add(now)
    await this.#countFailure(outcome.to !== 'sent')
  }

  /** The client says for certain that nothing was sent. */
  async #putBack({ key, attempts }: OutboxMessage, outcome: Extract<Outcome, { to: 'queued' }>): Promise<void> {
    const { clock, move } = this.#context
    const { reason, cause, waitMs, refusedUnlessDisconnected } = outcome
    const asks = refusedUnlessDisconnected || cause === 'not_connected' || cause === 'limited'
    const check = asks ? await checkSession(this.#context.gateway, this.#context.session) : {}
    const at = clock.now()
    const from = ['sending'] as const
    if (refusedUnlessDisconnected && !check.trouble) {
      await move({ key, attempts, at, from, to: 'refused', reason })
      return this.#countFailure(true)
    }
    const limitedUntil = check.limited?.until ?? at + LIMITED_MS
    const notBefore = cause === 'limited' ? limitedUntil : undefined
    await move({ key, attempts, at, from, to: 'queued', reason, notBefore })
    const trouble = check.trouble ?? (cause && { cause, reason })
    if (trouble) await this.#setPause({ ...trouble, since: at, until: trouble.cause === 'limited' ? limitedUntil : undefined })
    if (cause || refusedUnlessDisconnected) return
    this.#unreached++
    this.#backoffUntil = at + (waitMs ?? Math.min(LONGEST_BACKOFF_MS, 500 * 2 ** this.#unreached))
  }

  async #countFailure(failed: boolean): Promise<void> {
    const { pace, clock } = this.#context
    const limit = pace.failures ?? DEFAULT_FAILURES
    if (limit === false) return
    this.#results = [...this.#results, failed].slice(-limit.of)
    const failures = this.#results.filter(Boolean).length
    if (failures <= limit.atMost) return
    const reason = `${failures} of the last ${this.#results.length} messages were refused or lost.`
    this.#results = []
    await this.#setPause({ cause: 'failures', reason, since: clock.now() })
  }

  async #setPause(pause: Pause): Promise<void> {
    const { store, sender } = this.#context
    // what a person asked for is not replaced by something that ends by itself
    if ((await store.getPause(sender))?.cause !== 'person') await store.setPause(sender, pause)
  }

  /** The pause of the number, after one that ends by itself was looked at. */
  async #pause(now: number): Promise<Pause | undefined> {
    const { store, sender } = this.#context
    const pause = await store.getPause(sender)
    if (!pause) return undefined
    const over = pause.cause === 'limited' && (pause.until ?? pause.since + LIMITED_MS) <= now
    if (!over && !ENDS_BY_ITSELF.includes(pause.cause)) return pause
    await this.#check()
    return store.getPause(sender)
  }

  /** Asks the session, and pauses the number or ends a pause that ends by itself. */
  async #check(): Promise<void> {
    const { store, sender, gateway, session, clock } = this.#context
    const { trouble, limited } = await checkSession(gateway, session)
    const since = clock.now()
    if (trouble) return this.#setPause({ ...trouble, since })
    if (limited) {
      const reason = 'WhatsApp accepts no chats with new people from this account.'
      return this.#setPause({ cause: 'limited', reason, since, until: limited.until ?? since + LIMITED_MS })
    }
    const pause = await store.getPause(sender)
    if (pause && (pause.cause === 'limited' || ENDS_BY_ITSELF.includes(pause.cause))) await store.setPause(sender, undefined)
  }
}
