import { base64Forms } from './secret-forms.ts'

type Inspect = (value: unknown, options: { depth: number; showHidden: boolean }) => string

/**
 * Where a text can be found in a value: in its properties, hidden ones included, along the whole chain of causes, in its JSON, and in
 * what the platform's inspector prints. Upper and lower case are the same. In base64 it is found, too.
 */
export function placesOf(text: string, value: unknown): string[] {
  const wanted = text.toLowerCase()
  const encoded = base64Forms(text)
  const found = [...strings(value, 'value', new Set())].filter(
    ([, content]) => content.toLowerCase().includes(wanted) || encoded.some((form) => content.includes(form)),
  )
  return found.map(([place]) => place)
}

function* strings(value: unknown, place: string, known: Set<unknown>): Generator<[place: string, content: string]> {
  if (typeof value === 'string') return yield [place, value]
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || known.has(value)) return
  known.add(value)
  if (place === 'value') yield* printed(value)
  if (value instanceof Map || value instanceof Set) {
    for (const [key, item] of value.entries()) yield* strings([key, item], `${place}[entry]`, known)
  }
  for (const key of Reflect.ownKeys(value)) {
    yield* strings(key, `a name in ${place}`, known)
    yield* strings(read(value, key), `${place}.${String(key)}`, known)
  }
}

function* printed(value: object): Generator<[place: string, content: string]> {
  yield ['text', attempt(() => String(value))]
  yield ['JSON', attempt(() => JSON.stringify(value))]
  const inspect = platformInspect()
  if (inspect) yield ['inspect', inspect(value, { depth: 20, showHidden: true })]
}

function read(value: object, key: string | symbol): unknown {
  try {
    return Reflect.get(value, key)
  } catch {
    return undefined
  }
}

function attempt(write: () => string | undefined): string {
  try {
    return write() ?? ''
  } catch {
    return ''
  }
}

// Node, Bun and Deno have an inspector; in a browser only the properties are searched
function platformInspect(): Inspect | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => { inspect: Inspect } | undefined } }
  return process?.getBuiltinModule?.('node:util')?.inspect
}
