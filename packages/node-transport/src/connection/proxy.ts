import type { Socket } from 'node:net'
import { builtin } from '../builtins.ts'

export interface HttpProxy {
  readonly secure: boolean
  /** Host name; an IPv6 address without its brackets. */
  readonly host: string
  readonly port: number
  /** Value of Proxy-Authorization. */
  readonly authorization: string | undefined
}

/** @throws {Error} the URL is malformed; the message does not show it, because it may contain a password */
export function parseProxy(text: string): HttpProxy {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new Error('proxy: expected a URL like http://user:password@proxy.example:3128')
  }
  const secure = url.protocol === 'https:'
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`
  return {
    secure,
    host: withoutBrackets(url.hostname),
    port: url.port ? Number(url.port) : secure ? 443 : 80,
    authorization: credentials === ':' ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`,
  }
}

/** Asks a proxy for a tunnel. `done` gets an error, or nothing once the socket leads to `authority`. */
export function openTunnel(
  socket: Socket,
  proxy: HttpProxy,
  authority: string,
  maxHeaderSize: number | undefined,
  done: (error?: Error) => void,
): void {
  const headers = ['host', authority]
  if (proxy.authorization) headers.push('proxy-authorization', proxy.authorization)
  const connect = builtin('node:http').request({
    method: 'CONNECT',
    path: authority,
    headers,
    createConnection: () => socket,
    ...(maxHeaderSize === undefined ? {} : { maxHeaderSize }),
  })
  let over = false
  const finish = (error?: Error) => {
    if (over) return
    over = true
    done(error)
  }
  connect.on('error', finish)
  connect.on('close', () => finish(new Error('the proxy closed the connection')))
  connect.on('connect', (response, _socket, head: Buffer) => {
    const status = response.statusCode ?? 0
    if (status < 200 || status > 299) finish(new Error(`the proxy answered CONNECT with HTTP ${status}`))
    // bytes before the TLS handshake are a protocol error
    else if (head.length > 0) finish(new Error('the proxy sent data of its own into the tunnel'))
    else finish()
  })
  connect.end()
}

export function withoutBrackets(host: string): string {
  return host.startsWith('[') ? host.slice(1, -1) : host
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
