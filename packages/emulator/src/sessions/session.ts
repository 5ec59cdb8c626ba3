import type { Clock } from '@wamux/core'
import type { Timings } from '../clock/timings.ts'
import { BASE64, type Ids, READABLE } from '../ids.ts'
import type { Account } from '../network/types.ts'

/** Ids of the emulated gateways. */
export type GatewayId = 'waha' | 'wawp' | 'warest' | 'sparkbot'

/** Where a session is in its life, in the words of `@wamux/core`. */
export type SessionPhase = 'stopped' | 'starting' | 'pairing' | 'connecting' | 'connected' | 'failed'

/** What the gateway makes of a phone that removed it from its linked devices. */
export type AfterUnlink = 'fail' | 'pair-again'

export interface SessionContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
}

export interface SessionOptions {
  readonly gateway: GatewayId
  readonly id: string
  /** The name it shows, where that is not its id. */
  readonly name?: string
  readonly afterUnlink: AfterUnlink
  /** Settings that the gateway's face stores with the session. */
  readonly settings?: Record<string, unknown>
}

export interface Qr {
  /** The text inside the QR code. */
  readonly value: string
  readonly expiresInMs: number
}

interface PairingCode {
  readonly value: string
  readonly phone: string
  readonly expiresAt: number
}

/** One session (WARest: session, Wawp: instance, SparkBot: device). Its life cycle is the same for all gateways. */
export class Session {
  readonly gateway: GatewayId
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly settings: Record<string, unknown>
  readonly #context: SessionContext
  readonly #afterUnlink: AfterUnlink
  readonly #listeners = new Set<() => void>()
  #phase: SessionPhase = 'stopped'
  #changedAt: number
  #account: Account | undefined
  #lastAccount: Account | undefined
  // the phone unlinked the session while it was stopped; the gateway notices when it connects
  #revoked = false
  #connectedAt: number | undefined
  #pairings = 0
  #phases: readonly { readonly phase: SessionPhase; readonly at: number }[] = []
  #codes = 0
  #code: PairingCode | undefined
  #cancel: () => void = () => {}

  constructor(context: SessionContext, options: SessionOptions) {
    this.#context = context
    this.#afterUnlink = options.afterUnlink
    this.gateway = options.gateway
    this.id = options.id
    this.name = options.name ?? options.id
    this.settings = options.settings ?? {}
    this.createdAt = context.clock.now()
    this.#changedAt = this.createdAt
  }

  get phase(): SessionPhase {
    return this.#phase
  }

  /** When the phase began, ms since the epoch. */
  get changedAt(): number {
    return this.#changedAt
  }

  /** The phases since the last start, the newest three. */
  get phases(): readonly { readonly phase: SessionPhase; readonly at: number }[] {
    return this.#phases
  }

  /** The account it is paired with, running or not. */
  get account(): Account | undefined {
    return this.#account
  }

  /** The account it was paired with last, also after unpairing. */
  get lastAccount(): Account | undefined {
    return this.#lastAccount
  }

  /** When it connected last, ms since the epoch. */
  get connectedAt(): number | undefined {
    return this.#connectedAt
  }

  get running(): boolean {
    return this.#phase !== 'stopped'
  }

  /** It is about to change its phase by itself. */
  get changing(): boolean {
    return this.#phase === 'starting' || this.#phase === 'connecting'
  }

