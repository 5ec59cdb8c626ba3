import type { Clock, FetchInit, FetchResponse } from '@wamux/core/transport'

/** TLS settings for the gateway's certificate. PEM text or bytes, as in node:tls. */
export interface NodeTlsOptions {
  /** Certificate authorities to trust instead of the built-in ones, PEM. They also apply to a proxy that is reached over TLS. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[]
  /** Client certificate, PEM. */
  readonly cert?: string | Uint8Array
  /** Private key of the client certificate, PEM. */
  readonly key?: string | Uint8Array
  /** False accepts any certificate, so that anybody on the network path can read and change everything. Default true. */
  readonly rejectUnauthorized?: boolean
  /** Host name to ask for and to check in the certificate. Default: the host of the URL. */
  readonly servername?: string
}

/** Options of {@link createNodeFetch}. */
export interface NodeFetchOptions {
  /** Longest time for name resolution, connecting, a proxy's tunnel and the TLS handshake together, ms. 0: no limit. Default 10 000. */
  readonly connectTimeoutMs?: number
  /**
   * Longest time from the last byte of the request to the head of the response, ms. 0: no limit of its own, the deadline of the call
   * applies. Default 0.
   */
  readonly headersTimeoutMs?: number
  /** Longest time without new bytes while a response body is read, ms. 0: no limit. Default 30 000. */
  readonly bodyIdleTimeoutMs?: number
  /** How long an unused connection is kept, ms. Default 4 000: less than the 5 s after which a Node server closes it. */
  readonly keepAliveMs?: number
  /** Most connections per origin; further requests wait. Default 64. */
  readonly maxSockets?: number
  /** TLS settings. Default: those of Node. */
  readonly tls?: NodeTlsOptions
  /**
   * HTTP proxy: `http://user:password@host:port`, or https. Default: none. Requests to https origins go through a tunnel (CONNECT),
   * others are forwarded.
   */
  readonly proxy?: string
  /** Largest head of a response, bytes. Default: that of Node, 16 KiB. */
  readonly maxHeaderBytes?: number
  /** Largest body of a response after decompression, bytes. The `maxBodyBytes` of the gateway applies, too. Default 64 MiB. */
  readonly maxBodyBytes?: number
  /** True: asks for gzip, deflate and br, and decompresses them. Default true. */
  readonly decompress?: boolean
  /** Source of time for these limits. Default: the system's. */
  readonly clock?: Clock
}

/** A response of the node transport. */
export interface NodeFetchResponse extends FetchResponse {
  /**
   * Reads the body to its end, without a stream in between.
   *
   * @param limit largest size, bytes
   * @param bytes true: gives bytes, also for a text
   * @returns text when the content type says so, otherwise bytes
   * @throws {NodeFetchError} `WAMUX_BODY_TOO_LARGE`: the body is larger than `limit`
   */
  readAll(limit: number, bytes?: boolean): Promise<Uint8Array | string>
}

/** A `fetch` for the `fetch` option of a gateway, on connections of node:http. */
export interface NodeFetch {
  /**
   * Sends one request.
   *
   * @param url absolute http(s) URL
   * @param init method, headers, body and signal
   * @throws {NodeFetchError} with a code that tells whether the request can have been sent
   * @throws {TypeError} `ERR_INVALID_URL`: the URL is malformed
   */
  (url: string, init: FetchInit): Promise<NodeFetchResponse>
  /** Accepts no more requests, waits for those in progress, and closes all connections. */
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
