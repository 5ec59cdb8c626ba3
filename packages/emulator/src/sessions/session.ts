import { READABLE } from '../ids.ts'
import type { Account } from '../network/types.ts'
import { LOSSES, pauseBefore, TRIES, TRY_MS } from './losses.ts'
import { type Qr, qrAt } from './qr-codes.ts'
import type { GatewayId, SessionContext, SessionData, SessionPhase } from './session-types.ts'

export type { AfterUnlink, GatewayId, SessionContext, SessionData, SessionOptions, SessionPhase } from './session-types.ts'
export { newSessionData } from './session-types.ts'

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

  /** The time now, ms since the epoch, on the emulator's clock. */
  get now(): number {
    return this.#context.clock.now()
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

  /** How often in a row it has tried to connect again. */
  get attempts(): number {
    return this.#data.attempts
  }

  /** WhatsApp is out of its reach. */
  get stuck(): boolean {
    return this.settings.stuck === true
  }

  /** It is about to change its phase by itself. */
  get changing(): boolean {
    return this.#data.phase === 'starting' || this.#data.phase === 'connecting'
  }

  /** The QR code to scan now. */
  get qr(): Qr | undefined {
    if (this.#data.phase !== 'pairing') return undefined
    const { clock, ids, timings } = this.#context
    return qrAt(clock.now() - this.#data.changedAt, `qr/${this.gateway}/${this.id}/${this.#data.pairings}`, ids, timings.qr)
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
    this.#pair(account)
    return true
  }

  /**
   * A phone scans, and WhatsApp asks for its passkey.
   *
   * @returns false when the session is not pairing
   */
  askPasskey(account: Account): boolean {
    if (this.#data.phase !== 'pairing') return false
    this.#data.scanned = account
    this.#enter('passkey')
    return true
  }

  /**
   * The passkey is handed in; then somebody has to confirm it.
   *
   * @returns false when none is asked for
   */
  answerPasskey(): boolean {
    if (this.#data.phase !== 'passkey') return false
    this.#enter('passkey_confirmation')
    return true
  }

  /**
   * Somebody confirms the passkey, which ends the pairing.
   *
   * @returns false when there is nothing to confirm
   */
  confirmPasskey(): boolean {
    if (this.#data.phase !== 'passkey_confirmation' || !this.#data.scanned) return false
    this.#pair(this.#data.scanned)
    return true
  }

  /** Keeps WhatsApp out of its reach, or lets it get there again. */
  setStuck(stuck: boolean): void {
    if (!stuck) {
      delete this.settings.stuck
      this.resume()
      return
    }
    this.settings.stuck = true
    if (this.phase === 'connected' || this.phase === 'connecting') this.#loseWay(LOSSES[this.gateway].lost)
    else if (this.phase === 'starting' || this.phase === 'pairing') this.#loseWay(LOSSES[this.gateway].outOfReach)
  }

  /** WhatsApp lets its account in no longer. */
  bar(): void {
    if (this.phase === 'connected' || this.phase === 'connecting') this.#loseWay(LOSSES[this.gateway].barred)
  }

  /** Whatever kept it from WhatsApp is over: it goes on where it was. */
  resume(): void {
    if (this.phase !== 'disconnected' && this.phase !== 'starting') return
    if (this.account) this.#connect()
    else this.#begin()
  }

  /**
   * Another client takes it over.
   *
   * @returns false when it is not connected
   */
  replace(): boolean {
    if (this.phase !== 'connected') return false
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
    if (this.phase !== 'pairing') return false
    const shown = (this.now - this.changedAt) % this.#context.timings.qr
    this.#later(codes <= 0 ? 0 : codes * this.#context.timings.qr - shown)
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
    switch (this.phase) {
      case 'connecting':
        this.#arrive()
        break
      case 'starting':
        if (this.stuck) this.#tryOn()
        else if (this.account) this.#connect()
        else {
          this.#data.pairings += 1
          this.#enter('pairing')
        }
        break
      case 'pairing':
        // no phone scanned the code
        if (this.#data.afterUnlink === 'fail') this.#enter('failed')
        else this.#comeBack()
        break
      case 'disconnected':
        if (this.stuck) this.#comeBack()
        else this.resume()
        break
      default:
    }
  }

  #pair(account: Account): void {
    this.#data.account = account
    this.#data.lastAccount = account
    this.#connect()
  }

  #begin(): void {
    if (this.stuck) this.#loseWay(LOSSES[this.gateway].outOfReach)
    else this.#enterFor('starting', this.#context.timings.starting)
  }

  #connect(): void {
    if (this.stuck) this.#loseWay(LOSSES[this.gateway].lost)
    else this.#enterFor('connecting', this.#context.timings.connecting)
  }

  #arrive(): void {
    if (this.#data.revoked) this.#enter('failed')
    else if (this.account?.restrictions.banned) this.#loseWay(LOSSES[this.gateway].barred)
    else {
      this.#data.attempts = 0
      this.#data.connectedAt = this.now
      this.#enter('connected')
    }
  }

  /** It has no way to WhatsApp, and does what its gateway does then. */
  #loseWay(phase: SessionPhase): void {
    if (this.gateway === 'warest') this.#comeBack()
    else if (phase === 'starting' && this.#data.afterUnlink === 'fail') {
      this.#data.attempts = 0
      this.#tryOn()
    } else this.#enter(phase)
  }

  // an engine reports each try, and gives up in the end
  #tryOn(): void {
    this.#data.attempts += 1
    if (this.#data.attempts > TRIES) this.#enter('failed')
    else this.#enterFor('starting', TRY_MS)
  }

  // WARest waits longer each time, and never gives up
  #comeBack(): void {
    this.#data.attempts += 1
    this.#enterFor('disconnected', pauseBefore(this.#data.attempts))
  }

  #enterFor(phase: SessionPhase, ms: number): void {
    this.#enter(phase)
    // a listener may have changed the phase again
    if (this.phase === phase) this.#later(ms)
  }

  #later(ms: number): void {
    this.#cancel()
    if (ms <= 0) this.due()
    else this.#cancel = this.#context.later(ms, this)
  }

  #enter(phase: SessionPhase): void {
    this.#cancel()
    this.#cancel = () => {}
    this.#data.code = undefined
    if (phase !== 'passkey' && phase !== 'passkey_confirmation') this.#data.scanned = undefined
    if (phase === 'stopped') this.#data.attempts = 0
    this.#data.phase = phase
    this.#data.changedAt = this.#context.clock.now()
    const before = phase === 'starting' ? [] : this.#data.phases
    this.#data.phases = [...before, { phase, at: this.#data.changedAt }].slice(-3)
    for (const listener of [...this.#listeners]) listener()
  }
}
