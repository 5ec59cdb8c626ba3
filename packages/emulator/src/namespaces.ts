import { EmulatorError } from './errors.ts'

/** Begins the path of a namespace: `/@name/waha`. */
export const NAMESPACE_PREFIX = '/@'

/** Largest number of namespaces of one emulator. */
const MAX_NAMESPACES = 100
const NAME = /^[\w.-]{1,64}$/

/** The namespaces of one emulator, by name. */
export interface Namespaces<One> {
  /**
   * The namespace of that name; made when it is not there.
   *
   * @throws {EmulatorError} `invalid`: no such name is possible. `conflict`: there are too many
   */
  get(name: string): One
  /** One that is there already. */
  known(name: string): One | undefined
  names(): readonly string[]
  /**
   * Ends a namespace and forgets what is in it.
   *
   * @throws {EmulatorError} `not_found`
   */
  remove(name: string): void
  /** Ends all. */
  close(): void
}

/** @param make makes the namespace of a name */
export function createNamespaces<One extends { close(): void }>(make: (name: string) => One): Namespaces<One> {
  const all = new Map<string, One>()
  return {
    get(name) {
      const known = all.get(name)
      if (known) return known
      if (typeof name !== 'string' || !NAME.test(name)) {
        throw new EmulatorError('invalid', `namespace: expected 1 to 64 letters, digits, ".", "_" and "-", not ${JSON.stringify(name)}`)
      }
      if (all.size >= MAX_NAMESPACES) {
        throw new EmulatorError('conflict', `namespace: there are ${MAX_NAMESPACES} already; remove one that is not needed any more`)
      }
      const made = make(name)
      all.set(name, made)
      return made
    },
    known: (name) => all.get(name),
    names: () => [...all.keys()],
    remove(name) {
      const known = all.get(name)
      if (!known) throw new EmulatorError('not_found', `namespace: there is none called ${JSON.stringify(name)}`)
      all.delete(name)
      known.close()
    },
    close() {
      for (const one of all.values()) one.close()
      all.clear()
    },
  }
}

/** The name in a path, and the path inside of the namespace; `undefined` for a path that is in none. */
export function splitNamespace(pathname: string): { readonly name: string; readonly path: string } | undefined {
  if (!pathname.startsWith(NAMESPACE_PREFIX)) return undefined
  const end = pathname.indexOf('/', NAMESPACE_PREFIX.length)
  if (end === -1) return { name: pathname.slice(NAMESPACE_PREFIX.length), path: '/' }
  return { name: pathname.slice(NAMESPACE_PREFIX.length, end), path: pathname.slice(end) }
}
