import type { ApiDocument } from '../document/document.ts'
import { isRecord, type Json, list, record, words } from '../document/json.ts'
import { alternativesOf, mergeSchema } from '../document/merge-schema.ts'
import type { SchemaCheck } from '../document/schema-check.ts'
import { numberWithin, textWithin } from './example-value.ts'

/** An example of a schema, or why there is none. */
export type Example = { readonly value: unknown; readonly problems: readonly string[] }

interface Making {
  readonly document: ApiDocument
  /** Which member of a `oneOf` is tried first. */
  readonly choice: number
}

const CHOICES = 4

/** Makes a value that fits a schema, all known fields filled, the same each time; it is checked against the schema. */
export function exampleOf(document: ApiDocument, check: SchemaCheck, schema: unknown): Example {
  let first: Example | undefined
  for (let choice = 0; choice < CHOICES; choice++) {
    const made = make({ document, choice }, schema, 'answer', new Set())
    const problems = made === undefined ? ['answer: the schema has no end'] : check(schema, made, 'answer')
    if (problems.length === 0) return { value: made, problems }
    first ??= { value: made, problems }
  }
  return first ?? { value: undefined, problems: [] }
}

// undefined when the schema refers back to a schema that contains it
function make(making: Making, value: unknown, name: string, around: ReadonlySet<string>): unknown {
  const { schema, refs } = mergeSchema(making.document, value)
  if (refs.some((ref) => around.has(ref))) return undefined
  const inside = new Set([...around, ...refs])
  const [told] = [schema.const, ...list(schema.examples), schema.example, schema.default, ...list(schema.enum)].filter((one) => one != null)
  if (told !== undefined) return told
  const alternatives = alternativesOf(schema)
  for (const [index] of alternatives.entries()) {
    const made = make(making, alternatives[(index + making.choice) % alternatives.length], name, inside)
    if (made !== undefined && made !== null) return made
  }
  return alternatives.length > 0 ? undefined : makeOfType(making, schema, name, inside)
}

function makeOfType(making: Making, schema: Json, name: string, around: ReadonlySet<string>): unknown {
  const [declared] = [...words(schema.type)].sort((one, other) => Number(one === 'null') - Number(other === 'null'))
  const type = declared ?? (schema.properties || schema.additionalProperties || name === 'answer' ? 'object' : 'string')
  if (type === 'object') return makeObject(making, schema, around)
  if (type === 'array') return makeArray(making, schema, name, around)
  if (type === 'string') return textWithin(schema, name)
  if (type === 'integer' || type === 'number') return numberWithin(schema)
  return type === 'boolean' ? true : null
}

function makeObject(making: Making, schema: Json, around: ReadonlySet<string>): unknown {
  const made: Record<string, unknown> = {}
  for (const [name, property] of Object.entries(record(schema.properties))) {
    const value = make(making, property, name, around)
    if (value !== undefined) made[name] = value
    else if (list(schema.required).includes(name)) return undefined
  }
  if (isRecord(schema.additionalProperties)) {
    const value = make(making, schema.additionalProperties, 'more', around)
    if (value !== undefined) made.more = value
  }
  return made
}

function makeArray(making: Making, schema: Json, name: string, around: ReadonlySet<string>): unknown {
  const { minItems } = schema
  const least = typeof minItems === 'number' ? minItems : 0
  const item = make(making, schema.items ?? {}, name, around)
  if (item === undefined) return least > 0 ? undefined : []
  return Array.from({ length: Math.max(1, least) }, () => item)
}
