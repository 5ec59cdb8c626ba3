import { READABLE } from '../ids.ts'
import type { Account } from '../network/types.ts'
import { LOSSES, pauseBefore, TRIES, TRY_MS } from './losses.ts'
import { type Qr, qrAt } from './qr-codes.ts'
import type { AfterUnlink, GatewayId, SessionContext, SessionOptions, SessionPhase } from './session-types.ts'

export type { AfterUnlink, GatewayId, SessionContext, SessionOptions, SessionPhase } from './session-types.ts'

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
  // the phone that scanned and has to show its passkey
  #scanned: Account | undefined
  #attempts = 0

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

  /** The time now, ms since the epoch, on the emulator's clock. */
  get now(): number {
    return this.#context.clock.now()
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

  /** How often in a row it has tried to connect again. */
  get attempts(): number {
    return this.#attempts
  }

  /** WhatsApp is out of its reach. */
  get stuck(): boolean {
    return this.settings.stuck === true
  }

  /** It is about to change its phase by itself. */
  get changing(): boolean {
    return this.#phase === 'starting' || this.#phase === 'connecting'
  }

  /** The QR code to scan now. */
  get qr(): Qr | undefined {
    if (this.#phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    return qrAt(clock.now() - this.#changedAt, `qr/${this.gateway}/${this.id}/${this.#pairings}`, ids, timings.qr)
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
    this.#pair(account)
    return true
  }

  /**
   * A phone scans, and WhatsApp asks for its passkey.
   *
   * @returns false when the session is not pairing
   */
  askPasskey(account: Account): boolean {
    if (this.#phase !== 'pairing') return false
    this.#scanned = account
    this.#enter('passkey')
    return true
  }

  /**
   * The passkey is handed in; then somebody has to confirm it.
   *
   * @returns false when none is asked for
   */
  answerPasskey(): boolean {
    if (this.#phase !== 'passkey') return false
    this.#enter('passkey_confirmation')
    return true
  }

  /**
   * Somebody confirms the passkey, which ends the pairing.
   *
   * @returns false when there is nothing to confirm
   */
  confirmPasskey(): boolean {
    if (this.#phase !== 'passkey_confirmation' || !this.#scanned) return false
    this.#pair(this.#scanned)
    return true
  }

  /** Keeps WhatsApp out of its reach, or lets it get there again. */
  setStuck(stuck: boolean): void {
    if (stuck) {
      this.settings.stuck = true
      if (this.#phase === 'connected' || this.#phase === 'connecting') this.#loseWay(LOSSES[this.gateway].lost)
      else if (this.#phase === 'starting' || this.#phase === 'pairing') this.#loseWay(LOSSES[this.gateway].outOfReach)
      return
    }
    delete this.settings.stuck
    this.resume()
  }

  /** WhatsApp lets its account in no longer. */
  bar(): void {
    if (this.#phase === 'connected' || this.#phase === 'connecting') this.#loseWay(LOSSES[this.gateway].barred)
  }

  /** Whatever kept it from WhatsApp is over: it goes on where it was. */
  resume(): void {
    if (this.#phase !== 'disconnected' && this.#phase !== 'starting') return
    if (this.#account) this.#connect()
    else this.#begin()
  }

  /**
   * Another client takes it over.
   *
   * @returns false when it is not connected
   */
  replace(): boolean {
    if (this.#phase !== 'connected') return false
    this.#enter(LOSSES[this.gateway].replaced)
    return true
  }

  /**
   * Lets its QR codes run out.
   *
   * @param codes how many it still shows
   * @returns false when it is not pairing
   */
  expireQr(codes: number): boolean {
    if (this.#phase !== 'pairing') return false
    const { clock, timings } = this.#context
    const elapsed = (clock.now() - this.#changedAt) % timings.qr
    this.#after(codes <= 0 ? 0 : codes * timings.qr - elapsed, () => {
      if (this.#afterUnlink === 'fail') this.#enter('failed')
      else this.#comeBack(1)
    })
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

  #pair(account: Account): void {
    this.#account = account
    this.#lastAccount = account
    this.#connect()
  }

  #begin(): void {
    if (this.stuck) {
      this.#loseWay(LOSSES[this.gateway].outOfReach)
      return
    }
    this.#enter('starting')
    this.#after(this.#context.timings.starting, () => {
      if (this.#account) return this.#connect()
      this.#pairings += 1
      this.#enter('pairing')
    })
  }

  #connect(): void {
    if (this.stuck) {
      this.#loseWay(LOSSES[this.gateway].lost)
      return
    }
    this.#enter('connecting')
    this.#after(this.#context.timings.connecting, () => {
      if (this.#revoked) return this.#enter('failed')
      if (this.#account?.restrictions.banned) return this.#loseWay(LOSSES[this.gateway].barred)
      this.#attempts = 0
      this.#connectedAt = this.#context.clock.now()
      this.#enter('connected')
    })
  }

  /** It has no way to WhatsApp, and does what its gateway does then. */
  #loseWay(phase: SessionPhase): void {
    if (this.gateway === 'warest') this.#comeBack(this.#attempts + 1)
    else if (phase === 'starting' && this.#afterUnlink === 'fail') this.#tryOn(TRIES)
    else this.#enter(phase)
  }

  #tryOn(left: number): void {
    this.#enter(left > 0 ? 'starting' : 'failed')
    if (left > 0) this.#after(TRY_MS, () => this.#tryOn(left - 1))
  }

  #comeBack(attempt: number): void {
    this.#attempts = attempt
    this.#enter('disconnected')
    this.#after(pauseBefore(attempt), () => {
      if (!this.#account && !this.stuck) this.#begin()
      else if (!this.stuck) this.#connect()
      else this.#comeBack(attempt + 1)
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
    if (phase !== 'passkey' && phase !== 'passkey_confirmation') this.#scanned = undefined
    if (phase === 'stopped') this.#attempts = 0
    this.#phase = phase
    this.#changedAt = this.#context.clock.now()
    const before = phase === 'starting' ? [] : this.#phases
    this.#phases = [...before, { phase, at: this.#changedAt }].slice(-3)
    for (const listener of [...this.#listeners]) listener()
  }
}
