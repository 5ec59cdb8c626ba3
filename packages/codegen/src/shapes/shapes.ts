import type { BodyKind, Evidence, Field, Shape, ShapeType } from '@wamux/core'
import { isRecord, type Json, list, record, strings } from '../document/json.ts'
import { EVIDENCES, splitDescription } from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { type Flat, flatten, flattenAll, hasFields, type Part } from './flatten.ts'
import { mergeShapes } from './merge-shapes.ts'

/** What every shape of one operation is built with. */
export interface Scope {
  readonly source: Source
  /** Evidence of the operation: a field is marked only where its own evidence is weaker. */
  readonly evidence: Evidence
}

/** What the document says about a parameter or property besides its type. */
export type Remarks = Pick<Field, 'about' | 'evidence' | 'secret' | 'danger' | 'deprecated'>

const COPIED = ['pattern', 'minimum', 'maximum', 'minLength', 'maxLength', 'minItems', 'maxItems', 'default'] as const
const NO_REFS: ReadonlySet<string> = new Set()

/** The shape of a schema. */
export function shapeOf(scope: Scope, schema: unknown): Shape {
  return shapeOfParts(scope, [{ schema, refs: NO_REFS }])
}

/** The body of one media type: an object's fields, or the shape of anything else. */
export function bodyKind(scope: Scope, content: string, schema: unknown): BodyKind {
  const flats = flatten(scope.source, { schema, refs: NO_REFS })
  return flats.every(hasFields) ? { content, fields: mergeFields(scope, flats) } : { content, shape: shapeOfFlats(scope, flats) }
}

/** Names that a body adds to the flat input. */
export function bodyNames(source: Source, schema: unknown): string[] {
  const flats = flatten(source, { schema, refs: NO_REFS })
  return flats.every(hasFields) ? [...new Set(flats.flatMap((flat) => [...flat.fields.keys()]))] : ['body']
}

/** Reads the remarks of a parameter or property; the first node that has a keyword decides its value. */
export function remarks(scope: Scope, nodes: readonly unknown[]): Remarks {
  const { about } = splitDescription(firstValue(scope.source, nodes, 'description'))
  const evidence = EVIDENCES.find((known) => known === firstValue(scope.source, nodes, 'x-wamux-evidence'))
  const weaker = evidence !== undefined && EVIDENCES.indexOf(evidence) > EVIDENCES.indexOf(scope.evidence)
  return {
    ...(about === undefined ? {} : { about }),
    ...(weaker ? { evidence } : {}),
    ...(nodes.some((node) => isSecret(scope.source, node)) ? { secret: true } : {}),
    ...(firstValue(scope.source, nodes, 'x-wamux-danger') === true ? { danger: true } : {}),
    ...(firstValue(scope.source, nodes, 'deprecated') === true ? { deprecated: true } : {}),
  }
}

/** True for a schema or parameter that carries a secret: itself, in one of its alternatives, or in the items of its list. */
export function isSecret(source: Source, node: unknown, seen: ReadonlySet<unknown> = new Set()): boolean {
  if (!isRecord(node) || seen.has(node)) return false
  if (node['x-wamux-secret'] === true) return true
  const referred = typeof node.$ref === 'string' ? source.resolve(node.$ref) : undefined
  const inner = [referred, node.schema, node.items, ...['allOf', 'oneOf', 'anyOf'].flatMap((key) => list(node[key]))]
  return inner.some((one) => isSecret(source, one, new Set([...seen, node])))
}

// keywords beside a `$ref` win over those of its target, and these over the members of the target's `allOf`
function firstValue(source: Source, nodes: readonly unknown[], key: string, seen: ReadonlySet<unknown> = new Set()): unknown {
  for (const node of nodes) {
    if (!isRecord(node) || seen.has(node)) continue
    if (node[key] !== undefined) return node[key]
    const deeper = [...(typeof node.$ref === 'string' ? [source.resolve(node.$ref)] : []), ...list(node.allOf)]
    const found = firstValue(source, deeper, key, new Set([...seen, node]))
    if (found !== undefined) return found
  }
  return undefined
}

