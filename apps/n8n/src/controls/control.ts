import type { Field, Operation, Shape } from '@wamux/core'
import type { MediaRule, Overlay } from '../overlay/overlay.ts'
import { parameterName } from './names.ts'

/** How a person fills in a field. The same rules make the node's description and read what was filled in. */
export type Control =
  | { readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'json' | 'pairs' }
  | { readonly kind: 'option' | 'options'; readonly values: readonly (string | number | boolean)[] }
  /** A list of texts; `of` makes an object with one field of each. */
  | { readonly kind: 'texts'; readonly of?: string; readonly numbers?: boolean }
  | { readonly kind: 'locator'; readonly list: string }
  | { readonly kind: 'media'; readonly rule: MediaRule }
  /** An object whose fields are added one by one. */
  | { readonly kind: 'fields'; readonly fields: readonly Placed[] }
  /** A list of objects: required fields in each row, others added one by one. */
  | { readonly kind: 'rows'; readonly required: readonly Placed[]; readonly optional: readonly Placed[] }

/** A control in its place. */
export interface Placed {
  /** Name of the n8n parameter. */
  readonly name: string
  /** Where its value goes in the flat input; empty for a file that fills several inputs. */
  readonly path: readonly string[]
  readonly field: Field
  readonly control: Control
  readonly required: boolean
}

/** All that a person fills in for one operation. */
export interface OperationForm {
  /** On top, in order. */
  readonly top: readonly Placed[]
  /** Added one by one, and never sent otherwise. */
  readonly more: readonly Placed[]
  /** Of which one is chosen. */
  readonly choice: readonly Placed[]
  /** Objects that have to be there, whether or not something in them is filled in; their fields are controls of their own. */
  readonly objects: readonly (readonly string[])[]
  /** The body may have further fields that the document does not know. */
  readonly openBody: boolean
}

interface Making {
  readonly operation: Operation
  readonly overlay: Overlay
  readonly top: Placed[]
  readonly more: Placed[]
  readonly objects: (readonly string[])[]
}

/** The form of an operation. */
export function formFor(operation: Operation, overlay: Overlay): OperationForm {
  const making: Making = { operation, overlay, top: [], more: [], objects: [] }
  const choice: Placed[] = []
  const chosen = overlay.choice?.appliesTo(operation) ? overlay.choice.fields : []
  const flat = overlay.mediaOf(operation, '')
  if (flat) making.top.push(placedMedia(flat, { name: 'file', type: 'object', required: true }, []))
  for (const field of fieldsOf(operation, overlay)) {
    if (flat && ['url', 'data'].includes(field.name)) continue
    if (chosen.includes(field.name)) choice.push(placed(making, field, [field.name]))
    else place(making, field, [field.name], field.required === true)
  }
  const body = bodyOf(operation)
  return {
    top: inOrder(making.top),
    more: making.more,
    choice,
    objects: making.objects,
    openBody: body?.fields !== undefined && body.content === 'application/json',
  }
}

function bodyOf(operation: Operation) {
  const kinds = operation.body?.kinds ?? []
  return kinds.find((kind) => kind.content === 'application/json') ?? kinds[0]
}

function fieldsOf(operation: Operation, overlay: Overlay): Field[] {
  const body = bodyOf(operation)
  const whole: Field[] = body?.shape ? [{ name: 'body', ...body.shape, ...(operation.body?.required ? { required: true } : {}) }] : []
  const all = [...(operation.parameters ?? []), ...(body?.fields ?? []), ...whole]
  const paging = overlay.pagingOf(operation)
  const hidden = paging?.by === 'offset' ? ['limit', 'offset'] : paging?.by === 'page' ? ['page', 'size'] : []
  // a name that stands in path and body takes one value
  const unique = all.filter((field, index) => all.findIndex((one) => one.name === field.name) === index)
  return unique.filter((field) => !hidden.includes(field.name))
}

