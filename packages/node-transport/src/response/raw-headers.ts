import type { ResponseHeaders } from '@wamux/core/transport'

/** The fields of an answer's head, looked up where the parser left them: most are never asked for. */
export class RawHeaders implements ResponseHeaders {
  readonly #raw: readonly string[]

  constructor(raw: readonly string[]) {
    this.#raw = raw
  }

  get(name: string): string | null {
    return findHeader(this.#raw, name.toLowerCase())
  }

  /** All fields, so that a real `Headers` can be made of them. */
  *[Symbol.iterator](): Generator<[name: string, value: string]> {
    for (let place = 0; place < this.#raw.length; place += 2) yield [this.#raw[place] ?? '', this.#raw[place + 1] ?? '']
  }
}

/**
 * The values of a field, joined, or null.
 *
 * @param name in lower case
 */
export function findHeader(raw: readonly string[], name: string): string | null {
  let found: string | null = null
  for (let place = 0; place < raw.length; place += 2) {
    const field = raw[place]
    if (field === undefined || field.length !== name.length || (field !== name && field.toLowerCase() !== name)) continue
    const value = raw[place + 1] ?? ''
    found = found === null ? value : `${found}, ${value}`
  }
  return found
}
