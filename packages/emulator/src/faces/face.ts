import type { Operation, OperationTable } from '@wamux/core'
import type { Faults } from '../faults/wires.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { AcceptSocket } from '../sockets/web-socket.ts'
import { type Examples, exampleResponse, missingFields } from './example.ts'
import type { Call, Handler } from './handler.ts'
import { isRecord } from './http.ts'
import { createRouter } from './router.ts'

/** The API of one gateway. */
export interface Face {
  readonly table: OperationTable
  /** Handlers by operation id. */
  readonly handlers: Readonly<Record<string, Handler>>
  /** Ids of operations that need no credentials. */
  readonly open: readonly string[]
  /** Answer to wrong credentials; `undefined` when they are right. */
  authorize(call: Call): Response | undefined
  /** Answers paths that are not in the document, before the credentials are checked; `undefined` for all others. */
  beside?(call: Call): Promise<Response | undefined>
  /** Headers that the answer to a call gets, whatever it is. */
  headersOf?(call: Call): Readonly<Record<string, string>>
  unknownPath(call: Call): Response
  /** Answers of operations without a handler; loaded when the first of them is called. */
  examples(): Promise<Examples>
  /** Makes the checks before an example that the gateway makes before any answer: does the session exist, is it connected? */
  forExample(operation: Operation, handler: Handler): Handler
  /** Answer to a call that lacks required fields. */
  missing(call: Call, fields: readonly string[]): Response
  badJson(call: Call, message: string): Response
  /** Event sockets, by path below the mount point. */
  readonly sockets?: Readonly<Record<string, AcceptSocket>>
}

/** Answers a request below a face's mount point. */
export type Serve = (request: Request, path: string, query: URLSearchParams) => Promise<Response>

export function serveFace(gateway: GatewayId, face: Face, faults: Faults): Serve {
  const route = createRouter(face.table, face.handlers)

  function exampleHandler(operation: Operation): Handler {
    return face.forExample(operation, async (call) => {
      const missing = missingFields(operation, call)
      if (missing.length > 0) return face.missing(call, missing)
      return exampleResponse((await face.examples())[operation.id] ?? { status: 200 }, call)
    })
  }

  async function perform(request: Request, path: string, query: URLSearchParams, match: ReturnType<typeof route>): Promise<Response> {
    const { method } = request
    const bytes = method === 'GET' || method === 'HEAD' ? new Uint8Array() : new Uint8Array(await request.arrayBuffer())
    const { body, form, problem } = await readBody(request.headers.get('content-type') ?? '', bytes)
    const call: Call = { request, method, path, query, params: match?.params ?? {}, body, form, bytes }
    const response = await answer(call, match, problem)
    for (const [name, value] of Object.entries(face.headersOf?.(call) ?? {})) response.headers.set(name, value)
    return response
  }

  async function answer(call: Call, match: ReturnType<typeof route>, problem: string | undefined): Promise<Response> {
    const beside = match ? undefined : await face.beside?.(call)
    if (beside) return beside
    const refused = match && face.open.includes(match.operation.id) ? undefined : face.authorize(call)
    if (refused) return refused
    if (problem !== undefined) return face.badJson(call, problem)
    if (!match) return face.unknownPath(call)
    return (match.handler ?? exampleHandler(match.operation))(call)
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
    // newer releases of Node add the line
    return { body: {}, form: undefined, problem: String((error as Error).message).replace(/ \(line \d+ column \d+\)$/, '') }
  }
}