function place(making: Making, field: Field, path: readonly string[], required: boolean): void {
  const one = placed(making, field, path)
  if (required && one.control.kind === 'fields') {
    making.objects.push(path)
    for (const child of childrenOf(field)) place(making, child, [...path, child.name], child.required === true)
    return
  }
  const { operation, overlay } = making
  const onTop = [operation.resource, operation.id].some((one) => overlay.onTop?.includes(`${one}.${path.join('.')}`))
  if (required || onTop) making.top.push({ ...one, required })
  else making.more.push({ ...one, required: false })
}

function placed({ operation, overlay }: Making, field: Field, path: readonly string[]): Placed {
  const control = controlFor(operation, overlay, field, path)
  return { name: parameterName(path), path, field, control, required: field.required === true }
}

function placedMedia(rule: MediaRule, field: Field, path: readonly string[]): Placed {
  return { name: parameterName([field.name]), path, field, control: { kind: 'media', rule }, required: true }
}

function controlFor(operation: Operation, overlay: Overlay, field: Field, path: readonly string[]): Control {
  const at = path.join('.')
  // a locator gives one id
  const list = field.type === 'array' ? undefined : overlay.locatorOf(operation, at)
  if (list) return { kind: 'locator', list }
  const rule = overlay.mediaOf(operation, at)
  if (rule) return { kind: 'media', rule }
  return controlOfShape(operation, overlay, field, path)
}

function controlOfShape(operation: Operation, overlay: Overlay, shape: Shape, path: readonly string[]): Control {
  // of several forms the simplest is offered; an expression may give any of them
  if (shape.oneOf) {
    if (shape.oneOf.filter((one) => one.fields).length > 1) return { kind: 'json' }
    return controlOfShape(operation, overlay, simplest(shape.oneOf), path)
  }
  if (shape.enum) return { kind: 'option', values: shape.enum }
  const type = typeof shape.type === 'string' ? shape.type : (shape.type[0] ?? 'any')
  switch (type) {
    case 'string':
      return { kind: shape.format === 'date-time' ? 'date' : 'text' }
    case 'integer':
    case 'number':
      return { kind: 'number' }
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return controlOfList(operation, overlay, shape.items ?? { type: 'any' }, path)
    case 'object':
      if (shape.fields) return { kind: 'fields', fields: childControls(operation, overlay, shape.fields, path) }
      return shape.values && !isAny(shape.values) ? { kind: 'pairs' } : { kind: 'json' }
    default:
      return { kind: 'json' }
  }
}

function controlOfList(operation: Operation, overlay: Overlay, items: Shape, path: readonly string[]): Control {
  if (items.enum) return { kind: 'options', values: items.enum }
  if (items.type === 'string') return { kind: 'texts' }
  if (items.type === 'integer' || items.type === 'number') return { kind: 'texts', numbers: true }
  const [only, ...others] = items.fields ?? []
  if (!only) return { kind: 'json' }
  if (others.length === 0 && only.type === 'string' && !only.enum) return { kind: 'texts', of: only.name }
  const controls = childControls(operation, overlay, items.fields ?? [], path)
  return { kind: 'rows', required: controls.filter((one) => one.required), optional: controls.filter((one) => !one.required) }
}

// inside an object names are its own
function childControls(operation: Operation, overlay: Overlay, fields: readonly Field[], path: readonly string[]): Placed[] {
  return fields.map((field) => {
    const control = controlFor(operation, overlay, field, [...path, field.name])
    return { name: parameterName([field.name]), path: [field.name], field, control, required: field.required === true }
  })
}

function childrenOf(field: Field): readonly Field[] {
  return field.fields ?? simplest(field.oneOf ?? []).fields ?? []
}

// a list of texts serves for one text as well
function simplest(shapes: readonly Shape[]): Shape {
  const list = shapes.find((one) => one.items?.type === 'string')
  return list ?? shapes[0] ?? { type: 'any' }
}

function isAny(shape: Shape): boolean {
  return shape.type === 'any'
}

// who, then to whom, then what
function inOrder(all: readonly Placed[]): Placed[] {
  const rank = ({ control }: Placed) => (control.kind !== 'locator' ? 2 : /^(session|device)$/.test(control.list) ? 0 : 1)
  return all.toSorted((one, other) => rank(one) - rank(other))
}
