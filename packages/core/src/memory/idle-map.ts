/** Entries that the map holds before it looks for idle ones. */
const FIRST_LIMIT = 1_000

/**
 * Values by key, made on first use and removed some time after they became idle. A program that serves a hundred thousand sessions keeps
 * only the values of those in use.
 */
export class IdleMap<Value> {
  readonly #values = new Map<string, Value>()
  readonly #make: () => Value
  readonly #isIdle: (value: Value) => boolean
  #limit = FIRST_LIMIT

  /**
   * @param make makes the value of a new key
   * @param isIdle true for a value that can be removed, because a newly made one would behave the same
   */
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
    if (this.#values.size >= this.#limit) this.#removeIdle()
    const made = this.#make()
    this.#values.set(key, made)
    return made
  }

  every(test: (value: Value) => boolean): boolean {
    for (const value of this.#values.values()) if (!test(value)) return false
    return true
  }

  // the limit doubles with the entries that stay, so the time spent here grows with the number of entries only
  #removeIdle(): void {
    for (const [key, value] of this.#values) if (this.#isIdle(value)) this.#values.delete(key)
    this.#limit = Math.max(FIRST_LIMIT, this.#values.size * 2)
  }
}
