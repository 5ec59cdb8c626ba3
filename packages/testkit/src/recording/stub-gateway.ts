import type { Fetch, FetchInit } from '@wamux/core'

/** The base URL of stubbed gateways; its path must be kept in every request. */
export const STUB_URL = 'http://gateway.test/behind/proxy'

/** A response to give. Text and bytes are sent as they are, everything else as JSON. */
export interface StubAnswer {
  /** HTTP status. */
  readonly status: number
  /** Response headers. Default: a content type for the body. */
  readonly headers?: Readonly<Record<string, string>>
  /** The body. Default: none. */
  readonly body?: unknown
}

/**
 * What goes wrong in place of an answer. `refused`: the connection is refused. `lost`: the request went out and the connection broke. `cut`: a 200
 * breaks off in its body. `silent`: no answer until the caller aborts. `deaf`: no answer, and an abort is ignored.
 */
export type StubFault = 'refused' | 'lost' | 'cut' | 'silent' | 'deaf'

/** What the stub gateway does with a request: it responds, or something goes wrong. */
export type Reply = StubAnswer | StubFault

/** Replies in their order, the last one for all that follow; or a function of the request. */
export type Script = readonly Reply[] | ((request: SeenRequest, index: number) => Reply)

/** A request as it came out of the plugin. */
export interface SeenRequest {
  /** HTTP method. */
  readonly method: string
  /** Complete URL. */
  readonly url: string
  /** Fields by name. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text; absent when there was none. */
  readonly body?: string
}

/** A gateway that answers by a script and keeps all requests. */
export interface StubGateway {
  /** For the `fetch` option of a gateway. */
  readonly fetch: Fetch
  /** All requests so far, the oldest first. */
  readonly requests: readonly SeenRequest[]
}

/**
 * Makes a gateway that responds by a script and keeps all requests.
 *
 * @param script what to reply; without one every request gets an empty 200
 * @returns `fetch` for the configuration of a plugin, and the requests it made
 */
export function createStubGateway(script: Script = [{ status: 200 }]): StubGateway {
  const requests: SeenRequest[] = []
  const replyTo = typeof script === 'function' ? script : (_: SeenRequest, index: number) => script[Math.min(index, script.length - 1)]
  const fetch: Fetch = async (url, init) => {
    const request = await seen(url, init)
    requests.push(request)
    return answerWith(replyTo(request, requests.length - 1) ?? { status: 200 }, init.signal, request)
  }
  return { fetch, requests }
}

/** Writes down a request that a plugin makes. */
export async function seen(url: string, { method, headers, body }: FetchInit): Promise<SeenRequest> {
  if (body === undefined) return { method, url, headers: { ...headers } }
  const text = typeof body === 'string' ? body : body instanceof FormData ? await formText(body) : await new Response(body).text()
  return { method, url, headers: { ...headers }, body: text }
}

// as a platform writes it, but with the same boundary each time, so that two requests can be compared
async function formText(form: FormData): Promise<string> {
  const parts: string[] = []
  for (const [name, value] of form) {
    const filename = typeof value === 'string' ? '' : `; filename="${value.name}"`
    const content = typeof value === 'string' ? value : await value.text()
    parts.push(`--form\r\nContent-Disposition: form-data; name="${name}"${filename}\r\n\r\n${content}\r\n`)
  }
  return `${parts.join('')}--form--\r\n`
}

function answerWith(reply: Reply, signal: AbortSignal, request: SeenRequest): Promise<Response> | Response {
  switch (reply) {
    case 'refused':
      throw failedFetch(request, 'connect ECONNREFUSED 127.0.0.1:9', 'ECONNREFUSED')
    case 'lost':
      throw failedFetch(request, 'other side closed', 'UND_ERR_SOCKET')
    case 'cut':
      return new Response(brokenBody(request), { status: 200, headers: { 'content-type': 'application/json' } })
    case 'silent':
      return new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason)
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
    case 'deaf':
      return new Promise(() => {})
    default:
      return responseOf(reply)
  }
}

/** The answer as a Response; one without a body has no content type either. */
export function responseOf({ status, headers = {}, body }: StubAnswer): Response {
  if (body === undefined || body === '') return new Response(null, { status, headers })
  if (body instanceof Uint8Array) return new Response(body as Uint8Array<ArrayBuffer>, { status, headers })
  const type = typeof body === 'string' ? 'text/plain' : 'application/json'
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new Response(text, { status, headers: { 'content-type': type, ...headers } })
}

// like the errors of Node's fetch, with the request in the message, as some HTTP clients write it
function failedFetch({ method, url, headers, body }: SeenRequest, message: string, code: string): TypeError {
  const words = `${message} (${method} ${url} ${JSON.stringify(headers)} ${body ?? ''})`
  const cause = Object.assign(new Error(words), { code, url, request: { headers, body } })
  return new TypeError(`fetch failed: ${words}`, { cause })
}

function brokenBody(request: SeenRequest): ReadableStream<Uint8Array> {
  let begun = false
  return new ReadableStream({
    pull(controller) {
      if (begun) controller.error(failedFetch(request, 'terminated', 'UND_ERR_SOCKET'))
      else controller.enqueue(new TextEncoder().encode('{"id": "tr'))
      begun = true
    },
  })
}
