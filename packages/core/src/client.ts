import createOpenapiClient, { type Client } from 'openapi-fetch'
import { type RawAnswer, readAnswer } from './answer.ts'
import type { GatewayError } from './errors.ts'
import { type Draft, type ExchangeContext, type Meaning, perform, placeOf } from './exchange.ts'
import type { HttpMethod, Operation, OperationTable } from './operations.ts'
import { fillPath, queryPairs, queryString } from './path.ts'
import type { CallOptions } from './transport.ts'

/** The generated client: every operation of a gateway, by method and path. */
export type TypedClient<Paths extends object> = Client<Paths>

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'request'] as const

/**
 * openapi-fetch over wamux's transport. It keeps openapi-fetch's results (`data` or `error`, and `response`), and mends what would lie:
 * bodies are read by their real content type, an error is never falsy, and what fails on the way throws GatewayError.
 */
export function createTypedClient<Paths extends object>(
  context: ExchangeContext,
  loadTable: () => Promise<OperationTable>,
): TypedClient<Paths> {
  const client = createOpenapiClient<Paths>({
    baseUrl: context.baseUrl,
    // JSON is written by the transport, after the credentials were added
    bodySerializer: (body: unknown) => body as never,
    pathSerializer: fillPath,
    querySerializer: (query: unknown) => queryString(queryPairs(query as Record<string, unknown>)),
    Request: RequestDraft as unknown as typeof Request,
    fetch: ((draft: RequestDraft) => respond(context, draft, loadTable)) as unknown as typeof fetch,
  })
  for (const method of METHODS) wrap(client, method)
  return client
}

interface Params {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
}

/** The `Request` that openapi-fetch builds for us: what middleware reads and changes, and what the transport needs. */
class RequestDraft {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  // openapi-fetch copies further options of a call onto its request
  declare readonly call: { readonly template: string; readonly params: Params }
  declare readonly timeoutMs?: number
  declare readonly attempts?: number

  constructor(url: string, init: RequestInit) {
    this.url = url
    this.method = init.method ?? 'GET'
    this.headers = init.headers as Headers
    this.body = init.body
    this.signal = init.signal ?? undefined
  }
}

async function respond(context: ExchangeContext, request: RequestDraft, loadTable: () => Promise<OperationTable>): Promise<WireResponse> {
  const { template, params } = request.call
  const method = request.method as HttpMethod
  const headers = Object.fromEntries(request.headers)
  // openapi-fetch assumes JSON; what is not JSON brings its own type
  if (headers['content-type'] === 'application/json' && !isPlainData(request.body)) delete headers['content-type']
  const operation = () => loadTable().then((table) => findOperation(table, method, template))
  const { path = {}, query = {} } = params
  // only corrections and lists need the table before anything went wrong
  const needsTable = Object.keys(context.paths).length > 0 || Object.values(query).some(Array.isArray)
  const known = needsTable ? await operation() : undefined
  const place = known ? placeOf({ ...known, method, path: template }, context.paths) : { method, path: template }
  const comma = known?.parameters?.filter((one) => one.comma).map((one) => one.name)
  const draft: Draft = {
    method: place.method,
    path: fillPath(place.path, path),
    query: queryPairs(query, comma),
    headers: { ...context.headers, accept: 'application/json', ...headers },
    body: request.body,
  }
  // a failure makes the meaning matter, and loads the table then; an operation that is not in it could be a send
  const lookUp = async () => {
    const [found, { routeOf }] = await Promise.all([operation(), import('./route.ts')])
    return found && routeOf(found)
  }
  const meaning: Meaning = { id: `${method} ${template}`, safety: 'send', lookUp }
  const { raw, error } = await perform(context, draft, meaning, callOptions(request))
  // a refusal is handed over as `error`, everything else is thrown
  if (error && (error.status === undefined || error.status < 400 || error.kind === 'unknown_outcome')) throw error
  return new WireResponse(raw as RawAnswer, error)
}

function callOptions({ signal, timeoutMs, attempts }: RequestDraft): CallOptions {
  return {
    ...(signal ? { signal } : {}),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(attempts === undefined ? {} : { attempts }),
  }
}

function isPlainData(body: unknown): boolean {
  if (body === undefined || body === null || typeof body !== 'object') return false
  return Array.isArray(body) || Object.getPrototypeOf(body) === Object.prototype
}

function findOperation(table: OperationTable, method: HttpMethod, template: string): Operation | undefined {
  return Object.values(table.operations).find(
    (one) => one.path === template && (one.method === method || one.alternateMethods?.includes(method)),
  )
}

type RawBody = { readonly status: number; readonly headers: { get(name: string): string | null }; readonly body: Uint8Array | string }

/** An answer that was read to its end, with as much of `Response` as people use; the rest comes from a real one on demand. */
class WireResponse {
  readonly status: number
  readonly ok: boolean
  readonly headers: RawBody['headers']
  readonly failure: GatewayError | undefined
  readonly #raw: RawBody

  constructor(raw: RawBody, failure?: GatewayError) {
    this.#raw = raw
    this.status = raw.status
    this.ok = raw.status >= 200 && raw.status < 300
    this.headers = raw.headers
    this.failure = failure
  }

  /** The body read by its own content type: what `parseAs` is unless a call says otherwise. */
  read(): unknown {
    return readAnswer(this.#raw).data
  }

  async text(): Promise<string> {
    const { body } = this.#raw
    return typeof body === 'string' ? body : new TextDecoder().decode(body)
  }

  async json(): Promise<unknown> {
    return this.read()
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#real().arrayBuffer()
  }

  async blob(): Promise<Blob> {
    return this.#real().blob()
  }

  get body(): ReadableStream | null {
    return this.#real().body
  }

  clone(): WireResponse {
    return new WireResponse(this.#raw, this.failure)
  }

  #real(): Response {
    const type = this.headers.get('content-type')
    const body = this.#raw.body as BodyInit
    return new Response(body, { status: this.status, ...(type ? { headers: { 'content-type': type } } : {}) })
  }
}

interface Init {
  readonly parseAs?: string
  readonly params?: Params
}
type Result = { data?: unknown; error?: unknown; response: WireResponse }

function wrap(client: object, name: (typeof METHODS)[number]): void {
  const methods = client as Record<string, (...args: unknown[]) => Promise<Result>>
  const original = methods[name]
  if (!original) return
  // `request` takes the method first
  const templateAt = name === 'request' ? 1 : 0
  methods[name] = async (...args) => {
    const init = (args[templateAt + 1] ?? {}) as Init
    const template = String(args[templateAt])
    const params = { ...init.params, path: init.params?.path ?? {} }
    const result = await original(...args.slice(0, templateAt + 1), { parseAs: 'read', ...init, params, call: { template, params } })
    const { response } = result
    if (!(response instanceof WireResponse)) return result
    // never falsy: an empty error body would look like success
    if (response.failure) return { error: response.read() || response.failure.toJSON(), response }
    return result
  }
}
