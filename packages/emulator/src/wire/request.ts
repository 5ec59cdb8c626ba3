/** Headers by their names in lower case: the platform's `Headers` are some. */
export interface HeaderReader extends Iterable<readonly [string, string]> {
  get(name: string): string | null
}

/** A request in plain parts: what the server and `fetch` make of theirs, so that no `Request` with its stream is built for each. */
export interface PlainRequest {
  readonly method: string
  /** Path, as `URL` writes it. */
  readonly path: string
  /** Empty, or `?` and the query, as `URL` writes it. */
  readonly search: string
  readonly query: URLSearchParams
  readonly headers: HeaderReader
  /** Absent when there is none. */
  readonly body: Uint8Array<ArrayBuffer> | undefined
}

/** Reads a request. */
export async function plainRequest(request: Request): Promise<PlainRequest> {
  const { method, headers } = request
  const { pathname: path, search, searchParams: query } = new URL(request.url)
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined
  return { method, path, search, query, headers, body }
}

type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

/** Headers as `node:http` gives them, or as they are written in code: by names in lower case. */
export class ReceivedHeaders implements HeaderReader {
  readonly #headers: NodeHeaders

  constructor(headers: NodeHeaders) {
    this.#headers = headers
  }

  get(name: string): string | null {
    const value = this.#headers[name]
    if (typeof value === 'string') return value
    return Array.isArray(value) ? value.join(', ') : null
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    for (const name of Object.keys(this.#headers)) yield [name, this.get(name) ?? '']
  }
}
