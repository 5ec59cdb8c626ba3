import { type ApiDocument, type DocumentOperation, type DocumentParameter, readDocument } from '../document/document.ts'
import { type Json, record } from '../document/json.ts'
import { mergeSchema } from '../document/merge-schema.ts'
import { createSchemaCheck } from '../document/schema-check.ts'
import { createAnswers, type ServedAnswer, toResponse } from './make-answer.ts'
import { readBody } from './read-body.ts'
import { type ReadParameters, readParameters } from './read-parameters.ts'

/** A credential that a request carries in exactly one of these places. */
export interface ServedCredential {
  readonly header?: string
  readonly query?: string
  /** A top-level field of a JSON body. */
  readonly body?: string
  /** True when requests may leave it out. */
  readonly optional?: true
}

export interface DocumentServerOptions {
  readonly credentials: readonly ServedCredential[]
}

/** A request as the server read it. */
export interface ServedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** The document's operation; undefined when there is none for the request. */
  readonly operation: string | undefined
  readonly parameters: ReadParameters
  readonly contentType: string
  /** JSON, or the parts of a form by name with files as bytes; without credentials. */
  readonly body: unknown
  /** The kinds of an operation with variants that the body fits. */
  readonly variants: readonly string[]
  /** Why it was refused; empty when it was accepted. */
  readonly problems: readonly string[]
  readonly answer: ServedAnswer
}

export interface DocumentServer {
  readonly document: ApiDocument
  /** All requests so far, refused ones included. */
  readonly requests: readonly ServedRequest[]
  /** In place of the platform's fetch. */
  readonly fetch: typeof globalThis.fetch
  /** Answers a request; one that does not fit the document gets status 599 and `{ problems }`. */
  handle(request: Request): Promise<Response>
}

/** Status of the answer to a request that does not fit the document. */
export const REFUSED = 599

/** With this request header a test names the answer it wants: `202`, `200 image/png`. */
export const ANSWER_HEADER = 'x-document-answer'

const NO_PARAMETERS: ReadParameters = { path: {}, query: {}, header: {} }

/**
 * Serves a document in process: each request is checked against it and answered with an example that fits it.
 *
 * @param from path of the document, or the parsed document
 */
export function createDocumentServer(from: string | URL | Json, { credentials }: DocumentServerOptions): DocumentServer {
  const document = readDocument(from)
  const check = createSchemaCheck(document)
  const answers = createAnswers(document, check)
  const find = createFinder(document)
  const requests: ServedRequest[] = []
  const names = (place: 'query' | 'body') => credentials.flatMap((one) => one[place] ?? [])

  async function handle(request: Request): Promise<Response> {
    const problems: string[] = []
    const refuse = (problem: string) => void problems.push(problem)
    const { pathname, searchParams } = new URL(request.url)
    for (const problem of await credentialProblems(credentials, request.clone(), searchParams)) refuse(problem)
    const found = find(request.method, pathname)
    if (!found) refuse(`the document has no ${request.method} ${pathname}`)
    const places = { path: found?.values ?? {}, query: searchParams, headers: request.headers, ignored: names('query') }
    const parameters = found ? readParameters({ document, check, refuse }, found.operation, places) : NO_PARAMETERS
    const read = found
      ? await readBody({ document, check, refuse, credentials: names('body') }, found.operation, request)
      : { body: undefined, contentType: '', variants: [] }
    const wanted = { accept: request.headers.get('accept') ?? '*/*', forced: request.headers.get(ANSWER_HEADER) ?? undefined }
    const made = found ? answers(found.operation, wanted) : undefined
    problems.push(...(made?.problems ?? []))
    const refused: ServedAnswer = { status: REFUSED, contentType: 'application/json', data: { problems } }
    const answer = problems.length === 0 && made ? made.answer : refused
    requests.push({
      method: request.method,
      url: request.url,
      headers: Object.fromEntries(request.headers),
      operation: found?.operation.id,
      parameters,
      ...read,
      problems,
      answer,
    })
    return toResponse(answer)
  }

  return { document, requests, fetch: (input, init) => handle(new Request(input, init)), handle }
}

async function credentialProblems(credentials: readonly ServedCredential[], request: Request, query: URLSearchParams): Promise<string[]> {
  const json = request.headers.get('content-type')?.startsWith('application/json') ?? false
  const inBody = credentials.some((one) => one.body) && json ? record(await request.json().catch(() => undefined)) : {}
  return credentials.flatMap(({ header, query: queryName, body, optional }) => {
    const seen = [
      ...(header !== undefined && request.headers.has(header) ? ['header'] : []),
      ...(queryName !== undefined ? query.getAll(queryName).map(() => 'query') : []),
      ...(body !== undefined && inBody[body] !== undefined ? ['body'] : []),
    ]
    const name = header ?? queryName ?? body
    if (seen.length === 0) return optional ? [] : [`credential ${name} is missing`]
    return seen.length > 1 ? [`credential ${name} stands in ${seen.join(' and ')}`] : []
  })
}

interface Found {
  readonly operation: DocumentOperation
  readonly values: Readonly<Record<string, string>>
}

function createFinder(document: ApiDocument): (method: string, pathname: string) => Found | undefined {
  const served = document.operations
    .flatMap((operation) => [operation, ...operation.alternateMethods.map((method) => alternate(document, operation, method))])
    .map((operation) => ({ operation, pattern: patternOf(operation.path) }))
    // a literal segment wins over a parameter, segment by segment
    .toSorted((one, other) => (precedence(one.operation.path) < precedence(other.operation.path) ? -1 : 1))
  return (method, pathname) => {
    for (const { operation, pattern } of served) {
      const values = operation.method === method ? pattern.exec(pathname)?.slice(1) : undefined
      if (!values) continue
      const names = [...operation.path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '')
      return { operation, values: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')])) }
    }
    return undefined
  }
}

function patternOf(template: string): RegExp {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^{}]+\}/g, '([^/]+)')
  return new RegExp(`^${pattern}$`)
}

function precedence(template: string): string {
  return template.replace(/\{[^{}]+\}/g, '\uffff')
}

// by GET the same operation takes its body fields in the query
function alternate(document: ApiDocument, operation: DocumentOperation, method: string): DocumentOperation {
  if (method !== 'GET') return { ...operation, method }
  const schema = mergeSchema(document, operation.body?.content['application/json']).schema
  const required = schema.required as readonly string[] | undefined
  const fields = Object.entries(record(schema.properties)).map(
    ([name, field]): DocumentParameter => ({ name, in: 'query', required: required?.includes(name) ?? false, comma: false, schema: field }),
  )
  return { ...operation, method, parameters: [...operation.parameters, ...fields], body: undefined }
}