function shapeOfParts(scope: Scope, parts: readonly Part[]): Shape {
  return shapeOfFlats(scope, flattenAll(scope.source, parts))
}

function shapeOfFlats(scope: Scope, flats: readonly Flat[]): Shape {
  const solid = flats.filter((flat) => flat.keywords.type !== 'null')
  // a schema that allows only null: the table has no type for it, so any value is accepted
  if (solid.length === 0) return { type: 'any', nullable: true }
  return mergeShapes(
    solid.map((flat) => shapeOfFlat(scope, flat)),
    solid.length < flats.length,
  )
}

function shapeOfFlat(scope: Scope, flat: Flat): Shape {
  const { keywords } = flat
  if (flat.cut) return { type: 'any' }
  const type = typeOf(flat)
  const { values: allowed, nullable } = enumOf(keywords)
  const fields = hasFields(flat) ? mergeFields(scope, [flat]) : undefined
  const format = type === 'binary' ? undefined : keywords.format
  const copied = Object.fromEntries(COPIED.filter((key) => keywords[key] !== undefined).map((key) => [key, keywords[key]]))
  const mayBeNull = nullable || strings(keywords.type).includes('null')
  return {
    type,
    ...(mayBeNull && type !== 'any' ? { nullable: true } : {}),
    ...(allowed.length > 0 ? { enum: allowed } : {}),
    ...(typeof format === 'string' ? { format } : {}),
    ...copied,
    ...(type === 'array' && flat.items ? { items: shapeOfParts(scope, [flat.items]) } : {}),
    ...(type === 'object' && fields ? { fields } : {}),
    ...(type === 'object' && !fields && flat.values ? { values: shapeOfParts(scope, [flat.values]) } : {}),
  }
}

function typeOf(flat: Flat): Shape['type'] {
  const { keywords } = flat
  const declared = typeof keywords.type === 'string' ? [keywords.type] : strings(keywords.type)
  const types = declared.filter((type) => type !== 'null') as ShapeType[]
  if (types.includes('string') && keywords.format === 'binary') return 'binary'
  if (types.length > 1) return types
  if (types[0] !== undefined) return types[0]
  if (hasFields(flat) || flat.values) return 'object'
  if (flat.items) return 'array'
  const kinds = [...new Set(enumOf(keywords).values.map((value) => typeof value as ShapeType))]
  return kinds.length > 1 ? kinds : (kinds[0] ?? 'any')
}

function enumOf(keywords: Json): { values: (string | number | boolean)[]; nullable: boolean } {
  const all = keywords.const === undefined ? list(keywords.enum) : [keywords.const]
  const values = all.filter((value) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
  return { values, nullable: all.includes(null) }
}

function mergeFields(scope: Scope, flats: readonly Flat[]): Field[] {
  const names = [...new Set(flats.flatMap((flat) => [...flat.fields.keys()]))]
  return names.map((name) => {
    const having = flats.filter((flat) => flat.fields.has(name))
    const parts = having.map((flat) => flat.fields.get(name) ?? [])
    const required = having.length === flats.length && flats.every((flat) => flat.required.has(name))
    const shape = mergeShapes(parts.map((each) => shapeOfParts(scope, each)))
    return { name, ...(required ? { required: true as const } : {}), ...shape, ...mergeRemarks(scope, parts) }
  })
}

function mergeRemarks(scope: Scope, alternatives: readonly (readonly Part[])[]): Remarks {
  const each = alternatives.map((parts) =>
    remarks(
      scope,
      parts.map((part) => record(part.schema)),
    ),
  )
  const about = each.find((one) => one.about !== undefined)?.about
  // the strongest evidence counts: the field was seen in that alternative
  const evidence = each.every((one) => one.evidence) ? EVIDENCES.find((known) => each.some((one) => one.evidence === known)) : undefined
  return {
    ...(about === undefined ? {} : { about }),
    ...(evidence === undefined ? {} : { evidence }),
    ...(each.some((one) => one.secret) ? { secret: true } : {}),
    ...(each.some((one) => one.danger) ? { danger: true } : {}),
    ...(each.every((one) => one.deprecated) ? { deprecated: true } : {}),
  }
}
