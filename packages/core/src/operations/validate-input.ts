import { invalidInput } from '../errors/gateway-error.ts'
import { isBinary } from '../request/form-data.ts'
import type { Field, Shape, ShapeType } from '../schema/operations.ts'

/**
 * Checks a value against a shape of the document, before anything is sent.
 *
 * @param name field to name in the error: `file.url`, `participants[2]`
 * @param value what the caller gave
 * @param shape what the document says
 * @throws {GatewayError} `invalid_request`: it does not fit; the message says what was expected
 */
export function checkValue(name: string, value: unknown, shape: Shape): void {
  const problem = problemWith(name, value, shape)
  if (problem) throw invalidInput(problem.field, problem.expected)
}

/**
 * Checks the fields of an object: required ones must be there, and all must fit. Unknown fields are accepted.
 *
 * @param prefix name of the object in the error; empty for the input itself
 * @param value the object
 * @param fields what the document says
 * @throws {GatewayError} `invalid_request`: a field is missing or does not fit
 */
export function checkFields(prefix: string, value: Readonly<Record<string, unknown>>, fields: readonly Field[]): void {
  const problem = problemInFields(prefix, value, fields)
  if (problem) throw invalidInput(problem.field, problem.expected)
}

interface Problem {
  readonly field: string
  readonly expected: string
}

function problemInFields(prefix: string, value: Readonly<Record<string, unknown>>, fields: readonly Field[]): Problem | undefined {
  for (const field of fields) {
    const name = prefix ? `${prefix}.${field.name}` : field.name
    const given = value[field.name]
    if (given === undefined) {
      if (field.required) return { field: name, expected: `required, expected ${describeShape(field)}` }
      continue
    }
    const problem = problemWith(name, given, field)
    if (problem) return problem
  }
  return undefined
}

function problemWith(name: string, value: unknown, shape: Shape): Problem | undefined {
  const expected = () => ({ field: name, expected: `expected ${describeShape(shape)}, got ${describeValue(value)}` })
  if (value === null) return shape.nullable || typesOf(shape).includes('any') ? undefined : expected()
  if (shape.enum && !shape.enum.includes(value as string)) return expected()
  if (shape.oneOf && shape.oneOf.length > 0) return fitsOne(name, value, shape.oneOf) ? undefined : nearestProblem(name, value, shape)
  if (!typesOf(shape).some((type) => isOfType(value, type))) return expected()
  if (typeof value === 'string' && !textFits(value, shape)) return expected()
  if (typeof value === 'number' && (value < (shape.minimum ?? -Infinity) || value > (shape.maximum ?? Infinity))) return expected()
  if (Array.isArray(value)) return problemInItems(name, value, shape, expected)
  if (isRecord(value)) return problemInObject(name, value, shape)
  return undefined
}

function problemInItems(name: string, value: unknown[], shape: Shape, expected: () => Problem): Problem | undefined {
  if (value.length < (shape.minItems ?? 0) || value.length > (shape.maxItems ?? Infinity)) return expected()
  const { items } = shape
  if (!items) return undefined
  for (const [index, item] of value.entries()) {
    const problem = problemWith(`${name}[${index}]`, item, items)
    if (problem) return problem
  }
  return undefined
}

function problemInObject(name: string, value: Record<string, unknown>, shape: Shape): Problem | undefined {
  if (shape.fields) return problemInFields(name, value, shape.fields)
  if (!shape.values) return undefined
  for (const [key, item] of Object.entries(value)) {
    const problem = problemWith(`${name}.${key}`, item, shape.values)
    if (problem) return problem
  }
  return undefined
}

function fitsOne(name: string, value: unknown, shapes: readonly Shape[]): boolean {
  return shapes.some((shape) => problemWith(name, value, shape) === undefined)
}

// when one alternative only has the type of the value, its problem is the most useful one to report
function nearestProblem(name: string, value: unknown, shape: Shape): Problem {
  const expected = { field: name, expected: `expected ${describeShape(shape)}, got ${describeValue(value)}` }
  const sameType = (shape.oneOf ?? []).filter((one) => typesOf(one).some((type) => isOfType(value, type)))
  return sameType.length === 1 && sameType[0] ? (problemWith(name, value, sameType[0]) ?? expected) : expected
}

function typesOf(shape: Shape): readonly ShapeType[] {
  return typeof shape.type === 'string' ? [shape.type] : shape.type
}

function isOfType(value: unknown, type: ShapeType): boolean {
  switch (type) {
    case 'any':
      return true
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'binary':
      return isBinary(value)
    default:
      // the remaining types carry JavaScript's own names
      return typeof value === type
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isBinary(value)
}

function textFits(value: string, shape: Shape): boolean {
  if (value.length < (shape.minLength ?? 0) || value.length > (shape.maxLength ?? Infinity)) return false
  return shape.pattern === undefined || new RegExp(shape.pattern, 'u').test(value)
}

/**
 * Describes what a shape accepts.
 *
 * @param shape the shape
 * @returns for example `one of "image", "raw"`, `text`, `an object with url`
 */
export function describeShape(shape: Shape): string {
  if (shape.enum) return `one of ${shape.enum.map((value) => JSON.stringify(value)).join(', ')}`
  if (shape.oneOf && shape.oneOf.length > 0) return [...new Set(shape.oneOf.map(describeShape))].join(' or ')
  return typesOf(shape)
    .map((type) => describeType(type, shape))
    .join(' or ')
}

function describeType(type: ShapeType, shape: Shape): string {
  if (type === 'string')
    return `${shape.format === 'byte' ? 'base64 text' : 'text'}${describeLimits(shape.minLength, shape.maxLength, 'characters')}${shape.pattern ? ` like ${shape.pattern}` : ''}`
  if (type === 'integer') return `a whole number${describeLimits(shape.minimum, shape.maximum)}`
  if (type === 'number') return `a number${describeLimits(shape.minimum, shape.maximum)}`
  if (type === 'boolean') return 'true or false'
  if (type === 'binary') return 'bytes'
  if (type === 'array')
    return shape.items ? `a list of ${describeShape(shape.items)}${describeLimits(shape.minItems, shape.maxItems, 'entries')}` : 'a list'
  if (type === 'any') return 'a value'
  const required = shape.fields?.filter((field) => field.required).map((field) => field.name) ?? []
  return required.length > 0 ? `an object with ${required.join(', ')}` : 'an object'
}

function describeLimits(least: number | undefined, most: number | undefined, unit = ''): string {
  if (least === undefined && most === undefined) return ''
  const tail = unit ? ` ${unit}` : ''
  if (least === undefined) return ` of at most ${most}${tail}`
  return most === undefined ? ` of at least ${least}${tail}` : ` of ${least} to ${most}${tail}`
}

function describeValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'string') return value === '' ? 'empty text' : 'other text'
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return isBinary(value) ? 'bytes' : `a value of type ${typeof value}`
}
