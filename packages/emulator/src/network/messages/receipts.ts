import type { Ack } from '../types.ts'

/** How far a message got with each of its receivers, by phone. */
export interface Receipts extends ReadonlyMap<string, Ack> {
  /** @param phone one of its receivers */
  set(phone: string, ack: Ack): void
}

/** Receipts of those that a message goes to. Most go to one phone, for which a Map would be three times as large as all else. */
export function createReceipts(phones: readonly string[]): Receipts {
  const [phone, ...others] = phones
  if (phone !== undefined && others.length === 0) return new OneReceipt(phone)
  return new Map(phones.map((one): [string, Ack] => [one, 0]))
}

/** Whether receipts are those of one receiver. */
export function isOneReceipt(value: unknown): value is Receipts {
  return value instanceof OneReceipt
}

/** The receipts of one receiver. */
export function reviveOneReceipt([phone, ack]: readonly [string, Ack]): Receipts {
  const receipt = new OneReceipt(phone)
  receipt.set(phone, ack)
  return receipt
}

class OneReceipt implements Receipts {
  readonly #phone: string
  #ack: Ack = 0

  constructor(phone: string) {
    this.#phone = phone
  }

  get size(): number {
    return 1
  }

  get(phone: string): Ack | undefined {
    return phone === this.#phone ? this.#ack : undefined
  }

  has(phone: string): boolean {
    return phone === this.#phone
  }

  set(phone: string, ack: Ack): void {
    if (phone === this.#phone) this.#ack = ack
  }

  forEach(callback: (ack: Ack, phone: string, map: ReadonlyMap<string, Ack>) => void): void {
    callback(this.#ack, this.#phone, this)
  }

  keys(): MapIterator<string> {
    return new Map([[this.#phone, this.#ack]]).keys()
  }

  values(): MapIterator<Ack> {
    return new Map([[this.#phone, this.#ack]]).values()
  }

  entries(): MapIterator<[string, Ack]> {
    return new Map([[this.#phone, this.#ack]]).entries()
  }

  [Symbol.iterator](): MapIterator<[string, Ack]> {
    return this.entries()
  }
}
