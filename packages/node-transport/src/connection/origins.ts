import { ConnectionPool, type PoolOptions } from './connection-pool.ts'
import type { Destination, Dialer } from './dial.ts'
import { withoutBrackets } from './proxy.ts'

/** An origin that was seen before: what of a request does not change. */
export interface Origin {
  readonly pool: ConnectionPool
  readonly destination: Destination
  /** Value of the Host header. */
  readonly host: string
  /** Stands before the path when a proxy forwards. */
  readonly prefix: string
}

export interface Target {
  readonly origin: Origin
  /** What goes into the request line. */
  readonly path: string
}

type Shared = Omit<PoolOptions, 'destination'>

// what the URL parser leaves as it is: no dot segments, nothing to encode
const PLAIN_PATH = /^(?:\/(?!\.|%2e)[\w\-.~!$&()*+,;=:@%]*)+(?:\?[\w\-.~!$&()*+,;=:@%/?]*)?$/i
const PLAIN_ORIGIN = /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/i
const MOST_ORIGINS = 256

/** Finds the pool for a URL, without parsing a URL whose origin is known. */
export class Origins {
  readonly #shared: Shared
  readonly #dialer: Dialer
  readonly #byOrigin: Map<string, Origin> = new Map()
  readonly #byPrefix: Map<string, Origin> = new Map()

  constructor(shared: Shared) {
    this.#shared = shared
    this.#dialer = shared.dialer
  }

  /** @throws {TypeError} `ERR_INVALID_URL`: the URL is malformed; the message does not show it, because it may contain a key */
  find(url: string): Target {
    const slash = url.indexOf('/', 8)
    if (slash > 0) {
      const origin = this.#byPrefix.get(url.slice(0, slash))
      const path = url.slice(slash)
      if (origin && PLAIN_PATH.test(path)) return { origin, path: origin.prefix + path }
    }
    return this.#parse(url, slash)
  }

  /** All pools there are. */
  pools(): ConnectionPool[] {
    return [...this.#byOrigin.values()].map(({ pool }) => pool)
  }

  #parse(url: string, slash: number): Target {
    if (hasLineBreak(url) || !URL.canParse(url)) throw invalidUrl('it cannot be parsed')
    const parsed = new URL(url)
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw invalidUrl('it is neither http nor https')
    if (parsed.username || parsed.password) throw invalidUrl('it has user info in it')
    const origin = this.#byOrigin.get(parsed.origin) ?? this.#add(parsed)
    const start = url.slice(0, slash)
    if (PLAIN_ORIGIN.test(start)) {
      if (this.#byPrefix.size >= MOST_ORIGINS) this.#byPrefix.clear()
      this.#byPrefix.set(start, origin)
    }
    return { origin, path: `${origin.prefix}${parsed.pathname}${parsed.search}` }
  }

  #add(url: URL): Origin {
    if (this.#byOrigin.size >= MOST_ORIGINS) this.#forgetUnused()
    const secure = url.protocol === 'https:'
    const port = url.port ? Number(url.port) : secure ? 443 : 80
    const destination = { secure, host: withoutBrackets(url.hostname), port, authority: `${url.hostname}:${port}` }
    const pool = new ConnectionPool({ ...this.#shared, destination })
    const prefix = this.#dialer.proxy && !secure ? url.origin : ''
    const origin = { pool, destination, host: url.host, prefix }
    this.#byOrigin.set(url.origin, origin)
    return origin
  }

  #forgetUnused(): void {
    this.#byPrefix.clear()
    for (const [name, { pool }] of this.#byOrigin) if (pool.empty) this.#byOrigin.delete(name)
  }
}

// `URL` removes these characters silently, which would change the request
function hasLineBreak(text: string): boolean {
  return text.includes('\n') || text.includes('\r') || text.includes('\t')
}

function invalidUrl(why: string): TypeError {
  return Object.assign(new TypeError(`not a URL to request: ${why}`), { code: 'ERR_INVALID_URL' })
}
