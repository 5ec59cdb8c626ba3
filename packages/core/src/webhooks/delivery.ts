import { GatewayError } from '../errors/gateway-error.ts'
import { readLimited } from '../request/read-limited.ts'

/** A delivery as a server has it, where that is no `Request`. The body has to be the bytes that came, before any parser. */
export interface WebhookRequest {
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Uint8Array | string
  /** Path and query, or the whole address; for gateways that sign nothing, so that a secret is in it. */
  readonly url?: string | undefined
  /** Address of the sender, for allow-lists. */
  readonly remoteAddress?: string | undefined
}

/** A delivery, read to its end. */
export interface Delivery {
  /** A header by its name in lower case; one that came several times counts as none. */
  header(name: string): string | undefined
  readonly body: Uint8Array<ArrayBuffer>
  readonly url: URL | undefined
  readonly remoteAddress: string | undefined
}

/** @param limit bytes @throws GatewayError `invalid_request` with code `too_large` */
export async function readDelivery(request: Request | WebhookRequest, limit: number): Promise<Delivery> {
  const { headers, url } = request
  const body = isRequest(request) ? await readStream(request, limit) : bytesOf(request.body, limit)
  return {
    body,
    // a server knows paths only; what host they are on does not matter
    url: url !== undefined && URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : undefined,
    remoteAddress: 'remoteAddress' in request ? request.remoteAddress : undefined,
    header(name) {
      if (headers instanceof Headers) return headers.get(name) ?? undefined
      const entry = Object.entries(headers as Record<string, string | readonly string[] | undefined>).find(
        ([key]) => key.toLowerCase() === name,
      )
      const value = entry?.[1]
      return typeof value === 'string' ? value : value?.length === 1 ? value[0] : undefined
    },
  }
}

function isRequest(request: Request | WebhookRequest): request is Request {
  return typeof (request as Request).arrayBuffer === 'function'
}

async function readStream({ body, headers }: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (!body) return new Uint8Array()
  return readLimited(body, limit, Number(headers.get('content-length') ?? 0)).catch((cause) => {
    throw (cause as { code?: string }).code === 'WAMUX_BODY_TOO_LARGE' ? tooLarge(limit) : unreadable(cause)
  })
}

function bytesOf(body: Uint8Array | string, limit: number): Uint8Array<ArrayBuffer> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  if (!(bytes instanceof Uint8Array)) {
    const message = 'The webhook body is not the bytes that came: a body parser, such as express.json(), has read it already'
    throw new GatewayError(message, { kind: 'config', code: 'body_parsed', field: 'body', hint: BODY_HINT })
  }
  if (!(bytes.length <= limit)) throw tooLarge(limit)
  return bytes as Uint8Array<ArrayBuffer>
}

const BODY_HINT =
  "Add the webhook's route before the parser, or let the parser keep the bytes: express.json({ verify: (request, _, bytes) => { request.rawBody = bytes } })."

function tooLarge(limit: number): GatewayError {
  return new GatewayError(`The webhook body has more than ${limit} bytes`, { kind: 'invalid_request', code: 'too_large' })
}

function unreadable(cause: unknown): GatewayError {
  return new GatewayError('The webhook body could not be read', { kind: 'invalid_request', code: 'unreadable', cause })
}
