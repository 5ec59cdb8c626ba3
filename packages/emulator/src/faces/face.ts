import type { Operation, OperationTable } from '@wamux/core'
import { createRouter } from '../router.ts'

/** A request as a face sees it. */
export interface Call {
  readonly request: Request
  readonly method: string
  /** Path below the face's mount point. */
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  /** The JSON body; an empty object when there is none, or none that the gateway reads. */
  readonly body: Readonly<Record<string, unknown>>
}

export type Handler = (call: Call) => Response | Promise<Response>

/** How one gateway speaks. */
export interface Face {
  readonly table: OperationTable
  /** What it plays, by operation id. */
  readonly handlers: Readonly<Record<string, Handler>>
  /** Ids of operations that need no credentials. */
  readonly open: readonly string[]
  /** Its answer to wrong credentials. */
  authorize(call: Call): Response | undefined
  unknownPath(call: Call): Response
  notPlayed(call: Call, operation: Operation): Response
  badJson(call: Call, message: string): Response
}

/** Answers a request below a face's mount point. */
export type Serve = (request: Request, path: string, query: URLSearchParams) => Promise<Response>

export function serveFace(face: Face): Serve {
  const route = createRouter(face.table, face.handlers)
  return async (request, path, query) => {
    const { method } = request
    const match = route(method, path)
    const text = method === 'GET' || method === 'HEAD' ? '' : await request.text()
    const { body, problem } = readBody(request, text)
    const call: Call = { request, method, path, query, params: match?.params ?? {}, body }
    const refused = match && face.open.includes(match.operation.id) ? undefined : face.authorize(call)
    if (refused) return refused
    if (problem !== undefined) return face.badJson(call, problem)
    if (!match) return face.unknownPath(call)
    return match.handler ? match.handler(call) : face.notPlayed(call, match.operation)
  }
}

function readBody(request: Request, text: string): { readonly body: Record<string, unknown>; readonly problem?: string } {
  if (text.trim() === '' || !/[/+]json\b/i.test(request.headers.get('content-type') ?? '')) return { body: {} }
  try {
    const value: unknown = JSON.parse(text)
    return { body: isRecord(value) ? value : {} }
  } catch (error) {
    return { body: {}, problem: error instanceof Error ? error.message : String(error) }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A JSON answer with the content type that all four gateways write. */
export function json(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json; charset=utf-8' } })
}

/** An answer without a body and content type. */
export function empty(status: number): Response {
  return new Response(null, { status })
}

/** An answer with a body of another kind. */
export function content(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { 'content-type': type } })
}

/** Text out of a body or query, or nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' ? String(value) : undefined
}

/** What the emulator says where a gateway would do something that it does not play. */
export function notPlayedText({ id }: Operation): string {
  return `The wamux emulator does not play ${id} yet`
}

/** Text that can stand in HTML and XML. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
