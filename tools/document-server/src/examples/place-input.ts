import type { BodyKind, Field, Operation } from '@wamux/core'
import type { Input } from './example-input.ts'

/** Flat input, each value where HTTP has it. */
export interface PlacedInput {
  readonly path: Input
  readonly query: Input
  readonly header: Input
  readonly body: unknown
  readonly content: string | undefined
}

/** Puts each value of flat input where the operation takes it. Written independently of core's own code, to check it. */
export function placeInput(operation: Operation, input: Input): PlacedInput {
  const kind = kindFor(operation, input)
  const place = (where: string) => pick(input, operation.parameters?.filter((one) => one.in === where) ?? [])
  const placed = { path: place('path'), query: place('query'), header: place('header') }
  if (!kind) return { ...placed, body: undefined, content: undefined }
  if (!kind.fields) return { ...placed, body: input.body, content: input.body === undefined ? undefined : kind.content }
  const body = pick(input, kind.fields)
  const sent = Object.keys(body).length > 0 || operation.body?.required
  return { ...placed, body: sent ? body : undefined, content: sent ? kind.content : undefined }
}

function kindFor(operation: Operation, input: Input): BodyKind | undefined {
  const kinds = operation.body?.kinds ?? []
  const bytes = Object.values(input)
    .flat()
    .some((value) => value instanceof Uint8Array || value instanceof Blob)
  return kinds.find((kind) => (kind.content === 'multipart/form-data') === bytes) ?? kinds[0]
}

function pick(input: Input, fields: readonly Field[]): Input {
  return Object.fromEntries(fields.filter(({ name }) => input[name] !== undefined).map(({ name }) => [name, input[name]]))
}

/** What a typed client's method takes for flat input. */
export interface ClientInit {
  readonly params: { readonly path: Input; readonly query: Input; readonly header: Input }
  readonly body?: unknown
  readonly bodySerializer?: (body: unknown) => unknown
}

/** Flat input as the typed client takes it; a form is made the way openapi-fetch asks for, by `bodySerializer`. */
export function clientInit(operation: Operation, input: Input): ClientInit {
  const { path, query, header, body, content } = placeInput(operation, input)
  const params = { path, query, header }
  if (content === undefined) return { params }
  return content === 'multipart/form-data' ? { params, body, bodySerializer: toForm } : { params, body }
}

/** Flat input as the typed client takes it for another method of the operation: GET has in the query what POST has in the body. */
export function alternateInit(operation: Operation, method: string, input: Input): ClientInit {
  if (method !== 'GET') return clientInit(operation, input)
  const { path, query, header, body } = placeInput(operation, input)
  return { params: { path, query: { ...query, ...(body as Input | undefined) }, header } }
}

function toForm(body: unknown): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body as Input)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item instanceof Uint8Array) form.append(name, new Blob([item as Uint8Array<ArrayBuffer>]), 'file')
      else form.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item))
    }
  }
  return form
}
