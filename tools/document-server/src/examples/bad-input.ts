import type { Field, Operation, Shape, ShapeType } from '@wamux/core'
import { bodyKindOf, exampleInput, type Input } from './example-input.ts'

/** Input that an operation must refuse. */
export interface BadInput {
  /** As the error has to name it: `file.url`, `participants[0].id`. */
  readonly field: string
  readonly fault: 'missing' | 'enum' | 'type' | 'limit' | 'unknown'
  readonly input: Input
  /** Values that the error has to name. */
  readonly allowed: readonly unknown[]
}

type Step = string | number

interface Spot {
  readonly steps: readonly Step[]
  readonly shape: Shape
  readonly required: boolean
}

/** One fault at a time: each required field left out, each enum with an unknown value, each type and limit broken. */
export function badInputs(operation: Operation): BadInput[] {
  const contents = operation.body?.kinds.map((kind) => kind.content) ?? [undefined]
  const bad = contents.flatMap((content) => badInputsOf(operation, content, contents.length > 1))
  return [...bad, { field: 'noSuchField', fault: 'unknown', input: { ...exampleInput(operation), noSuchField: 'text' }, allowed: [] }]
}

function badInputsOf(operation: Operation, content: string | undefined, several: boolean): BadInput[] {
  const whole = exampleInput(operation, content === undefined ? {} : { content })
  const kind = bodyKindOf(operation, content)
  const fields: readonly Field[] = [...(operation.parameters ?? []), ...(kind?.fields ?? [])]
  const body = kind?.shape ? spotsIn(['body'], kind.shape, operation.body?.required ?? false) : []
  const spots = [...fields.flatMap((field) => spotsIn([field.name], field, field.required ?? false)), ...body]
  // a body that may be JSON or a form is sent as JSON when it has no bytes
  return spots.filter(({ shape }) => !several || !holdsBytes(shape)).flatMap((spot) => faultsAt(spot, whole))
}

function holdsBytes(shape: Shape): boolean {
  return shape.type === 'binary' || (shape.items !== undefined && holdsBytes(shape.items)) || (shape.oneOf?.some(holdsBytes) ?? false)
}

// inside a union an error names the union, so its members are not entered
function spotsIn(steps: readonly Step[], shape: Shape, required: boolean): Spot[] {
  const spot = { steps, shape, required }
  if (shape.oneOf) return [spot]
  const fields = shape.fields?.flatMap((field) => spotsIn([...steps, field.name], field, field.required ?? false)) ?? []
  const items = shape.items ? spotsIn([...steps, 0], shape.items, false) : []
  const values = shape.values && !shape.fields ? spotsIn([...steps, 'key'], shape.values, false) : []
  return [spot, ...fields, ...items, ...values]
}

function faultsAt({ steps, shape, required }: Spot, whole: Input): BadInput[] {
  const field = nameOf(steps)
  const allowed = shape.enum ?? []
  const bad = (fault: BadInput['fault'], value: unknown): BadInput => ({ field, fault, input: replaced(whole, steps, value), allowed })
  const wrong = wrongTypeFor(shape)
  return [
    ...(required ? [bad('missing', undefined)] : []),
    ...(shape.enum ? [bad('enum', 'no such word')] : []),
    ...(wrong === undefined ? [] : [bad('type', wrong)]),
    ...beyondLimits(shape).map((value) => bad('limit', value)),
  ]
}

function nameOf(steps: readonly Step[]): string {
  return steps.reduce<string>((name, step) => (typeof step === 'number' ? `${name}[${step}]` : name ? `${name}.${step}` : step), '')
}

function replaced(whole: unknown, steps: readonly Step[], value: unknown): Input {
  const [step, ...deeper] = steps
  if (step === undefined) return value as Input
  const inner = replaced((whole as Record<Step, unknown>)[step], deeper, value)
  if (Array.isArray(whole)) return whole.map((item, index) => (index === step ? inner : item)) as unknown as Input
  const { [step]: _, ...others } = whole as Record<Step, unknown>
  return inner === undefined ? others : { ...others, [step]: inner }
}

const WRONG: readonly [value: unknown, types: readonly ShapeType[]][] = [
  ['text', ['string']],
  [4.5, ['number']],
  [true, ['boolean']],
]

function wrongTypeFor(shape: Shape): unknown {
  const types = typesOf(shape)
  if (types.includes('any')) return undefined
  const [value] = WRONG.find(([, fitting]) => !fitting.some((type) => types.includes(type))) ?? []
  return value
}

function typesOf(shape: Shape): readonly ShapeType[] {
  if (shape.oneOf) return shape.oneOf.flatMap(typesOf)
  return typeof shape.type === 'string' ? [shape.type] : shape.type
}

function beyondLimits({ type, enum: words, oneOf, ...limits }: Shape): unknown[] {
  if (words || oneOf) return []
  if (type === 'string') {
    const { pattern, minLength = 0, maxLength } = limits
    const unlike = pattern !== undefined && !new RegExp(pattern, 'u').test('\u0000') ? ['\u0000'] : []
    return [...unlike, ...(minLength > 0 ? [''] : []), ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)])]
  }
  if (type !== 'integer' && type !== 'number') return []
  const { minimum, maximum } = limits
  return [...(minimum === undefined ? [] : [minimum - 1]), ...(maximum === undefined ? [] : [maximum + 1])]
}
