import { GatewayError } from '../errors/gateway-error.ts'
import { joinChunks } from '../request/join-chunks.ts'
import type { WebhookHandler } from './handler.ts'

/** The part of the request of `node:http` that is used. Express and n8n keep the raw body in `rawBody`. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  /** HTTP method. */
  readonly method?: string | undefined
  /** Path and query. */
  readonly url?: string | undefined
  /** Request headers. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** Connection, for the address of the sender. */
  readonly socket?: { readonly remoteAddress?: string | undefined } | undefined
  /** The body before any parser. */
  readonly rawBody?: Uint8Array | string
  /** What a body parser made of it: bytes of `express.raw()` and text of `express.text()` are taken, an object is refused. */
  readonly body?: unknown
  readonly readableEnded?: boolean
}

/** The part of the response of `node:http` that is used. */
export interface NodeResponse {
  /** HTTP status. */
  statusCode: number
  /** Sends the response. */
  end(): unknown
}

const MAX_BODY_BYTES = 1024 * 1024

/**
 * A handler for `node:http`, Express and what is like them. In Express put it before `express.json()`, which leaves no bytes to check: such
 * deliveries are answered with 500, and the handler's `onError` is called with the reason.
 *
 * @param options `maxBodyBytes`: where reading stops; default 1 MiB
 */
export function nodeListener(
  handle: WebhookHandler,
  { maxBodyBytes = MAX_BODY_BYTES }: { maxBodyBytes?: number } = {},
): (request: NodeRequest, response: NodeResponse) => Promise<void> {
  return async (request, response) => {
    const { method, url, headers, socket } = request
    try {
      const body = await rawBody(request, maxBodyBytes)
      const handled = await handle({ method: method ?? 'POST', url, headers, body, remoteAddress: socket?.remoteAddress })
      response.statusCode = handled.status
    } catch (error) {
      if (handle.reportError) handle.reportError(error)
      else console.error('wamux webhook:', error)
      response.statusCode = GatewayError.is(error) && error.code === 'too_large' ? 413 : 500
    }
    response.end()
  }
}

async function rawBody(request: NodeRequest, limit: number): Promise<Uint8Array | string> {
  if (request.rawBody !== undefined) return request.rawBody
  // what a body parser has left; `readDelivery` refuses an object, and says how to set the parser up
  if (request.readableEnded) return request.body as Uint8Array | string
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > limit) throw new GatewayError('The body is too large', { kind: 'invalid_request', code: 'too_large' })
    chunks.push(chunk)
  }
  return joinChunks(chunks)
}
