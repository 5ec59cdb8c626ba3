import createOpenapiClient, { type Client } from 'openapi-fetch'
import { readAnswer } from './answer.ts'
import type { GatewayError } from './errors.ts'
import { type Draft, type ExchangeContext, failed, type Meaning, sendDraft } from './exchange.ts'
import type { HttpMethod, Operation, OperationTable, Safety } from './operations.ts'
import { fillPath, queryPairs } from './path.ts'

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
    pathSerializer: (template: string, values: Record<string, unknown>) => `${fillPath(template, values)}#${template}`,
    querySerializer: (query: unknown) => JSON.stringify(query ?? {}),
    Request: RequestDraft as unknown as typeof Request,
    fetch: ((draft: RequestDraft) => respond(context, draft, loadTable)) as unknown as typeof fetch,
  })
  for (const method of METHODS) wrap(client, method)
  return client
}

/** The `Request` that openapi-fetch builds for us: only what the transport needs. */
class RequestDraft {
  readonly method: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal | undefined
  readonly url: string
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
  // the path serializer left the template behind a '#', the query serializer the query as JSON
  const [, path = '', template = '', query = '{}'] = /^([^#]*)#([^?]*)\??(.*)$/s.exec(request.url.slice(context.baseUrl.length)) ?? []
  const method = request.method as HttpMethod
  const headers = Object.fromEntries(request.headers)
  // openapi-fetch assumes JSON; what is not JSON brings its own type
  if (headers['content-type'] === 'application/json' && !isPlainData(request.body)) delete headers['content-type']
  const operation = () => loadTable().then((table) => findOperation(table, method, template))
  const known = Object.keys(context.paths).length > 0 ? await operation() : undefined
  const corrected = known && context.paths[known.id]?.trim().split(/\s+/).at(-1)
  const draft: Draft = {
    method,
    path: corrected ? samePath(path, template, corrected) : path,
    query: queryPairs(JSON.parse(query)),
    headers: { ...context.headers, accept: 'application/json', ...headers },
    body: request.body,
  }
  // the table is loaded only when a failure makes the meaning matter
  const safety = async (): Promise<Safety> => (await operation())?.safety ?? 'send'
  const meaning: Meaning = { id: `${method} ${template}`, safety }
  const options = {
    ...(request.signal ? { signal: request.signal } : {}),
    ...(request.timeoutMs === undefined ? {} : { timeoutMs: request.timeoutMs }),
    ...(request.attempts === undefined ? {} : { attempts: request.attempts }),
  }
  const { sent, redactor } = await sendDraft(context, draft, meaning, options)
  if (sent.answer && !sent.failure) return new WireResponse(sent.answer)
  const error = await failed(context, redactor, meaning, sent)
  const refusedByGateway = sent.answer && sent.answer.status >= 400 && error.kind !== 'unknown_outcome'
  if (!refusedByGateway) throw error
  return new WireResponse(sent.answer, error)
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

function samePath(path: string, template: string, corrected: string): string {
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '')
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^{}]+\}/g, '([^/]+)')
  const values = new RegExp(`^${pattern}$`).exec(path)?.slice(1) ?? []
  return fillPath(corrected, Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')])))
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

  /** The body read by its own content type. */
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

type Method = (path: string, init?: { parseAs?: string }) => Promise<{ data?: unknown; error?: unknown; response: WireResponse }>

function wrap(client: object, name: (typeof METHODS)[number]): void {
  const methods = client as Record<string, (...args: unknown[]) => ReturnType<Method>>
  const original = methods[name]
  if (!original) return
  methods[name] = async (...args) => {
    const init = args.at(-1) as { parseAs?: string } | undefined
    const chosen = typeof init === 'object' && init.parseAs !== undefined
    const result = await original(...args)
    const { response } = result
    if (!(response instanceof WireResponse)) return result
    // never falsy: an empty error body would look like success
    if (response.failure) return { error: response.read() || response.failure.toJSON(), response }
    return chosen ? result : { data: response.read(), response }
  }
}
