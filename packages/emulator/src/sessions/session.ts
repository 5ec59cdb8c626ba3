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
  /** Calls {@link Session.due} when so many ms are over. */
  later(ms: number, session: Session): () => void
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

/** What is known of a session: what a snapshot keeps. */
export interface SessionData {
  readonly id: string
  readonly name: string
  readonly afterUnlink: AfterUnlink
  readonly createdAt: number
  readonly settings: Record<string, unknown>
  phase: SessionPhase
  changedAt: number
  account: Account | undefined
  lastAccount: Account | undefined
  /** The phone unlinked the session while it was stopped; the gateway notices when it connects. */
  revoked: boolean
  connectedAt: number | undefined
  pairings: number
  phases: readonly { readonly phase: SessionPhase; readonly at: number }[]
  codes: number
  code: PairingCode | undefined
}

/** A session as it begins. */
export function newSessionData({ id, name = id, afterUnlink, settings = {} }: Omit<SessionOptions, 'gateway'>, now: number): SessionData {
  const account = { account: undefined, lastAccount: undefined, revoked: false, connectedAt: undefined }
  const codes = { pairings: 0, codes: 0, code: undefined }
  return { id, name, afterUnlink, createdAt: now, settings, phase: 'stopped', changedAt: now, phases: [], ...account, ...codes }
}

/** One session (WARest: session, Wawp: instance, SparkBot: device). Its life cycle is the same for all gateways. */
export class Session {
  readonly gateway: GatewayId
  readonly id: string
  readonly name: string
  readonly createdAt: number
  readonly settings: Record<string, unknown>
  readonly #context: SessionContext
  readonly #data: SessionData
  readonly #listeners = new Set<() => void>()
  #cancel: () => void = () => {}

  /** @param context `later`: calls {@link Session.due} after so many ms, however the session is then */
  constructor(context: SessionContext, gateway: GatewayId, data: SessionData) {
    this.#context = context
    this.#data = data
    this.gateway = gateway
    this.id = data.id
    this.name = data.name
    this.settings = data.settings
    this.createdAt = data.createdAt
  }

  get phase(): SessionPhase {
    return this.#data.phase
  }

  /** When the phase began, ms since the epoch. */
  get changedAt(): number {
    return this.#data.changedAt
  }

  /** The phases since the last start, the newest three. */
  get phases(): readonly { readonly phase: SessionPhase; readonly at: number }[] {
    return this.#data.phases
  }

  /** The account it is paired with, running or not. */
  get account(): Account | undefined {
    return this.#data.account
  }

  /** The account it was paired with last, also after unpairing. */
  get lastAccount(): Account | undefined {
    return this.#data.lastAccount
  }

  /** When it connected last, ms since the epoch. */
  get connectedAt(): number | undefined {
    return this.#data.connectedAt
  }

  get running(): boolean {
    return this.#data.phase !== 'stopped'
  }

  /** It is about to change its phase by itself. */
  get changing(): boolean {
    return this.#data.phase === 'starting' || this.#data.phase === 'connecting'
  }

  /** The QR code to scan now. */
  get qr(): Qr | undefined {
    if (this.#data.phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    const elapsed = clock.now() - this.#data.changedAt
    const turn = Math.floor(elapsed / timings.qr)
    const key = `qr/${this.gateway}/${this.id}/${this.#data.pairings}`
    const keys = [1, 2, 3].map((index) => `${ids.of(`${key}/key${index}`, 43, BASE64)}=`)
    const value = [`2@${ids.of(`${key}/${turn}`, 88, BASE64)}`, ...keys].join(',')
    return { value, expiresInMs: (turn + 1) * timings.qr - elapsed }
  }

  /** The pairing code that can be typed on a phone now. */
  get code(): string | undefined {
    const valid = this.#data.phase === 'pairing' && this.#data.code && this.#data.code.expiresAt > this.#context.clock.now()
    return valid ? this.#data.code?.value : undefined
  }

  /** The phone that the pairing code was asked for. */
  get codePhone(): string | undefined {
    return this.code === undefined ? undefined : this.#data.code?.phone
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
    this.#data.account = undefined
    this.#data.revoked = false
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
    if (!this.#data.account || this.#data.revoked) return false
    if (this.#data.afterUnlink === 'fail') {
      this.#data.revoked = true
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
    if (this.#data.phase !== 'pairing') return false
    this.#data.account = account
    this.#data.lastAccount = account
    this.#connect()
    return true
  }

  /**
   * Makes a pairing code for a phone.
   *
   * @returns `undefined` when the session is not pairing
   */
  requestCode(phone: string): string | undefined {
    if (this.#data.phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    this.#data.codes += 1
    const text = ids.of(`code/${this.gateway}/${this.id}/${this.#data.codes}`, 8, READABLE)
    this.#data.code = { value: `${text.slice(0, 4)}-${text.slice(4)}`, phone, expiresAt: clock.now() + timings.code }
    return this.#data.code.value
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

  /** The time of a phase that ends by itself is over. */
  due(): void {
    if (this.phase === 'connecting') {
      if (!this.#data.revoked) this.#data.connectedAt = this.#context.clock.now()
      this.#enter(this.#data.revoked ? 'failed' : 'connected')
    } else if (this.phase === 'starting') {
      if (this.#data.account) this.#connect()
      else {
        this.#data.pairings += 1
        this.#enter('pairing')
      }
    }
  }

  #begin(): void {
    this.#enter('starting')
    this.#later(this.#context.timings.starting)
  }

  #connect(): void {
    this.#enter('connecting')
    this.#later(this.#context.timings.connecting)
  }

  #later(ms: number): void {
    // a listener may have changed the phase again
    if (!this.changing) return
    if (ms <= 0) this.due()
    else this.#cancel = this.#context.later(ms, this)
  }

  #enter(phase: SessionPhase): void {
    this.#cancel()
    this.#cancel = () => {}
    this.#data.code = undefined
    this.#data.phase = phase
    this.#data.changedAt = this.#context.clock.now()
    const before = phase === 'starting' ? [] : this.#data.phases
    this.#data.phases = [...before, { phase, at: this.#data.changedAt }].slice(-3)
    for (const listener of [...this.#listeners]) listener()
  }
}
