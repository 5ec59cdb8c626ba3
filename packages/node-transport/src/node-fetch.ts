import type { RequestOptions } from 'node:http'
import type { FetchInit } from '@wamux/core/transport'
import { systemClock } from '@wamux/core/transport'
import { builtin } from './builtins.ts'
import type { PoolUser } from './connection/connection-pool.ts'
import { Dialer } from './connection/dial.ts'
import { Origins } from './connection/origins.ts'
import { parseProxy } from './connection/proxy.ts'
import { abortedUnsent, notSent } from './node-fetch-error.ts'
import type { NodeFetch, NodeFetchOptions, NodeFetchResponse, Settings } from './options.ts'
import { wireBody } from './request/request-body.ts'
import { requestHead } from './request/request-head.ts'
import { type OnHead, RunningRequest } from './request/running-request.ts'
import { sendStream } from './request/send-body.ts'
import { ACCEPTED } from './response/decompress.ts'
import { NodeResponse } from './response/node-response.ts'
import { Ticker } from './ticker.ts'

const { request: openRequest } = builtin('node:http')

const DEFAULTS: Settings = {
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 0,
  bodyIdleTimeoutMs: 30_000,
  keepAliveMs: 4_000,
  maxSockets: 64,
  maxHeaderBytes: undefined,
  maxBodyBytes: 64 * 1024 * 1024,
  decompress: true,
}

const NORMALISED = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
const FORBIDDEN = new Set(['CONNECT', 'TRACE', 'TRACK'])

/**
 * Makes a `fetch` on keep-alive connections of node:http: `createWaha({ baseUrl, apiKey, fetch: createNodeFetch() })`. It never repeats a
 * request and follows no redirect. An error before the first byte of the request was passed to the operating system has a code that says
 * so.
 *
 * @param options timeouts, connections, TLS and proxy; everything has a default
 * @returns the function, with `close()`
 * @throws {Error} the proxy's URL or a TLS option is malformed
 */
export function createNodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const settings = { ...DEFAULTS, ...given(options) }
  const clock = options.clock ?? systemClock
  const ticker = new Ticker(clock, [settings.connectTimeoutMs, settings.headersTimeoutMs, settings.bodyIdleTimeoutMs])
  const proxy = options.proxy === undefined ? undefined : parseProxy(options.proxy)
  const { maxHeaderBytes } = settings
  const dialer = new Dialer({ tls: options.tls ?? {}, proxy, idleMs: settings.keepAliveMs, maxHeaderBytes })
  const { connectTimeoutMs, keepAliveMs, maxSockets } = settings
  const origins = new Origins({ dialer, ticker, clock, connectTimeoutMs, keepAliveMs, maxSockets })
  const context = { settings, ticker }
  const acceptEncoding = settings.decompress ? ACCEPTED : undefined
  let closing: Promise<void> | undefined

  function start(url: string, init: FetchInit, resolve: (response: NodeFetchResponse) => void, reject: (error: unknown) => void): void {
    if (closing) throw new Error('this transport is closed')
    const { signal } = init
    if (signal?.aborted) throw abortedUnsent(signal.reason)
    const method = methodOf(init.method)
    const { origin, path } = origins.find(url)
    const body = init.body === undefined || init.body === null ? undefined : wireBody(init.body)
    if (body && (method === 'GET' || method === 'HEAD')) throw new TypeError(`${method} has no body`)
    const forwards = origin.prefix !== ''
    const head = requestHead(method, init.headers, body, {
      host: origin.host,
      acceptEncoding,
      proxyAuthorization: forwards ? proxy?.authorization : undefined,
    })
    const onHead: OnHead = (running, message, whole) => {
      const shape = { method, limit: settings.maxBodyBytes, decompress: settings.decompress }
      try {
        resolve(new NodeResponse(running, message, whole, shape))
      } catch (error) {
        reject(error)
        running.fail(error)
      }
    }
    const user = new RunningRequest(context, origin.pool, signal, onHead, reject)
    const { host, port } = origin.destination
    const wanted: RequestOptions & { user: PoolUser } = {
      agent: origin.pool,
      protocol: origin.pool.protocol,
      host,
      port,
      method,
      path,
      headers: head.fields,
      user,
    }
    if (maxHeaderBytes !== undefined) wanted.maxHeaderSize = maxHeaderBytes
    const request = openRequest(wanted)
    user.watch(request)
    if (!body) request.end()
    // head and body go out in one write
    else if (body.data !== undefined) request.end(head.ascii || typeof body.data !== 'string' ? body.data : Buffer.from(body.data))
    else void sendStream(body.stream(), head.length, request, user)
  }

  const nodeFetch = (url: string, init: FetchInit): Promise<NodeFetchResponse> =>
    new Promise((resolve, reject) => {
      try {
        start(url, init, resolve, reject)
      } catch (error) {
        // nothing was handed to a connection in this turn
        reject(notSent(error))
      }
    })

  function close(): Promise<void> {
    closing ??= Promise.all(origins.pools().map((pool) => pool.close())).then(() => undefined)
    return closing
  }

  return Object.assign(nodeFetch, { close })
}

function methodOf(method: string): string {
  const upper = method.toUpperCase()
  if (FORBIDDEN.has(upper)) throw new TypeError(`the method ${upper} is not allowed`)
  return NORMALISED.has(upper) ? upper : method
}

function given(options: NodeFetchOptions): Partial<Settings> {
  return Object.fromEntries(Object.entries(options).filter(([name, value]) => name in DEFAULTS && value !== undefined))
}
