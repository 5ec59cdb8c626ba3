import type { Shape, ShapeType } from '@wamux/core'
import type { Sources } from '../command/read-sources.ts'
import { numberIn } from '../command/values.ts'
import { isBinary } from './fields.ts'

/** Says that a value is JSON where a field takes text and other types: `--to json:[1,2]`. */
const EXPLICIT = 'json:'

/**
 * Converts a text of the command line to the type that a field has. A text that does not fit stays text: core then names field and type.
 *
 * @param sources reads the files that `@file` and file fields name, and stdin for `-`
 */
export async function valueFor(text: string, shape: Shape, sources: Sources): Promise<unknown> {
  if (shape.type === 'binary') return sources.file(text)
  if (shape.oneOf && shape.oneOf.length > 0) return oneOfValue(text, shape.oneOf, sources)
  const types: readonly ShapeType[] = typeof shape.type === 'string' ? [shape.type] : shape.type
  if (text.startsWith(EXPLICIT) && (types.includes('any') || types.length > 1)) return sources.json(text.slice(EXPLICIT.length))
  if (shape.nullable && text === 'null' && !types.includes('string')) return null
  if (types.includes('string')) return stringValue(text, shape, sources)
  for (const type of types) {
    const value = await typedValue(text, type, sources)
    if (value !== undefined) return value
  }
  return text
}

/** Converts all values of a flag, which may be given several times. */
export async function valuesFor(texts: readonly string[], shape: Shape, sources: Sources): Promise<unknown> {
  const list = listShape(shape)
  const [first = ''] = texts
  if (!list || (texts.length === 1 && !accepts(shape, 'array'))) return valueFor(first, shape, sources)
  // one JSON list is taken as well, also an empty one: --x '[]'
  if (texts.length === 1 && first.startsWith('[')) return json(first) ?? first
  if (texts.length === 1 && !shape.items && shape.oneOf) return oneOfValue(first, shape.oneOf, sources)
  const items = list.items ?? { type: 'any' }
  return Promise.all(texts.map((text) => valueFor(text, items, sources)))
}

/** The shape itself when it is a list, or the list among its alternatives. */
export function listShape(shape: Shape): Shape | undefined {
  if (shape.type === 'array' || (Array.isArray(shape.type) && shape.type.includes('array'))) return shape
  return shape.oneOf?.map(listShape).find((one) => one !== undefined)
}

function accepts(shape: Shape, type: ShapeType): boolean {
  return (
    shape.type === type || (Array.isArray(shape.type) && shape.type.includes(type)) || (shape.oneOf ?? []).some((one) => accepts(one, type))
  )
}

async function stringValue(text: string, shape: Shape, sources: Sources): Promise<string> {
  if (shape.format === 'byte' && text.startsWith('@')) return (await sources.bytes(text.slice(1))).toString('base64')
  return text === '-' ? sources.stdin() : text
}

async function typedValue(text: string, type: ShapeType, sources: Sources): Promise<unknown> {
  switch (type) {
    case 'integer':
    case 'number':
      return numberIn(text)
    case 'boolean':
      return /^(true|yes|on|1)$/i.test(text) ? true : /^(false|no|off|0)$/i.test(text) ? false : undefined
    case 'object':
    case 'array': {
      const value = text.startsWith('@') || text === '-' ? await sources.json(text) : json(text)
      return value !== null && typeof value === 'object' && Array.isArray(value) === (type === 'array') ? value : undefined
    }
    case 'any':
      // an object or a list is unmistakable; digits may be a phone number
      return /^[[{]/.test(text) ? (json(text) ?? text) : text
    default:
      return undefined
  }
}

// takes the first alternative that fits; plain text comes last, because any text fits it
async function oneOfValue(text: string, shapes: readonly Shape[], sources: Sources): Promise<unknown> {
  const isText = (shape: Shape) => shape.type === 'string' && !shape.enum
  if (text.startsWith(EXPLICIT)) return sources.json(text.slice(EXPLICIT.length))
  // where text is taken, 5 and true are texts
  const mayBeText = shapes.some(isText) && text !== '-' && !/^[[{@]/.test(text)
  for (const shape of [...shapes].sort((a, b) => Number(isText(a)) - Number(isText(b)))) {
    if (isBinary(shape)) return sources.file(text)
    if (mayBeText && !isText(shape) && !shape.enum) continue
    const value = await valueFor(text, shape, sources)
    if (typeof value !== 'string' || isText(shape) || shape.enum?.includes(value)) return value
  }
  return text
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Sets a value in nested objects and lists. Missing ones are created. */
export function setPath(target: Record<string, unknown>, path: readonly (string | number)[], value: unknown): void {
  let inside: Record<string | number, unknown> = target
  for (const [index, key] of path.entries()) {
    if (index === path.length - 1) {
      Object.defineProperty(inside, key, { value, enumerable: true, writable: true, configurable: true })
      return
    }
    const there = Object.hasOwn(inside, key) ? inside[key] : undefined
    const next = typeof there === 'object' && there !== null ? there : typeof path[index + 1] === 'number' ? [] : {}
    Object.defineProperty(inside, key, { value: next, enumerable: true, writable: true, configurable: true })
    inside = next as Record<string | number, unknown>
  }
}
