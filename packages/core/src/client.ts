import createOpenapiClient, { type Client, type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch'
import { type AnswerHeaders, type RawAnswer, readAnswer } from './answer.ts'
import type { GatewayError } from './errors.ts'
import { type Draft, type ExchangeContext, isWireBody, type Meaning, perform } from './exchange.ts'
import type { HttpMethod, OperationTable } from './operations.ts'
import { fillPath, queryPairs, queryString } from './path.ts'
import type { CallOptions } from './transport.ts'
import type { Success, SuccessKey } from './types.ts'

/** The generated client: every operation of a gateway, by method and path; openapi-fetch's, with answers typed as they are read. */
export type TypedClient<Paths extends object> = Omit<Client<Paths>, Uppercase<Verb>> & {
  readonly [M in Verb as Uppercase<M>]: ClientMethod<Paths, M>
}

type Verb = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'
type PathsWith<Paths, M extends Verb> = { [P in keyof Paths]: Paths[P] extends { [K in M]: object } ? P : never }[keyof Paths]

interface CallExtras extends Omit<CallOptions, 'signal'> {
  readonly [key: string]: unknown
}
type InitOf<Init> = undefined extends Init ? [init?: Init & CallExtras] : [init: Init & CallExtras]

type ClientMethod<Paths, M extends Verb> = <
  Path extends PathsWith<Paths, M>,
  Init extends MaybeOptionalInit<Paths[Path], M & keyof Paths[Path]>,
>(
  url: Path,
  ...init: InitOf<Init>
) => Promise<ClientResult<Paths[Path][M & keyof Paths[Path]], Init>>

// openapi-fetch would map bytes key by key; here an answer has the type that `call()` gives it
type ClientResult<Types, Options> =
  | { data: ParseAsResponse<Success<Types>, Options>; error?: never; response: Response }
  | { data?: never; error: Refusal<Types>; response: Response }

type Refusal<Types> = Types extends { responses: infer Responses } ? BodiesOf<Responses, Exclude<keyof Responses, SuccessKey>> : unknown
type BodiesOf<Responses, Keys extends keyof Responses> = {
  [K in Keys]: Responses[K] extends { content: infer Content } ? Content[keyof Content] : undefined
}[Keys]

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
  for (const name of Object.keys(client)) wrap(client, name)
  return client as unknown as TypedClient<Paths>
}

interface Params {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
}

/** The `Request` that openapi-fetch builds for us: what middleware reads and changes, and what the transport needs. */
class RequestDraft {
  declare readonly url: string
  declare readonly method: HttpMethod
  declare readonly headers: Headers
  declare readonly body: unknown
  declare readonly signal: AbortSignal | undefined
  // openapi-fetch copies further options of a call onto its request
  declare readonly call: { readonly template: string; readonly params: Params }
  declare readonly timeoutMs?: number
  declare readonly attempts?: number

  constructor(url: string, init: RequestInit) {
    Object.assign(this, init, { url })
  }
}

async function respond(context: ExchangeContext, request: RequestDraft, loadTable: () => Promise<OperationTable>): Promise<WireResponse> {
  const { method, call } = request
  const { template, params } = call
  const headers = Object.fromEntries(request.headers)
  // openapi-fetch says so of every body; the transport says it of those that are
  if (headers['content-type'] === 'application/json') delete headers['content-type']
  const { path, query = {} } = params
  const lookUp = async () => (await import('./client-look-up.ts')).lookUp(await loadTable(), method, template, context.paths)
  // only corrections and lists need the table before anything went wrong
  const known = Object.keys(context.paths).length > 0 || Object.values(query).some(Array.isArray) ? await lookUp() : undefined
  const draft: Draft = {
    method: known?.method ?? method,
    path: fillPath(known?.path ?? template, path),
    query: queryPairs(query, known?.comma),
    headers: { ...context.headers, accept: 'application/json', ...headers },
    body: isForm(request.body) ? (await import('./form.ts')).formOf(request.body) : request.body,
  }
  // a failure makes the meaning matter, and loads the table then; an operation that is not in it could be a send
  const meaning: Meaning = { id: `${method} ${template}`, safety: 'send', lookUp }
  const { raw, error } = await perform(context, draft, meaning, request)
  // a refusal is handed over as `error`, everything else is thrown
  if (error && (!error.status || error.status < 400 || error.kind === 'unknown_outcome')) throw error
  return new WireResponse(raw as RawAnswer, error)
}

// bytes cannot be written as JSON: such a body goes out as a form
function isForm(body: unknown): body is Record<string, unknown> {
  return !isWireBody(body) && Object.values(body ?? {}).some((value) => value instanceof Blob)
}

/** An answer that was read to its end, with as much of `Response` as people use; the rest comes from a real one on demand. */
class WireResponse {
  readonly status: number
  readonly ok: boolean
  readonly headers: AnswerHeaders
  readonly #raw: RawAnswer
  readonly failure: GatewayError | undefined

  constructor(raw: RawAnswer, failure?: GatewayError) {
    this.#raw = raw
    this.status = raw.status
    this.ok = !failure
    this.headers = raw.headers
    this.failure = failure
  }

  /** The body read by its own content type: what `parseAs` is unless a call says otherwise. */
  read(): unknown {
    return readAnswer(this.#raw).data
  }

  async text(): Promise<string> {
    return this.clone().text()
  }

  async json(): Promise<unknown> {
    return this.read()
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.clone().arrayBuffer()
  }

  async blob(): Promise<Blob> {
    return this.clone().blob()
  }

  get body(): ReadableStream | null {
    return this.clone().body
  }

  /** A real `Response`. */
  clone(): Response {
    const { status, headers } = this
    const type = headers.get('content-type')
    const { body } = this.#raw
    return new Response(body.length > 0 ? (body as BodyInit) : null, { status, headers: type ? { 'content-type': type } : {} })
  }
}

interface Init {
  readonly parseAs?: string
  readonly params?: Params
}
type Result = { data?: unknown; error?: unknown; response: WireResponse }

function wrap(client: object, name: string): void {
  const methods = client as Record<string, (...args: unknown[]) => Promise<Result>>
  const original = methods[name]
  // what is not a method takes middleware
  if (!original || /^(use|eject)$/.test(name)) return
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
