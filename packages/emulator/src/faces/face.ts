import type { Operation, OperationTable } from '@wamux/core'
import type { Faults } from '../faults/wires.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { AcceptSocket } from '../sockets/web-socket.ts'
import type { Answer } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'
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
  authorize(call: Call): Answer | undefined
  /** Answers paths that are not in the document, before the credentials are checked; `undefined` for all others. */
  beside?(call: Call): Promise<Answer | undefined>
  /** Headers, by names in lower case, that are added to every answer. */
  headersOf?(call: Call): Readonly<Record<string, string>>
  unknownPath(call: Call): Answer
  /** Answers of operations without a handler; loaded when the first of them is called. */
  examples(): Promise<Examples>
  /** Makes the checks before an example that the gateway makes before any answer: does the session exist, is it connected? */
  forExample(operation: Operation, handler: Handler): Handler
  /** Answer to a call that lacks required fields. */
  missing(call: Call, fields: readonly string[]): Answer
  badJson(call: Call, message: string): Answer
  /** Event sockets, by path below the mount point. */
  readonly sockets?: Readonly<Record<string, AcceptSocket>>
}

/**
 * Answers a request below a face's mount point.
 *
 * @param path below the mount point
 */
export type Serve = (request: PlainRequest, path: string) => Promise<Answer>

export function serveFace(gateway: GatewayId, face: Face, faults: Faults): Serve {
  const route = createRouter(face.table, face.handlers)

  function exampleHandler(operation: Operation): Handler {
    return face.forExample(operation, async (call) => {
      const missing = missingFields(operation, call)
      if (missing.length > 0) return face.missing(call, missing)
      return exampleResponse((await face.examples())[operation.id] ?? { status: 200 }, call)
    })
  }

  async function perform(request: PlainRequest, path: string, match: ReturnType<typeof route>): Promise<Answer> {
    const { method, query, headers } = request
    const bytes = (method === 'GET' || method === 'HEAD' ? undefined : request.body) ?? NOTHING
    const type = headers.get('content-type') ?? ''
    const { body, form, problem } = FORM.test(type) ? await readForm(type, bytes) : readJson(type, bytes)
    const call: Call = { headers, method, path, query, params: match?.params ?? NO_PARAMS, body, form, bytes }
    const made = await answer(call, match, problem)
    if (face.headersOf) Object.assign(made.headers, face.headersOf(call))
    return made
  }

  function answer(call: Call, match: ReturnType<typeof route>, problem: string | undefined): Answer | Promise<Answer> {
    return match || !face.beside ? inDocument(call, match, problem) : besideIt(face.beside, call, problem)
  }

  async function besideIt(beside: NonNullable<Face['beside']>, call: Call, problem: string | undefined): Promise<Answer> {
    return (await beside(call)) ?? inDocument(call, undefined, problem)
  }

  function inDocument(call: Call, match: ReturnType<typeof route>, problem: string | undefined): Answer | Promise<Answer> {
    const refused = match && face.open.includes(match.operation.id) ? undefined : face.authorize(call)
    if (refused) return refused
    if (problem !== undefined) return face.badJson(call, problem)
    if (!match) return face.unknownPath(call)
    return (match.handler ?? exampleHandler(match.operation))(call)
  }

  return (request, path) => {
    const match = route(request.method, path)
    return faults.around(gateway, match?.operation.id ?? '', () => perform(request, path, match))
  }
}

interface ReadBody {
  readonly body: Record<string, unknown>
  readonly form: FormData | undefined
  readonly problem?: string
}

const NOTHING = new Uint8Array()
const NO_PARAMS: Readonly<Record<string, string>> = {}
const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i
const decoder = new TextDecoder()

async function readForm(type: string, bytes: Uint8Array<ArrayBuffer>): Promise<ReadBody> {
  if (bytes.length === 0) return { body: {}, form: undefined }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => undefined)
  return { body: {}, form }
}

function readJson(type: string, bytes: Uint8Array): ReadBody {
  const text = bytes.length > 0 && /[/+]json\b/i.test(type) ? decoder.decode(bytes) : ''
  if (text.trim() === '') return { body: {}, form: undefined }
  try {
    const value: unknown = JSON.parse(text)
    return { body: isRecord(value) ? value : {}, form: undefined }
  } catch (error) {
    // newer releases of Node add the line
    return { body: {}, form: undefined, problem: String((error as Error).message).replace(/ \(line \d+ column \d+\)$/, '') }
  }
}
