/** Body of an answer. A stream is sent as it comes. */
export type AnswerBody = string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>

/**
 * The answer to a request in plain parts. The server writes most answers as one text; a `Response` with its stream would cost more than
 * finding the answer.
 */
export class Answer {
  readonly status: number
  /** By their names in lower case. */
  readonly headers: Record<string, string>
  readonly body: AnswerBody | undefined
  /** What to throw after the body, when the connection breaks there. */
  readonly broken: Error | undefined

  constructor(status: number, headers: Readonly<Record<string, string>> = {}, body?: AnswerBody, broken?: Error) {
    this.status = status
    this.headers = { ...headers }
    this.body = body
    this.broken = broken
  }
}

/** A JSON answer with the content type that all four gateways write. */
export function json(status: number, value: unknown): Answer {
  return new Answer(status, JSON_HEADERS, JSON.stringify(value))
}

const JSON_HEADERS: Readonly<Record<string, string>> = { 'content-type': 'application/json; charset=utf-8' }

/** An answer without a body and content type. */
export function empty(status: number): Answer {
  return new Answer(status)
}

/** An answer with a body of another kind. */
export function content(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Answer {
  return new Answer(status, { 'content-type': type }, body)
}

/** The body of an answer, read to its end. */
export async function bytesOf({ body }: Pick<Answer, 'body'>): Promise<Uint8Array<ArrayBuffer>> {
  if (body === undefined) return new Uint8Array()
  if (typeof body === 'string') return new TextEncoder().encode(body)
  return body instanceof Uint8Array ? body : new Uint8Array(await new Response(body).arrayBuffer())
}

/** The answer as `fetch` gives it. */
export function toResponse({ status, headers, body, broken }: Answer): Response {
  const sent = broken ? breaking(body, broken) : body
  return new Response(sent ?? null, { status, headers })
}

function breaking(body: AnswerBody | undefined, error: Error): ReadableStream<Uint8Array> {
  async function* parts() {
    yield await bytesOf({ body })
    throw error
  }
  const all = parts()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value } = await all.next()
        if (value) controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
}
