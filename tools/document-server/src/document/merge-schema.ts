import type { ApiDocument } from './document.ts'
import { isRecord, type Json, list, record, words } from './json.ts'

/** A schema without `$ref` and `allOf` at its top, and the references that were followed. */
export interface Merged {
  readonly schema: Json
  readonly refs: readonly string[]
}

/** Follows references and merges `allOf`; other keywords are kept. */
export function mergeSchema(document: ApiDocument, value: unknown): Merged {
  const { $ref, allOf, ...own } = record(value)
  const parts = list(allOf).map((member) => mergeSchema(document, member))
  const refs = parts.flatMap((part) => part.refs)
  if (typeof $ref === 'string') {
    const target = mergeSchema(document, document.resolve($ref))
    parts.unshift(target)
    refs.push($ref, ...target.refs)
  }
  return { schema: [...parts.map((part) => part.schema), own].reduce(both), refs }
}

/** A schema that requires what two schemas require. */
function both(one: Json, other: Json): Json {
  const properties = { ...record(one.properties) }
  for (const [name, schema] of Object.entries(record(other.properties))) {
    properties[name] = name in properties ? { allOf: [properties[name], schema] } : schema
  }
  const required = [...list(one.required), ...list(other.required)]
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  }
}

/** The members of a `oneOf` or `anyOf`, each with what stands beside it. */
export function alternativesOf({ oneOf, anyOf, ...beside }: Json): Json[] {
  return [...list(oneOf), ...list(anyOf)].map((member) => ({ allOf: [beside, member] }))
}

/** The field names an object may have at its top; undefined when it may have any. */
export function knownFields(document: ApiDocument, value: unknown): ReadonlySet<string> | undefined {
  const { schema } = mergeSchema(document, value)
  const { additionalProperties: extra } = schema
  if (extra === true || isRecord(extra)) return undefined
  const names = new Set(Object.keys(record(schema.properties)))
  const alternatives = alternativesOf(schema).map((one) => knownFields(document, one))
  if (alternatives.includes(undefined)) return undefined
  for (const more of alternatives) for (const name of more ?? []) names.add(name)
  return names.size > 0 ? names : undefined
}

/** True for a schema of raw bytes. */
export function isBinarySchema(document: ApiDocument, value: unknown): boolean {
  return mergeSchema(document, value).schema.format === 'binary'
}

/** True for a schema that an array may fit. */
export function takesArray(document: ApiDocument, value: unknown): boolean {
  const { schema } = mergeSchema(document, value)
  return words(schema.type).includes('array') || alternativesOf(schema).some((one) => takesArray(document, one))
}
