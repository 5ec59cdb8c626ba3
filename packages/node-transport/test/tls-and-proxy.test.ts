import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { connect, type Server as NetServer, type Socket } from 'node:net'
import { causeCode, isConnectFailure } from '@wamux/core/transport'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createNodeFetch, type NodeFetch, type NodeFetchOptions } from '../src/index.ts'
import { failureOf, init, portOf } from './raw-server.ts'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/test-only.${name}.pem`, import.meta.url), 'utf8')
const cert = fixture('cert')
const key = fixture('key')

const open: NodeFetch[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

function fetchWith(options: NodeFetchOptions): NodeFetch {
  const made = createNodeFetch(options)
  open.push(made)
  return made
}

const listening = <One extends NetServer>(server: One, host = '127.0.0.1') =>
  new Promise<One>((resolve) => server.listen(0, host, () => resolve(server)))

const seen: { secure: boolean; url: string | undefined; headers: NodeJS.Dict<string | string[]>; client: boolean; resumed: boolean }[] = []
const gateway = (secure: boolean) => (request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => {
  const socket = request.socket as import('node:tls').TLSSocket
  const client = secure && Boolean(socket.getPeerCertificate()?.subject)
  seen.push({ secure, url: request.url, headers: request.headers, client, resumed: secure && socket.isSessionReused() })
  request.resume().on('end', () => response.end(`${secure ? 'secure' : 'plain'} ${request.url}`))
}
let plain: Server
let secure: NetServer
beforeAll(async () => {
  plain = await listening(createServer(gateway(false)))
  secure = await listening(createTlsServer({ key, cert, requestCert: true, rejectUnauthorized: false, ca: cert }, gateway(true)))
})
afterAll(() => {
  plain.close()
  secure.close()
})
afterEach(() => void seen.splice(0))

const secureUrl = (host = '127.0.0.1') => `https://${host}:${portOf(secure)}/path`
const plainUrl = () => `http://127.0.0.1:${portOf(plain)}/path?a=b`
const text = async (request: NodeFetch, url: string) => (await request(url, init({ method: 'POST', body: '{}' }))).text()

describe('TLS', () => {
  it.each(['127.0.0.1', 'localhost'])('with the right authority: %s', async (host) => {
    const request = fetchWith({ tls: { ca: cert } })
    expect(await text(request, secureUrl(host))).toBe('secure /path')
    expect(await text(request, secureUrl(host))).toBe('secure /path')
  })

  it.each<[string, NodeFetchOptions, string, RegExp]>([
    ['an unknown authority', {}, '127.0.0.1', /SELF_SIGNED/],
    ['another name', { tls: { ca: cert, servername: 'other.test' } }, '127.0.0.1', /ALTNAME/],
  ])('not with %s, and nothing is sent', async (_name, options, host, code) => {
    const error = await failureOf(text(fetchWith(options), secureUrl(host)))
    expect(error.code).toBe('WAMUX_NOT_SENT')
    expect(causeCode(error)).toMatch(code)
    expect(seen).toHaveLength(0)
  })

  it('with a name of its own, with a client certificate, or with anything', async () => {
    expect(await text(fetchWith({ tls: { ca: [cert], servername: 'gateway.test' } }), secureUrl())).toContain('secure')
    expect(await text(fetchWith({ tls: { ca: Buffer.from(cert), cert, key } }), secureUrl())).toContain('secure')
    expect(await text(fetchWith({ tls: { rejectUnauthorized: false } }), secureUrl())).toContain('secure')
    expect(seen.map(({ client }) => client)).toEqual([false, true, false])
  })

  it('is resumed by the next connection', async () => {
    const request = fetchWith({ tls: { ca: cert }, keepAliveMs: 1 })
    await text(request, secureUrl())
    await new Promise((resolve) => setTimeout(resolve, 30))
    await text(request, secureUrl())
    expect(seen.map(({ resumed }) => resumed)).toEqual([false, true])
  })

  it('fails early for a certificate that is none', () => {
    expect(() => createNodeFetch({ tls: { cert: 'nonsense' } })).toThrow()
  })
})

