/** Entries that may go before the map is looked through. */
const ROOM = 1_000

/**
 * Values that are made when they are first asked for, and forgotten again some time after they have become idle: a program that serves a
 * hundred thousand sessions needs those that are in use, and no more.
 */
export class IdleMap<Value> {
  readonly #values = new Map<string, Value>()
  readonly #make: () => Value
  readonly #isIdle: (value: Value) => boolean
  #room = ROOM

  /** @param isIdle true for a value that a new one could stand in for */
  constructor(make: () => Value, isIdle: (value: Value) => boolean) {
    this.#make = make
    this.#isIdle = isIdle
  }

  get size(): number {
    return this.#values.size
  }

  get(key: string): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    if (this.#values.size >= this.#room) this.#forget()
    const made = this.#make()
    this.#values.set(key, made)
    return made
  }

  every(test: (value: Value) => boolean): boolean {
    for (const value of this.#values.values()) if (!test(value)) return false
    return true
  }

  // seldom enough that each entry is looked at a few times at most
  #forget(): void {
    for (const [key, value] of this.#values) if (this.#isIdle(value)) this.#values.delete(key)
    this.#room = Math.max(ROOM, this.#values.size * 2)
  }
}
