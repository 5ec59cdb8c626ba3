import type { BodyKind, Field, Operation, Shape } from '@wamux/core'
import { comparableName, kebabCase } from '../command/case.ts'

/** The place in an operation's input that a flag fills, and the type of its value. */
export interface FieldPath {
  readonly path: readonly (string | number)[]
  readonly shape: Shape
  /** The field of the first level that contains the place. */
  readonly field: Field
}

/** Every field of an operation's input, each once: parameters first, then the fields of all kinds of body. */
export function fieldsOf({ parameters = [], body }: Operation): readonly Field[] {
  const fields = new Map<string, Field>(parameters.map((field) => [field.name, field]))
  const kinds = body?.kinds.map((kind) => bodyFields(kind, body.required)) ?? []
  for (const field of kinds.flat()) {
    const before = fields.get(field.name)
    // a field can be bytes in a form and text in JSON: the flag then takes a file
    if (!before || (before.type !== 'binary' && isBinary(field))) fields.set(field.name, requiredInAll(kinds, field))
  }
  return [...fields.values()]
}

// a body that is no object becomes one field named `body`, as in core
function bodyFields({ fields, shape }: BodyKind, required: boolean): readonly Field[] {
  return fields ?? (shape ? [{ name: 'body', ...shape, ...(required ? { required } : {}) }] : [])
}

// a field is required only when every kind of body requires it
function requiredInAll(kinds: readonly (readonly Field[])[], field: Field): Field {
  if (!field.required || kinds.every((fields) => fields.some(({ name, required }) => name === field.name && required))) return field
  const { required: _, ...rest } = field
  return rest
}

/** True when the body of an operation is no object: it is given as a whole, with --body. */
export function hasWholeBody({ body }: Operation): boolean {
  return body?.kinds.some(({ shape }) => shape !== undefined) ?? false
}

/** True for bytes and lists of bytes. */
export function isBinary(shape: Shape): boolean {
  return shape.type === 'binary' || shape.items?.type === 'binary'
}

/** The flag of a field, without dashes: `chatId` is `chat-id`, `file[url]` is `file.url`. */
export function flagName(name: string): string {
  return name
    .replaceAll('[', '.')
    .replaceAll(']', '')
    .split('.')
    .map((part) => kebabCase(part).replaceAll('_', '-'))
    .join('.')
}

/** Finds the place that a flag fills. The name may be spelled in any case; a dot leads into an object or list. */
export function findFieldPath(fields: readonly Field[], name: string): FieldPath | undefined {
  const wanted = comparableName(name)
  // first as a whole, because some names have a dot in them: `filter.fromMe`
  const whole = fields.find((field) => comparableName(field.name) === wanted)
  if (whole) return { path: [whole.name], shape: whole, field: whole }
  for (const field of fields) {
    const start = `${comparableName(field.name)}.`
    if (!wanted.startsWith(start)) continue
    const inner = pathInside(
      field,
      name
        .replaceAll('[', '.')
        .replaceAll(']', '')
        .split('.')
        .slice(start.split('.').length - 1),
    )
    if (inner) return { path: [field.name, ...inner.path], shape: inner.shape, field }
  }
  return undefined
}

type Inner = Pick<FieldPath, 'path' | 'shape'>

function pathInside(shape: Shape, parts: readonly string[]): Inner | undefined {
  const [part, ...rest] = parts
  if (part === undefined) return { path: [], shape }
  for (const one of shape.oneOf ?? []) {
    const found = pathInside(one, parts)
    if (found) return found
  }
  const within = (key: string | number, next: Shape): Inner | undefined => {
    const inner = pathInside(next, rest)
    return inner && { path: [key, ...inner.path], shape: inner.shape }
  }
  const field = shape.fields?.find((one) => comparableName(one.name) === comparableName(part))
  if (field) return within(field.name, field)
  if (shape.items && /^\d{1,3}$/.test(part)) return within(Number(part), shape.items)
  if (shape.values) return within(part, shape.values)
  // an object without known fields takes any name
  if (shape.type === 'any' || (shape.type === 'object' && !shape.fields && !shape.oneOf)) return within(part, { type: 'any' })
  return undefined
}

/** A field, or a part of one, in the list of flags. */
export interface ListedField {
  readonly name: string
  readonly field: Field
}

const MAX_DEPTH = 3

/** The flags of an operation, nested ones too, in the order of its document. */
export function listedFields(fields: readonly Field[], prefix = '', depth = 0): ListedField[] {
  return fields.flatMap((field) => {
    const name = prefix + flagName(field.name)
    const inner = depth < MAX_DEPTH ? innerFields(field) : []
    return [{ name, field }, ...listedFields(inner, `${name}.`, depth + 1)]
  })
}

function innerFields(shape: Shape): readonly Field[] {
  const fields = new Map<string, Field>()
  for (const field of [...(shape.fields ?? []), ...(shape.oneOf?.flatMap((one) => one.fields ?? []) ?? [])]) {
    if (!fields.has(field.name))
      fields.set(field.name, { ...field, ...(shape.oneOf && !shape.fields ? { required: undefined } : {}) } as Field)
  }
  return [...fields.values()]
}

/** What help shows for the value of a field: `number`, `file`, `text`, `a|b`. */
export function valuePlaceholder(shape: Shape): string | undefined {
  if (shape.enum) return shape.enum.length <= 5 ? shape.enum.join('|') : 'word'
  if (isBinary(shape)) return 'file'
  const type = typeof shape.type === 'string' ? shape.type : shape.type[0]
  switch (type) {
    case 'boolean':
      return undefined
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return shape.items ? (valuePlaceholder(shape.items) ?? 'true|false') : 'value'
    case 'object':
      return 'json'
    case 'string':
      return shape.format === 'byte' ? '@file' : (shape.format ?? 'text').replace('date-time', 'time').replace('uri', 'url')
    default:
      return 'value'
  }
}
