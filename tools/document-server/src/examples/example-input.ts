import type { BodyKind, Field, Operation, Shape } from '@wamux/core'
import { numberWithin, textWithin } from './example-value.ts'

/** Flat input as `call()` takes it. */
export type Input = Readonly<Record<string, unknown>>

/** What an example input holds. */
export interface ExampleOptions {
  /** `required`: only what has to be there, at every depth. `all`: every field. Default `all`. */
  readonly fields?: 'required' | 'all'
  /** Media type of the body; default JSON where the operation takes it. */
  readonly content?: string
  /** Which member of each union is taken; default the first. */
  readonly choice?: number
}

/** An input with a name for its test. */
export interface NamedInput {
  readonly name: string
  readonly input: Input
}

interface Making {
  readonly all: boolean
  readonly choice: number
}

/** Characters that break URLs, JSON or forms that are not encoded properly. */
const AWKWARD = ' a/b?c&d=é+%'

/** Input that an operation takes, made from its entry in the table; the same each time. */
export function exampleInput(operation: Operation, { fields = 'all', content, choice = 0 }: ExampleOptions = {}): Input {
  const making = { all: fields === 'all', choice }
  const kind = bodyKindOf(operation, content)
  const body = kind?.shape && (making.all || operation.body?.required) ? { body: make(making, 'body', kind.shape) } : {}
  const own = [...(operation.parameters ?? []), ...(kind?.fields ?? [])]
  const made = { ...makeFields(making, own), ...body }
  for (const { name, in: place, comma, ...shape } of operation.parameters ?? []) {
    // headers take plain text only
    if (place === 'header' && name in made && shape.type === 'string') Object.assign(made, { [name]: textWithin(shape, name) })
  }
  return made
}

/** All inputs to try: required fields only, all fields, every media type of the body, every member of the unions. */
export function exampleInputs(operation: Operation): NamedInput[] {
  const kinds = operation.body?.kinds ?? []
  const contents = kinds.length > 0 ? kinds.map((kind) => kind.content) : [undefined]
  return contents.flatMap((content) => {
    const named = (name: string) => (contents.length > 1 ? `${name} as ${content}` : name)
    const options = content === undefined ? {} : { content }
    const kind = bodyKindOf(operation, content)
    const unions = Math.max(
      ...[...(operation.parameters ?? []), ...(kind?.fields ?? []), ...(kind?.shape ? [kind.shape] : [])].map(depthOfUnions),
      1,
    )
    const required = exampleInput(operation, { ...options, fields: 'required' })
    return [
      { name: named('required fields'), input: isForm(kind, kinds) ? withBytes(required, kind) : required },
      ...Array.from({ length: unions }, (_, choice) => ({
        name: named(choice === 0 ? 'all fields' : `all fields, alternative ${choice + 1}`),
        input: exampleInput(operation, { ...options, choice }),
      })),
    ]
  })
}

/** The body an example input of this media type is for. */
export function bodyKindOf(operation: Operation, content?: string): BodyKind | undefined {
  const kinds = operation.body?.kinds ?? []
  return kinds.find((kind) => kind.content === (content ?? 'application/json')) ?? kinds[0]
}

function isForm(kind: BodyKind | undefined, kinds: readonly BodyKind[]): kind is BodyKind {
  return kind?.content === 'multipart/form-data' && kinds.length > 1
}

// where a body may be JSON as well, only bytes make it a form
function withBytes(input: Input, kind: BodyKind): Input {
  const file = kind.fields?.find((field) => isBytes(field) || (field.items && isBytes(field.items)))
  return file && !(file.name in input) ? { ...input, [file.name]: make({ all: false, choice: 0 }, file.name, file) } : input
}

function isBytes(shape: Shape): boolean {
  return shape.type === 'binary'
}

function depthOfUnions(shape: Shape): number {
  const inner = [
    ...(shape.fields ?? []),
    ...(shape.items ? [shape.items] : []),
    ...(shape.values ? [shape.values] : []),
    ...(shape.oneOf ?? []),
  ]
  return Math.max(shape.oneOf?.length ?? 1, ...inner.map(depthOfUnions))
}

function makeFields(making: Making, fields: readonly Field[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.filter((field) => making.all || field.required).map((field) => [field.name, make(making, field.name, field)]),
  )
}

function make(making: Making, name: string, shape: Shape): unknown {
  const [first] = shape.enum ?? []
  if (first !== undefined) return first
  const member = shape.oneOf?.[making.choice % shape.oneOf.length]
  if (member) return make(making, name, member)
  const type = typeof shape.type === 'string' ? shape.type : shape.type[making.choice % shape.type.length]
  if (type === 'array') return makeArray(making, name, shape)
  if (type === 'object') return makeObject(making, shape)
  if (type === 'integer' || type === 'number') return numberWithin(shape)
  if (type === 'boolean') return true
  if (type === 'binary') return new Uint8Array([...new TextEncoder().encode(name), 0x00, 0xff])
  return textWithin(shape, name, `${name}${AWKWARD}`)
}

function makeArray(making: Making, name: string, { items = { type: 'string' }, minItems = 1, maxItems = 2 }: Shape): unknown[] {
  const length = making.all ? Math.min(maxItems, Math.max(2, minItems)) : Math.max(1, minItems)
  return Array.from({ length }, (_, index) => make(making, `${name} ${index + 1}`, items))
}

function makeObject(making: Making, shape: Shape): Record<string, unknown> {
  if (shape.fields) return makeFields(making, shape.fields)
  return shape.values ? { key: make(making, 'value', shape.values) } : {}
}
