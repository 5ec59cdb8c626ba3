import type { Operation, OperationTable } from '@wamux/core'
import type { Faults } from '../faults.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { AcceptSocket } from '../sockets/web-socket.ts'
import { createRouter } from './router.ts'

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
  /** A body of form fields and files; absent when it is of another kind. */
  readonly form: FormData | undefined
  /** The body as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>
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
  /** What it takes sockets at, by path below its mount point. */
  readonly sockets?: Readonly<Record<string, AcceptSocket>>
}

/** Answers a request below a face's mount point. */
export type Serve = (request: Request, path: string, query: URLSearchParams) => Promise<Response>

export function serveFace(gateway: GatewayId, face: Face, faults: Faults): Serve {
  const route = createRouter(face.table, face.handlers)

  async function perform(request: Request, path: string, query: URLSearchParams, match: ReturnType<typeof route>): Promise<Response> {
    const { method } = request
    const bytes = method === 'GET' || method === 'HEAD' ? new Uint8Array() : new Uint8Array(await request.arrayBuffer())
    const { body, form, problem } = await readBody(request.headers.get('content-type') ?? '', bytes)
    const call: Call = { request, method, path, query, params: match?.params ?? {}, body, form, bytes }
    const refused = match && face.open.includes(match.operation.id) ? undefined : face.authorize(call)
    if (refused) return refused
    if (problem !== undefined) return face.badJson(call, problem)
    if (!match) return face.unknownPath(call)
    return match.handler ? match.handler(call) : face.notPlayed(call, match.operation)
  }

  return (request, path, query) => {
    const match = route(request.method, path)
    return faults.around(gateway, match?.operation.id ?? '', () => perform(request, path, query, match))
  }
}

interface ReadBody {
  readonly body: Record<string, unknown>
  readonly form: FormData | undefined
  readonly problem?: string
}

async function readBody(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReadBody> {
  if (bytes.length === 0) return { body: {}, form: undefined }
  if (/^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => undefined)
    return { body: {}, form }
  }
  const text = /[/+]json\b/i.test(type) ? new TextDecoder().decode(bytes) : ''
  if (text.trim() === '') return { body: {}, form: undefined }
  try {
    const value: unknown = JSON.parse(text)
    return { body: isRecord(value) ? value : {}, form: undefined }
  } catch (error) {
    return { body: {}, form: undefined, problem: error instanceof Error ? error.message : String(error) }
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