describe('a proxy', () => {
  type ProxyServer = { server: NetServer; lines: string[]; tunnels: Set<Socket>; refuse: string | undefined }

  function proxyServer(tls: boolean): ProxyServer {
    const server = tls ? createTlsServer({ key, cert }) : createServer()
    const proxy: ProxyServer = { server, lines: [], tunnels: new Set(), refuse: undefined }
    const note = (request: import('node:http').IncomingMessage) =>
      proxy.lines.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? '-'}`)
    server.on('connect', (request, socket: Socket) => {
      note(request)
      if (proxy.refuse) return void socket.end(proxy.refuse)
      const [host, port] = (request.url ?? '').split(':')
      const further = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n')
        socket.pipe(further).pipe(socket)
      })
      proxy.tunnels.add(socket)
      socket.on('error', () => further.destroy()).on('close', () => proxy.tunnels.delete(socket))
      further.on('error', () => socket.destroy())
    })
    server.on('request', (request, response) => {
      note(request)
      response.end('forwarded')
    })
    return proxy
  }

  let proxies: Record<'http' | 'https', ProxyServer>
  beforeAll(async () => {
    proxies = { http: proxyServer(false), https: proxyServer(true) }
    for (const { server } of Object.values(proxies)) await listening(server)
  })
  afterAll(() => Object.values(proxies).map(({ server }) => server.close()))
  afterEach(() => {
    for (const proxy of Object.values(proxies)) {
      proxy.lines.splice(0)
      proxy.refuse = undefined
    }
  })
  const urlOf = (kind: 'http' | 'https', user = '') => `${kind}://${user}127.0.0.1:${portOf(proxies[kind].server)}`
  const BASIC = `Basic ${Buffer.from('me:pass word').toString('base64')}`

  it.each(['http', 'https'] as const)('over %s tunnels to an https target, which sees no credentials of the proxy', async (kind) => {
    const request = fetchWith({ proxy: urlOf(kind, 'me:pass%20word@'), tls: { ca: cert } })
    expect(await text(request, secureUrl())).toBe('secure /path')
    expect(await text(request, secureUrl())).toBe('secure /path')
    expect(proxies[kind].lines).toEqual([`CONNECT 127.0.0.1:${portOf(secure)} ${BASIC}`])
    expect(seen.map(({ headers }) => headers['proxy-authorization'])).toEqual([undefined, undefined])
    await request.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(proxies[kind].tunnels.size).toBe(0)
  })

  it.each(['http', 'https'] as const)('over %s forwards to an http target', async (kind) => {
    const request = fetchWith({ proxy: urlOf(kind, 'me:pass%20word@'), tls: { ca: cert } })
    expect(await text(request, plainUrl())).toBe('forwarded')
    expect(await text(request, plainUrl())).toBe('forwarded')
    expect(proxies[kind].lines).toEqual(Array(2).fill(`POST ${plainUrl()} ${BASIC}`))
  })

  it.each([
    ['refuses', 'HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n'],
    ['speaks into the tunnel', 'HTTP/1.1 200 OK\r\n\r\nhello'],
    ['answers garbage', 'garbage\r\n\r\n'],
    ['closes', 'HTTP/1.1 200'],
  ])('that %s: nothing was sent, and no credentials are shown', async (_name, refusal) => {
    proxies.http.refuse = refusal
    const error = await failureOf(text(fetchWith({ proxy: urlOf('http', 'me:hidden@'), tls: { ca: cert } }), secureUrl()))
    expect(error.code).toBe('WAMUX_NOT_SENT')
    expect(isConnectFailure(error)).toBe(true)
    expect(`${error.message}${error.stack}${JSON.stringify(error.cause)}`).not.toMatch(/hidden|bWU6aGlkZGVu/)
    expect(seen).toHaveLength(0)
  })

  it('that tunnels to a wrong certificate', async () => {
    const error = await failureOf(text(fetchWith({ proxy: urlOf('http') }), secureUrl()))
    expect([error.code, isConnectFailure(error)]).toEqual(['WAMUX_NOT_SENT', true])
    expect(seen).toHaveLength(0)
  })

  it('that is not there', async () => {
    const gone = await listening(createServer())
    const port = portOf(gone)
    gone.close()
    for (const url of [plainUrl(), secureUrl()]) {
      expect((await failureOf(text(fetchWith({ proxy: `http://127.0.0.1:${port}` }), url))).code).toBe('WAMUX_NOT_SENT')
    }
  })

  it.each(['socks5://me:hidden@127.0.0.1:1', 'nothing hidden', ''])('%j is refused without being shown', (proxy) => {
    expect(() => createNodeFetch({ proxy })).toThrow(/^(?!.*hidden)/)
  })
})
