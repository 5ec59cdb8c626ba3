import type { Clock } from '@wamux/core'
import type { Lease, OutboxStore } from '../store/store.ts'
import type { Bell } from './bell.ts'

/** How long a lease lasts after it was renewed last, ms: so long nobody sends after its owner was killed. */
export const LEASE_MS = 30_000

/** Holds the lease of a number and renews it while its owner works. */
export class LeaseKeeper {
  /** Somebody else owns the number now. */
  lost = false
  #lease: Lease
  #cancel: () => void = () => {}
  readonly #store: OutboxStore
  readonly #clock: Clock
  readonly #bell: Bell

  constructor(lease: Lease, store: OutboxStore, clock: Clock, bell: Bell) {
    this.#lease = lease
    this.#store = store
    this.#clock = clock
    this.#bell = bell
    this.#schedule()
  }

  get lease(): Lease {
    return this.#lease
  }

  /** Renews the lease now, and notes when it is lost. */
  async renew(): Promise<void> {
    const renewed = await this.#store.renew(this.#lease, this.#clock.now() + LEASE_MS)
    if (renewed) this.#lease = renewed
    else this.lost = true
    if (this.lost) this.#bell.ring()
  }

  /** Gives the lease back. */
  async release(): Promise<void> {
    this.#cancel()
    this.#cancel = () => {}
    if (!this.lost) await this.#store.release(this.#lease)
  }

  #schedule(): void {
    this.#cancel = this.#clock.after(LEASE_MS / 3, () => {
      this.#schedule()
      // a store that cannot write is noticed by the next message: it is not begun then
      this.renew().catch(() => {})
    })
  }
}
