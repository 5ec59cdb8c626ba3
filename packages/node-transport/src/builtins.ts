import { createRequire } from 'node:module'

/** The modules of Node that this package uses. */
interface Builtins {
  readonly 'node:http': typeof import('node:http')
  readonly 'node:net': typeof import('node:net')
  readonly 'node:stream': typeof import('node:stream')
  readonly 'node:tls': typeof import('node:tls')
  readonly 'node:zlib': typeof import('node:zlib')
  readonly 'node:crypto': typeof import('node:crypto')
}

/**
 * A module of Node, loaded when it is first asked for. An `import` of node:http reads every export of it, the lazy ones too, and so
 * loads all of undici, which takes longer than the rest of a request; this reads none. `process.getBuiltinModule` is there since Node
 * 20.16 and 22.3, and `require` does the same before.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
 */
export function builtin<Name extends keyof Builtins>(name: Name): Builtins[Name] {
  return (process.getBuiltinModule?.(name) ?? createRequire(import.meta.url)(name)) as Builtins[Name]
}
