/** A JSON schema as OpenAPI 3.1 documents have it. */
export type Schema = Readonly<Record<string, unknown>>

/** Values that fit the patterns of the documents; the first that matches is taken. */
const CANDIDATES: readonly string[] = [
  '12025550100',
  '+12025550100',
  '12025550100@c.us',
  '12025550100@s.whatsapp.net',
  '120363000000000001@g.us',
  '120363000000000001@newsletter',
  '#00a884',
  '00000000000000000000000a',
  '09:00',
  'example',
  'AAAA',
]

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
  time: '09:00:00Z',
  uri: 'http://emulator.invalid/example',
  url: 'http://emulator.invalid/example',
  email: 'ada@emulator.invalid',
  uuid: '00000000-0000-4000-8000-000000000001',
  byte: 'AAAA',
  binary: 'AAAA',
}

/** Values by the name of a field, where the schema says no more than the type. */
const NAMES: readonly (readonly [RegExp, unknown])[] = [
  [/^(.*phone.*|number|pn)$/i, '+12025550100'],
  [/(jid|wid|chatId|^chat|author|participant|^from$|^to$)$/i, '12025550101@c.us'],
  [/(url|uri|href|link)$/i, 'http://emulator.invalid/example'],
  [/(At|date|time)$/, '2026-01-01T00:00:00.000Z'],
  [/(timestamp|^t)$/i, 1_767_225_600],
  [/^(code)$/, 1000],
  [/name$/i, 'Example'],
  [/id$/i, '000000000000000000000001'],
  [/key|secret|token/i, 'emulator-example'],
]

/** How deep optional fields are filled in. */
const DEPTH = 4

/**
 * Makes a value that fits a schema: always the same one, with optional fields, so that programs see the whole shape.
 *
 * @param resolve gives what a `$ref` points to
 * @throws Error for a pattern that no candidate fits
 */
export function sample(schema: Schema, resolve: (ref: string) => Schema): unknown {
  return makeValue(schema, '', 0, [])

  function makeValue(given: Schema, name: string, depth: number, refs: readonly string[]): unknown {
    const { schema: one, refs: seen } = whole(given, refs)
    for (const key of ['const', 'example', 'default'] as const) if (one[key] !== undefined && one[key] !== null) return one[key]
    for (const key of ['examples', 'enum'] as const) {
      const list = one[key]
      if (Array.isArray(list)) return list.find((value) => value !== null)
    }
    const type = [one.type].flat().find((each) => each !== 'null') ?? (one.properties ? 'object' : one.items ? 'array' : undefined)
    if (type === 'object') return objectOf(one, depth, seen)
    if (type === 'array') {
      const empty = depth >= DEPTH && !((one.minItems as number) > 0)
      return empty || !one.items ? [] : [makeValue(one.items as Schema, name.replace(/s$/, ''), depth + 1, seen)]
    }
    if (type === 'string') return textOf(one, name)
    if (type === 'integer' || type === 'number') return numberOf(one, name)
    if (type === 'boolean') return true
    return type === undefined && [given.type].flat().includes('null') ? null : {}
  }

  function objectOf({ properties = {}, required = [] }: Schema, depth: number, refs: readonly string[]): unknown {
    const needed = required as readonly string[]
    return Object.fromEntries(
      Object.entries(properties as Readonly<Record<string, Schema>>).flatMap(([key, value]) => {
        // a schema inside itself ends where it may
        const again = typeof value.$ref === 'string' && refs.includes(value.$ref)
        return needed.includes(key) || (depth < DEPTH && !again) ? [[key, makeValue(value, key, depth + 1, refs)]] : []
      }),
    )
  }

  /** The schema with references, `allOf` and the first alternative put together. */
  function whole(given: Schema, refs: readonly string[]): { schema: Schema; refs: readonly string[] } {
    let schema: Schema = given
    let seen = refs
    while (typeof schema.$ref === 'string') {
      const { $ref, ...rest } = schema
      seen = [...seen, $ref]
      schema = { ...resolve($ref), ...rest }
    }
    const { allOf = [], oneOf, anyOf, ...own } = schema
    const choice = ((oneOf ?? anyOf ?? []) as readonly Schema[]).find(({ type }) => type !== 'null')
    for (const part of [...(allOf as readonly Schema[]), ...(choice ? [choice] : [])]) {
      const { schema: other, refs: more } = whole(part, seen)
      seen = more
      Object.assign(own, merged(own, other))
    }
    return { schema: own, refs: seen }
  }
}

function merged(one: Schema, other: Schema): Schema {
  return {
    ...one,
    ...other,
    ...(one.properties || other.properties ? { properties: { ...(one.properties as object), ...(other.properties as object) } } : {}),
    ...(one.required || other.required
      ? { required: [...((one.required as string[]) ?? []), ...((other.required as string[]) ?? [])] }
      : {}),
  }
}

function textOf({ format, pattern, minLength = 0, maxLength }: Schema, name: string): string {
  if (typeof pattern === 'string') {
    const found = CANDIDATES.find((text) => new RegExp(pattern, 'u').test(text))
    if (found === undefined) throw new Error(`${name}: no candidate fits ${pattern}`)
    return found
  }
  const byName = NAMES.find(([words, value]) => words.test(name) && typeof value === 'string')?.[1] as string | undefined
  const text = FORMATS[String(format)] ?? byName ?? 'example'
  return text.padEnd(minLength as number, '0').slice(0, (maxLength as number | undefined) ?? text.length + (minLength as number))
}

function numberOf({ minimum, maximum }: Schema, name: string): number {
  const byName = NAMES.find(([words, value]) => words.test(name) && typeof value === 'number')?.[1] as number | undefined
  const value = byName ?? 1
  return Math.min(Math.max(value, (minimum as number | undefined) ?? value), (maximum as number | undefined) ?? Number.POSITIVE_INFINITY)
}
