import type { Clock, FetchInit, FetchResponse } from '@wamux/core/transport'

/** TLS towards the gateway. PEM text or bytes, as in node:tls. */
export interface NodeTlsOptions {
  /** Certificate authorities to trust instead of the built-in ones. A proxy reached over TLS is checked against them, too. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** Client certificate. */
  readonly cert?: string | Uint8Array
  readonly key?: string | Uint8Array
  /** False accepts any certificate: whoever is in between can read and change everything. */
  readonly rejectUnauthorized?: boolean
  /** Name to ask for and to check, when it is not the host of the URL. */
  readonly servername?: string
}

export interface NodeFetchOptions {
  /** Name look-up, connecting, a proxy's tunnel and the TLS handshake, ms. 0 switches it off. Default 10 000. */
  readonly connectTimeoutMs?: number
  /** From the last byte of the request to the head of the answer, ms. Default 0: left to the total deadline. */
  readonly headersTimeoutMs?: number
  /** Longest silence within a body that someone waits for, ms. 0 switches it off. Default 30 000. */
  readonly bodyIdleTimeoutMs?: number
  /** How long an unused connection is kept, ms. Default 4 000: shorter than the 5 s of a Node server, so that a stale one is seldom used. */
  readonly keepAliveMs?: number
  /** Connections per origin; more requests wait. Default 64. */
  readonly maxSockets?: number
  readonly tls?: NodeTlsOptions
  /** `http://user:password@host:port` or https. Tunnels (CONNECT) to https targets, forwards to http targets. */
  readonly proxy?: string
  /** Largest head of an answer, bytes. Default: Node's, 16 KiB. */
  readonly maxHeaderBytes?: number
  /** Largest body of an answer after decompression, bytes: a second line behind the transport's own. Default 64 MiB. */
  readonly maxBodyBytes?: number
  /** Ask for gzip, deflate and br, and undo them. Default true. */
  readonly decompress?: boolean
  /** Time for all of the above. Default: the system's. */
  readonly clock?: Clock
}

/** What the node transport answers. */
export interface NodeFetchResponse extends FetchResponse {
  /**
   * Reads the body to its end, the quickest way there is: text when the content type says so, else bytes.
   * @throws NodeFetchError `WAMUX_BODY_TOO_LARGE` as soon as it has more than `limit` bytes
   */
  readAll(limit: number, bytes?: boolean): Promise<Uint8Array | string>
}

/** A `Fetch`, as core takes it, on node:http connections. */
export interface NodeFetch {
  (url: string, init: FetchInit): Promise<NodeFetchResponse>
  /** Takes no more requests, lets the running ones end, closes all connections. */
  close(): Promise<void>
}

/** The options with their defaults. */
export interface Settings {
  readonly connectTimeoutMs: number
  readonly headersTimeoutMs: number
  readonly bodyIdleTimeoutMs: number
  readonly keepAliveMs: number
  readonly maxSockets: number
  readonly maxHeaderBytes: number | undefined
  readonly maxBodyBytes: number
  readonly decompress: boolean
}
