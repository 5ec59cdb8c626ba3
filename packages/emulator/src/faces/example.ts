import type { Operation, OperationTable } from '@wamux/core'
import { drawPng } from '../files/png.ts'
import { type Answer, content, empty, json } from '../wire/answer.ts'
import type { Call, Handler } from './handler.ts'
import { isRecord } from './http.ts'
import { createRouter } from './router.ts'

/** A successful answer made from the response schema of the gateway's document. */
export interface Example {
  readonly status: number
  /** Media type; absent for an answer without a body. */
  readonly type?: string
  /** Of JSON. */
  readonly body?: unknown
}

/** Examples by operation id. */
export type Examples = Readonly<Record<string, Example>>

/** How the emulator answers an operation: by a handler, from state and input, or with an example that never changes. */
export type Coverage = 'stateful' | 'example'

interface Answers {
  readonly table: OperationTable
  readonly handlers: Readonly<Record<string, Handler>>
}

/** How a face answers each operation of its table, by id. Operations on one method and path share their handler. */
export function coverageOf({ table, handlers }: Answers): ReadonlyMap<string, Coverage> {
  const route = createRouter(table, handlers)
  return new Map(
    Object.values(table.operations).map(({ id, method, path }) => [id, route(method, path)?.handler ? 'stateful' : 'example'] as const),
  )
}

/** Names of required fields that a call lacks. The fields of a body count when all its kinds need them. */
export function missingFields({ parameters = [], body }: Operation, call: Call): readonly string[] {
  const inQuery = parameters.filter(({ in: place, required, name }) => place === 'query' && required && !call.query.has(name))
  const kinds = body?.kinds.filter(({ content: type }) => type === 'application/json') ?? []
  const given = { ...Object.fromEntries(call.form ?? []), ...call.body }
  const inBody = kinds.length === 1 ? (kinds[0]?.fields ?? []).filter(({ required, name }) => required && !Object.hasOwn(given, name)) : []
  return [...inQuery, ...inBody].map(({ name }) => name)
}

/** The answer that an example makes. Names and texts of the call are repeated in it. */
export function exampleResponse({ status, type, body }: Example, call: Call): Answer {
  if (type === undefined) return empty(status)
  if (/[/+]json\b/.test(type)) return json(status, echoed(body, call.body))
  if (type.startsWith('text/')) return content(status, type, 'An example of the wamux emulator')
  if (type === 'image/svg+xml') return content(status, type, '<svg xmlns="http://www.w3.org/2000/svg"/>')
  return content(status, type.startsWith('image/') ? 'image/png' : type, drawPng([[true]], 8))
}

// free texts only: another field could be a value that the answer's schema does not allow
const ECHOED: readonly string[] = ['name', 'title', 'text', 'description']

function echoed(body: unknown, sent: Readonly<Record<string, unknown>>): unknown {
  if (!isRecord(body)) return body
  const same = ECHOED.filter((name) => typeof body[name] === 'string' && typeof sent[name] === 'string')
  return { ...body, ...Object.fromEntries(same.map((name) => [name, sent[name]])) }
}
