/// <reference types="node" />
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { isRecord, type Json, list, record, words } from './json.ts'

/** Under this address the document is known to the schema checker; every reference in it is made absolute. */
export const DOCUMENT_ADDRESS = 'https://document.test/openapi'

/** A parameter as the document has it, its reference followed. */
export interface DocumentParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  /** An array is written as one comma separated value. */
  readonly comma: boolean
  readonly schema: unknown
}

/** One kind of an operation that is an action of its own. */
export interface DocumentVariant {
  readonly id: string
  readonly schema: unknown
}

/** One HTTP operation of the document. */
export interface DocumentOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly DocumentParameter[]
  readonly body: { readonly required: boolean; readonly content: Readonly<Record<string, unknown>> } | undefined
  readonly variants: readonly DocumentVariant[]
  readonly alternateMethods: readonly string[]
  /** Schemas by media type by status: `200`, `2XX`. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A document with its operations. */
export interface ApiDocument {
  readonly data: Json
  readonly operations: readonly DocumentOperation[]
  /** What a reference of the document points at. */
  resolve(ref: string): unknown
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Parses the text of a document, without looking into it: for tests that change a document before it is served. */
export function parseDocument(path: string | URL): Json {
  return record(parse(readFileSync(path, 'utf8')))
}

/**
 * Reads a document.
 *
 * @param from path of the YAML or JSON file, or the parsed document
 */
export function readDocument(from: string | URL | Json): ApiDocument {
  const parsed = typeof from === 'string' || from instanceof URL ? parseDocument(from) : from
  const data = record(withAbsoluteRefs(parsed))
  const resolve = (ref: string): unknown => pointed(data, ref)
  const operations = Object.entries(record(data.paths)).flatMap(([path, item]) =>
    METHODS.filter((method) => isRecord(record(item)[method])).map((method) =>
      readOperation(resolve, path, method, record(item), record(record(item)[method])),
    ),
  )
  return { data, operations, resolve }
}

function withAbsoluteRefs(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withAbsoluteRefs)
  if (!isRecord(node)) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' && value.startsWith('#') ? `${DOCUMENT_ADDRESS}${value}` : withAbsoluteRefs(value),
    ]),
  )
}

function pointed(data: Json, ref: string): unknown {
  const [, pointer = ''] = ref.split('#', 2)
  let node: unknown = data
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    node = Array.isArray(node) ? node[Number(key)] : record(node)[key]
  }
  if (node === undefined) throw new Error(`the document has nothing at ${ref}`)
  return node
}

function follow(resolve: ApiDocument['resolve'], value: unknown): Json {
  const node = record(value)
  return typeof node.$ref === 'string' ? follow(resolve, resolve(node.$ref)) : node
}

function readOperation(resolve: ApiDocument['resolve'], path: string, method: string, item: Json, data: Json): DocumentOperation {
  const declared = [...list(data.parameters), ...list(item.parameters)].map((one) => readParameter(follow(resolve, one)))
  // the first one counts: a parameter of the operation replaces that of its path
  const parameters = [...new Map(declared.toReversed().map((one) => [`${one.in} ${one.name}`, one])).values()].toReversed()
  const body = follow(resolve, data.requestBody)
  return {
    id: String(data.operationId),
    method: method.toUpperCase(),
    path,
    parameters,
    body: data.requestBody === undefined ? undefined : { required: body.required === true, content: schemasOf(body) },
    variants: list(data['x-wamux-variants']).map((one) => ({ id: String(record(one).operationId), schema: record(one).schema })),
    alternateMethods: words(data['x-wamux-alternate-methods']),
    responses: Object.fromEntries(
      Object.entries(record(data.responses)).map(([status, response]) => [status, schemasOf(follow(resolve, response))]),
    ),
  }
}

function readParameter(data: Json): DocumentParameter {
  return {
    name: String(data.name),
    in: data.in as DocumentParameter['in'],
    required: data.required === true,
    comma: data.in !== 'query' || ((data.style ?? 'form') === 'form' && data.explode === false),
    schema: data.schema ?? {},
  }
}

function schemasOf(carrier: Json): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record(carrier.content)).map(([type, media]) => [type, record(media).schema ?? {}]))
}