  /** The QR code to scan now. */
  get qr(): Qr | undefined {
    if (this.#phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    const elapsed = clock.now() - this.#changedAt
    const turn = Math.floor(elapsed / timings.qr)
    const key = `qr/${this.gateway}/${this.id}/${this.#pairings}`
    const keys = [1, 2, 3].map((index) => `${ids.of(`${key}/key${index}`, 43, BASE64)}=`)
    const value = [`2@${ids.of(`${key}/${turn}`, 88, BASE64)}`, ...keys].join(',')
    return { value, expiresInMs: (turn + 1) * timings.qr - elapsed }
  }

  /** The pairing code that can be typed on a phone now. */
  get code(): string | undefined {
    const valid = this.#phase === 'pairing' && this.#code && this.#code.expiresAt > this.#context.clock.now()
    return valid ? this.#code?.value : undefined
  }

  /** The phone that the pairing code was asked for. */
  get codePhone(): string | undefined {
    return this.code === undefined ? undefined : this.#code?.phone
  }

  /**
   * Starts the engine.
   *
   * @returns false when it runs already
   */
  start(): boolean {
    if (this.running) return false
    this.#begin()
    return true
  }

  /** Stops the engine; the pairing stays. */
  stop(): void {
    this.#enter('stopped')
  }

  /** Stops the engine if it runs, and starts it. */
  restart(): void {
    this.#enter('stopped')
    this.#begin()
  }

  /** Forgets the pairing and stops. */
  unpair(): void {
    this.#account = undefined
    this.#revoked = false
    this.#enter('stopped')
  }

  /**
   * The engine breaks down; the pairing stays.
   *
   * @returns false when it does not run
   */
  crash(): boolean {
    if (!this.running) return false
    this.#enter('failed')
    return true
  }

  /**
   * The phone removes this session from its linked devices.
   *
   * @returns false when it is not paired
   */
  unlink(): boolean {
    if (!this.#account || this.#revoked) return false
    if (this.#afterUnlink === 'fail') {
      this.#revoked = true
      if (this.running) this.#enter('failed')
    } else {
      const ran = this.running
      this.unpair()
      if (ran) this.#begin()
    }
    return true
  }

  /**
   * The phone scans the QR code or gets the pairing code typed in.
   *
   * @returns false when the session is not pairing
   */
  link(account: Account): boolean {
    if (this.#phase !== 'pairing') return false
    this.#account = account
    this.#lastAccount = account
    this.#connect()
    return true
  }

  /**
   * Makes a pairing code for a phone.
   *
   * @returns `undefined` when the session is not pairing
   */
  requestCode(phone: string): string | undefined {
    if (this.#phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    this.#codes += 1
    const text = ids.of(`code/${this.gateway}/${this.id}/${this.#codes}`, 8, READABLE)
    this.#code = { value: `${text.slice(0, 4)}-${text.slice(4)}`, phone, expiresAt: clock.now() + timings.code }
    return this.#code.value
  }

  /** Waits until the session is not about to change any more, at most `timings.wait` ms. */
  async settled(): Promise<void> {
    if (!this.changing) return
    await new Promise<void>((resolve) => {
      const end = () => {
        cancel()
        forget()
        resolve()
      }
      const cancel = this.#context.clock.after(this.#context.timings.wait, end)
      const forget = this.onChange(() => {
        if (!this.changing) end()
      })
    })
  }

  /**
   * Calls the listener at every change of phase.
   *
   * @returns a function that removes it
   */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  #begin(): void {
    const { timings } = this.#context
    this.#enter('starting')
    this.#after(timings.starting, () => {
      if (this.#account) return this.#connect()
      this.#pairings += 1
      this.#enter('pairing')
    })
  }

  #connect(): void {
    this.#enter('connecting')
    this.#after(this.#context.timings.connecting, () => {
      if (!this.#revoked) this.#connectedAt = this.#context.clock.now()
      this.#enter(this.#revoked ? 'failed' : 'connected')
    })
  }

  #after(ms: number, next: () => void): void {
    if (ms <= 0) next()
    else this.#cancel = this.#context.clock.after(ms, next)
  }

  #enter(phase: SessionPhase): void {
    this.#cancel()
    this.#cancel = () => {}
    this.#code = undefined
    this.#phase = phase
    this.#changedAt = this.#context.clock.now()
    const before = phase === 'starting' ? [] : this.#phases
    this.#phases = [...before, { phase, at: this.#changedAt }].slice(-3)
    for (const listener of [...this.#listeners]) listener()
  }
}
