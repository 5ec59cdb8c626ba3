import { GatewayError } from '../errors/gateway-error.ts'
import { readLimited } from '../request/read-limited.ts'

/** A delivery on a server without `Request`. The body must be the received bytes, before any parser. */
export interface WebhookRequest {
  /** Request headers. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>
  /** The received bytes. */
  readonly body: Uint8Array | string
  /** Path and query, or the whole address. Needed for gateways without signatures, whose secret is part of it. */
  readonly url?: string | undefined
  /** IP address of the sender, for allow-lists. */
  readonly remoteAddress?: string | undefined
}

/** A delivery, completely read. */
export interface Delivery {
  /**
   * Looks up a header.
   *
   * @param name in lower case
   * @returns its value; `undefined` when it is absent or was sent several times
   */
  header(name: string): string | undefined
  /** The received bytes. */
  readonly body: Uint8Array<ArrayBuffer>
  /** Address that it was posted to. */
  readonly url: URL | undefined
  /** IP address of the sender. */
  readonly remoteAddress: string | undefined
}

/**
 * Reads a delivery.
 *
 * @param request the delivery
 * @param limit largest body, bytes
 * @throws {GatewayError} `invalid_request`: the body is too large (code `too_large`) or was already read
 */
export async function readDelivery(request: Request | WebhookRequest, limit: number): Promise<Delivery> {
  const { headers, url } = request
  const body = isRequest(request) ? await readStream(request, limit) : bytesOf(request.body, limit)
  return {
    body,
    // a server gives the path without a host, and only path and query are read
    url: url !== undefined && URL.canParse(url, 'http://localhost') ? new URL(url, 'http://localhost') : undefined,
    remoteAddress: 'remoteAddress' in request ? request.remoteAddress : undefined,
    header(name) {
      if (headers instanceof Headers) return headers.get(name) ?? undefined
      const entry = Object.entries(headers as Record<string, string | readonly string[] | undefined>).find(
        ([key]) => key.toLowerCase() === name,
      )
      const value = entry?.[1]
      const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value
      return typeof only === 'string' ? only : undefined
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
    const message = 'The body of the webhook is not the received bytes: a body parser, such as express.json(), has read it already'
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
