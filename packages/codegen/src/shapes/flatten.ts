import { isRecord, type Json, list, record, strings } from '../document/json.ts'
import type { Source } from '../document/source.ts'

/** A schema together with the references that led to it, by which cycles are cut. */
export interface Part {
  readonly schema: unknown
  readonly refs: ReadonlySet<string>
}

/** One way a value may look: references followed, `allOf` merged, one member chosen of each `oneOf` and `anyOf`. */
export interface Flat {
  /** All keywords but those below. */
  readonly keywords: Json
  /** A field that stands in several members of an `allOf` has several parts. */
  readonly fields: ReadonlyMap<string, readonly Part[]>
  readonly required: ReadonlySet<string>
  readonly items?: Part
  readonly values?: Part
  /** True for a reference back to a schema that contains it: it is not followed again. */
  readonly cut?: true
}

const NOTHING: Flat = { keywords: {}, fields: new Map(), required: new Set() }
const PARTS: ReadonlySet<string> = new Set(['$ref', 'allOf', 'oneOf', 'anyOf', 'properties', 'required', 'items', 'additionalProperties'])

/** All ways a value of a schema may look. */
export function flatten(source: Source, part: Part): Flat[] {
  const schema = record(part.schema)
  const ref = schema.$ref
  if (typeof ref === 'string') {
    if (part.refs.has(ref)) return [{ ...NOTHING, cut: true }]
    const { $ref: _, ...beside } = schema
    const target = flatten(source, { schema: source.resolve(ref), refs: new Set([...part.refs, ref]) })
    return combine(target, flatten(source, { schema: beside, refs: part.refs }))
  }
  const inner = (value: unknown): Part => ({ schema: value, refs: part.refs })
  let flats = ownOf(schema, inner)
  for (const member of list(schema.allOf)) flats = combine(flats, flatten(source, inner(member)))
  for (const key of ['oneOf', 'anyOf']) {
    const members = list(schema[key])
    if (members.length > 0)
      flats = combine(
        flats,
        members.flatMap((member) => flatten(source, inner(member))),
      )
  }
  return flats
}

/** All ways a value may look that has to fit several schemas. */
export function flattenAll(source: Source, parts: readonly Part[]): Flat[] {
  return parts.map((part) => flatten(source, part)).reduce(combine, [NOTHING])
}

/** Tells an object whose fields are known. */
export function hasFields(flat: Flat): boolean {
  return flat.fields.size > 0
}

function ownOf(schema: Json, inner: (value: unknown) => Part): Flat[] {
  const fields = new Map(Object.entries(record(schema.properties)).map(([name, value]) => [name, [inner(value)]]))
  const values = schema.additionalProperties
  const own: Flat = {
    keywords: Object.fromEntries(Object.entries(schema).filter(([key]) => !PARTS.has(key))),
    fields,
    required: new Set(strings(schema.required)),
    ...(schema.items === undefined ? {} : { items: inner(schema.items) }),
    ...(values === true || isRecord(values) ? { values: inner(values) } : {}),
  }
  const types = strings(schema.type).filter((type) => type !== 'null')
  if (types.length < 2 || !types.some((type) => type === 'object' || type === 'array')) return [own]
  // the table has lists of types for primitives only: objects and arrays in such a list become alternatives of their own
  const nullable = strings(schema.type).includes('null')
  return types.map((type) => ({ ...own, keywords: { ...own.keywords, type: nullable ? [type, 'null'] : type } }))
}

function combine(ones: readonly Flat[], others: readonly Flat[]): Flat[] {
  return ones.flatMap((one) => others.map((other) => merge(one, other)))
}

function merge(one: Flat, other: Flat): Flat {
  const fields = new Map(one.fields)
  for (const [name, parts] of other.fields) fields.set(name, [...(fields.get(name) ?? []), ...parts])
  const items = other.items ?? one.items
  const values = other.values ?? one.values
  return {
    keywords: { ...one.keywords, ...other.keywords },
    fields,
    required: new Set([...one.required, ...other.required]),
    ...(items ? { items } : {}),
    ...(values ? { values } : {}),
    ...(one.cut || other.cut ? { cut: true } : {}),
  }
}
