import createOpenapiClient, { type Client, type MaybeOptionalInit, type ParseAsResponse } from 'openapi-fetch'
import type { GatewayError } from '../errors/gateway-error.ts'
import { isWireBody } from '../request/body.ts'
import type { GatewayResponse, RawResponse, ResponseHeaders } from '../request/response.ts'
import { sendRequest } from '../request/send-request.ts'
import type { OperationInfo, RequestContext, RequestDraft } from '../request/types.ts'
import { fillPath, queryPairs, queryString } from '../request/url.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Success, SuccessKey } from '../schema/operation-types.ts'
import type { HttpMethod, OperationTable } from '../schema/operations.ts'
import type { ParseAs } from './on-demand.ts'

/**
 * A client with every operation of a gateway by method and path: that of openapi-fetch, with the types of responses as wamux reads them.
 */
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

// the same types as `call()` gives: openapi-fetch's own would turn a `Uint8Array` into an object with its keys
type ClientResult<Types, Options> =
  | { data: ParseAsResponse<Success<Types>, Options>; error?: never; response: Response }
  | { data?: never; error: Refusal<Types>; response: Response }

type Refusal<Types> = Types extends { responses: infer Responses } ? BodiesOf<Responses, Exclude<keyof Responses, SuccessKey>> : unknown
type BodiesOf<Responses, Keys extends keyof Responses> = {
  [K in Keys]: Responses[K] extends { content: infer Content } ? Content[keyof Content] : undefined
}[Keys]

/**
 * Makes an openapi-fetch client that sends through wamux's transport. Results are those of openapi-fetch (`data` or `error`, and
 * `response`), with three differences: a body is read by the content type that it has, `error` is never falsy, and a call without a
 * response rejects. For an operation that the server lacks, `error` also has a `hint`: "It needs WAHA 2026.8.2."
 *
 * @param context the gateway
 * @param loadTable loads the operation table; called after a failure, and for corrected paths and list parameters
 * @returns the client; its methods reject with a GatewayError: `network`, `timeout`, `aborted`, `bad_response` or `unknown_outcome`
 *   without a clear refusal, `invalid_request` for input that cannot be sent
 */
export function createTypedClient<Paths extends object>(
  context: RequestContext,
  loadTable: () => Promise<OperationTable>,
): TypedClient<Paths> {
  const client = createOpenapiClient<Paths>({
    baseUrl: context.baseUrl,
    // JSON and its type are written by the transport, after the credentials were added; openapi-fetch would name it for every body
    headers: { 'content-type': null },
    bodySerializer: (body: unknown) => body as never,
    pathSerializer: fillPath,
    querySerializer: (query: unknown) => queryString(queryPairs(query as Record<string, unknown>)),
    Request: ClientRequest as unknown as typeof Request,
    fetch: ((draft: ClientRequest) => respond(context, draft, loadTable)) as unknown as typeof fetch,
  })
  for (const name in client) wrap(client, name)
  return client as unknown as TypedClient<Paths>
}

function onDemand(): Promise<typeof import('./on-demand.ts')> {
  return import('./on-demand.ts')
}

interface Params {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
}

/** The `Request` that openapi-fetch builds for us: what middleware reads and changes, and what the transport needs. */
class ClientRequest {
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

async function respond(context: RequestContext, request: ClientRequest, loadTable: () => Promise<OperationTable>): Promise<Wire> {
  const {
    method,
    body,
    call: {
      template,
      params: { path, query = {} },
    },
  } = request
  const loadRoute = async () => (await onDemand()).findRoute(await loadTable(), method, template, context.paths)
  // before a failure only corrected paths and list parameters need the table
  const route = Object.keys(context.paths)[0] || Object.values(query).some(Array.isArray) ? await loadRoute() : undefined
  const draft: RequestDraft = {
    method: route?.method ?? method,
    path: fillPath(route?.path ?? template, path),
    query: queryPairs(query, route?.comma),
    headers: { ...context.headers, accept: 'application/json', ...Object.fromEntries(request.headers) },
    body: isForm(body) ? (await onDemand()).formOf(body) : body,
  }
  // the table is loaded after a failure only; until then, and for an operation that it lacks, the strictest class `send` is assumed
  const operation: OperationInfo = { id: `${method} ${template}`, loadRoute, safety: 'send' }
  const { raw, response, error, refusal } = await sendRequest(context, draft, operation, request)
  // a refusal is handed over as `error`, everything else is thrown
  if (!refusal && error) throw error
  return wireOf(raw as RawResponse, response, error)
}

// JSON cannot contain bytes: such a body goes out as a form
function isForm(body: unknown): body is Record<string, unknown> {
  return !isWireBody(body) && Object.values(body ?? {}).some((value) => value instanceof Blob)
}

/** The response that openapi-fetch gets: read to its end and parsed by its content type. */
interface Wire extends Pick<Response, 'status' | 'ok'> {
  readonly headers: ResponseHeaders
  readonly error: GatewayError | undefined
  read(): unknown
  text(): Promise<string>
  /** Builds a real `Response`. */
  real(): Response
}

function wireOf(raw: RawResponse, response: GatewayResponse | undefined, error: GatewayError | undefined): Wire {
  const real = () => new Response(raw.body.length ? (raw.body as BodyInit) : null, raw as object)
  return { ...raw, ok: !error, error, read: () => response?.data, text: () => real().text(), real }
}

interface Init {
  readonly parseAs?: ParseAs
  readonly params?: Params
}
type Result = { data?: unknown; error?: unknown; response: Wire | Response }

function wrap(client: object, name: string): void {
  const methods = client as Record<string, (...args: unknown[]) => Promise<Result>>
  const original = methods[name] as (...args: unknown[]) => Promise<Result>
  // `use` and `eject` manage middleware and send nothing
  if (/^[ue]/.test(name)) return
  // `request` takes the method first
  const at = +(name === 'request')
  methods[name] = async (...args) => {
    const init = (args[at + 1] ?? {}) as Init
    const params = { path: {}, ...init.params }
    const read = init.parseAs && (await onDemand()).readerOf(init.parseAs, name)
    args[at + 1] = { ...init, parseAs: 'read', call: { template: args[at], params }, params }
    const result = await original(...args).catch(async (error) => (await onDemand()).find(error, args))
    const wire = result.response as Wire
    // a middleware's own response is handed on as it is
    if (!wire.real) return result
    // never falsy: an empty error body would look like success
    if (wire.error) return { error: wire.read() || wire.error.toJSON(), response: wire.real() }
    return Object.defineProperties({ data: read ? await read(wire.real()) : result.data } as Result, {
      real: { value: wire.real },
      response: RESPONSE,
    })
  }
}

/**
 * A real `Response`, built when the caller reads the property. All results share this getter: V8 puts each getter of an object literal
 * into its old generation at once, with all that it refers to.
 */
const RESPONSE: PropertyDescriptor & ThisType<Wire> = {
  enumerable: true,
  get() {
    return this.real()
  },
}
