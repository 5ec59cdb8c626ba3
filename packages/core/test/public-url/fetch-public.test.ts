import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FetchPublicOptions, fetchPublic, type PublicLookup, refusePrivate } from '../../src/public-url/index.ts'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/test-only.${name}.pem`, import.meta.url), 'utf8')
const ca = fixture('cert')

type Answer = (request: IncomingMessage, response: ServerResponse) => void
let answer: Answer = (_, response) => void response.end()
const seen: { secure: boolean; host: string | undefined; url: string | undefined; headers: IncomingMessage['headers'] }[] = []
let open = 0

const handler = (secure: boolean) => (request: IncomingMessage, response: ServerResponse) => {
  seen.push({ secure, host: request.headers.host, url: request.url, headers: request.headers })
  answer(request, response)
}
const plain = createServer(handler(false))
const secure = createTlsServer({ key: fixture('key'), cert: ca }, handler(true))
const portOf = (server: Server) => (server.address() as AddressInfo).port
const listening = (server: Server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
beforeAll(async () => {
  for (const server of [plain, secure]) {
    await listening(server)
    server.on('connection', (socket) => {
      open++
      socket.on('close', () => open--)
    })
  }
})
afterAll(() => {
  for (const server of [plain, secure]) server.close()
})

/** Names that lead to the servers of this test; the rules are those of wamux, but for 127.0.0.1. */
const lookup: PublicLookup = async (host) => [{ address: host.startsWith('private') ? '10.0.0.1' : '127.0.0.1', family: 4 }]
const checkAddress = (address: string) => (address === '127.0.0.1' ? undefined : refusePrivate(address))
const http = (path = '/', host = 'media.test') => `http://${host}:${portOf(plain)}${path}`
const https = (path = '/', host = 'gateway.test') => `https://${host}:${portOf(secure)}${path}`

function get(url: string, reply: Answer, options: FetchPublicOptions = {}) {
  answer = reply
  seen.length = 0
  return fetchPublic(url, { lookup, checkAddress, allowHttp: true, ca, ...options })
}

const picture: Answer = (_, response) => void response.writeHead(200, { 'content-type': 'Image/PNG; q=1' }).end(Buffer.from([1, 2, 3]))
const to =
  (...places: string[]): Answer =>
  (request, response) => {
    const place = places[Number(new URL(request.url ?? '', 'http://a').pathname.slice(1) || 0)]
    if (place === undefined) picture(request, response)
    else response.writeHead(302, { location: place }).end('elsewhere')
  }

async function closed() {
  const until = performance.now() + 2_000
  while (open > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 2))
  return open
}

describe('fetchPublic', () => {
  it('gives a file, and sends nothing that says who asks', async () => {
    const file = await get(http('/a?b=c#d'), picture)
    expect(file).toEqual({ url: http('/a?b=c#d'), contentType: 'image/png', data: new Uint8Array([1, 2, 3]) })
    expect(file.data.constructor).toBe(Uint8Array)
    const { host, ...headers } = seen[0]?.headers ?? {}
    expect(seen[0]).toMatchObject({ url: '/a?b=c', host: `media.test:${portOf(plain)}` })
    expect(headers).toEqual({ accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'wamux', connection: 'close' })
    expect(await closed()).toBe(0)
  })

  it('checks the certificate against the name, not the address', async () => {
    await expect(get(https(), picture)).resolves.toMatchObject({ contentType: 'image/png' })
    await expect(get(https('/', 'other.test'), picture)).rejects.toMatchObject({ kind: 'network', code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    expect(seen).toHaveLength(0)
  })

  it('connects to what was checked, whatever the name says a moment later', async () => {
    let asked = 0
    const rebinding: PublicLookup = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]
    await expect(get(http('/', 'rebinding.invalid'), picture, { lookup: rebinding })).resolves.toBeDefined()
    expect(asked).toBe(1)
    // asked anew for the next call, and refused there
    await expect(get(http('/', 'rebinding.invalid'), picture, { lookup: rebinding })).rejects.toMatchObject({ kind: 'invalid_request' })
    expect(seen).toHaveLength(0)
  })

  it('has a next address when the first does not answer', async () => {
    const two: PublicLookup = async () => [
      { address: '127.0.0.2', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ]
    await expect(get(http(), picture, { lookup: two, checkAddress: () => undefined })).resolves.toBeDefined()
  })

  it('refuses loopback by its own rules', async () => {
    const { checkAddress: _, ...own } = { lookup, checkAddress, allowHttp: true }
    seen.length = 0
    for (const url of [http(), http('/', '127.0.0.1')]) {
      await expect(fetchPublic(url, own)).rejects.toMatchObject({ kind: 'invalid_request', field: 'url' })
    }
    expect(seen).toHaveLength(0)
  })

  it('follows three redirects and no more', async () => {
    const file = await get(http('/0'), to('/1', http('/2', 'other.test'), https('/3')))
    expect(file.url).toBe(https('/3'))
    expect(seen.map(({ secure, host }) => `${secure} ${host?.split(':')[0]}`)).toEqual([
      'false media.test',
      'false media.test',
      'false other.test',
      'true gateway.test',
    ])
    await expect(get(http('/0'), to('/1', '/2', '/3', '/4'))).rejects.toMatchObject({ kind: 'bad_response' })
    expect(seen).toHaveLength(4)
    expect(await closed()).toBe(0)
  })

  it('checks every redirect like the first link', async () => {
    const bad = [
      'http://169.254.169.254/latest',
      'http://private.test/',
      'http://2130706434/',
      'file:///etc/passwd',
      'http://a:b@media.test/',
      'http://localhost/',
    ]
    for (const place of bad) {
      await expect(get(http('/0'), to(place))).rejects.toMatchObject({ kind: 'invalid_request', field: 'url' })
      expect(seen).toHaveLength(1)
    }
    await expect(get(https('/0'), to(http('/1')))).rejects.toMatchObject({
      kind: 'invalid_request',
      message: expect.stringContaining('https to http'),
    })
    expect(seen).toHaveLength(1)
    const nowhere: Answer = (_, response) => void response.writeHead(307).end()
    await expect(get(http(), nowhere)).rejects.toMatchObject({ kind: 'bad_response', status: 307 })
  })

  it('stops at the size allowed, declared or not', async () => {
    const declared: Answer = (_, response) => void response.writeHead(200, { 'content-length': 1_000_000 }).flushHeaders()
    await expect(get(http(), declared, { maxBytes: 10 })).rejects.toMatchObject({ kind: 'bad_response', status: 200 })
    let written = 0
    const endless: Answer = (_, response) => {
      const more = () => {
        written++
        if (!response.destroyed) response.write(Buffer.alloc(65_536), more)
      }
      more()
    }
    await expect(get(http(), endless, { maxBytes: 100_000 })).rejects.toMatchObject({ kind: 'bad_response' })
    expect(await closed()).toBe(0)
    expect(written).toBeLessThan(1_000)
    const exact: Answer = (_, response) => void response.end(Buffer.alloc(10))
    expect((await get(http(), exact, { maxBytes: 10 })).data).toHaveLength(10)
  })

  it('takes only the media types asked for', async () => {
    const contentTypes = ['application/pdf', 'IMAGE/*']
    await expect(get(http(), picture, { contentTypes })).resolves.toBeDefined()
    const page: Answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
    await expect(get(http(), page, { contentTypes })).rejects.toMatchObject({ kind: 'bad_response', status: 200 })
    await expect(get(http(), (_, response) => void response.end('x'), { contentTypes })).rejects.toMatchObject({ kind: 'bad_response' })
  })

  it('refuses failures, compressed bodies and what is no HTTP', async () => {
    await expect(get(http(), (_, response) => void response.writeHead(404).end())).rejects.toMatchObject({
      kind: 'bad_response',
      status: 404,
    })
    const zipped: Answer = (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')
    await expect(get(http(), zipped)).rejects.toMatchObject({ kind: 'bad_response' })
    const noise: Answer = ({ socket }) => void socket.end('SSH-2.0-OpenSSH\r\n')
    await expect(get(http(), noise)).rejects.toMatchObject({ kind: 'bad_response', code: expect.stringMatching(/^HPE_/) })
  })

  it('tells of broken connections', async () => {
    const hangUp: Answer = ({ socket }) => void socket.destroy()
    await expect(get(http(), hangUp)).rejects.toMatchObject({ kind: 'network', code: 'ECONNRESET', retryable: true })
    const cut: Answer = ({ socket }, response) => {
      response.writeHead(200, { 'content-length': 10 }).write('abc', () => socket.destroy())
    }
    await expect(get(http(), cut)).rejects.toMatchObject({ kind: 'network' })
    const nobody = createServer()
    await listening(nobody)
    const port = portOf(nobody)
    await new Promise((resolve) => nobody.close(resolve))
    await expect(get(`http://media.test:${port}/`, picture)).rejects.toMatchObject({ kind: 'network', code: 'ECONNREFUSED' })
  })

  it('ends in time at every stage', async () => {
    const never: PublicLookup = () => new Promise(() => undefined)
    const silent: Answer = () => undefined
    const dripping: Answer = (_, response) => {
      const timer = setInterval(() => response.write('.'), 5)
      response.on('close', () => clearInterval(timer))
    }
    const late = { kind: 'timeout', field: 'url', retryable: true }
    await expect(get(http(), silent, { lookup: never, timeoutMs: 30 })).rejects.toMatchObject(late)
    await expect(get(http(), silent, { timeoutMs: 30 })).rejects.toMatchObject(late)
    await expect(get(http(), dripping, { timeoutMs: 60 })).rejects.toMatchObject(late)
    expect(await closed()).toBe(0)
  })

  it('ends when the caller aborts', async () => {
    const controller = new AbortController()
    const started = get(http(), () => controller.abort(), { signal: controller.signal })
    await expect(started).rejects.toMatchObject({ kind: 'aborted' })
    expect(await closed()).toBe(0)
    await expect(get(http(), picture, { signal: controller.signal })).rejects.toMatchObject({ kind: 'aborted' })
    expect(seen).toHaveLength(0)
  })

  it('uses the clock it is given', async () => {
    let fire: (() => void) | undefined
    const clock = {
      now: () => 0,
      after(_ms: number, callback: () => void) {
        fire = callback
        return () => undefined
      },
    }
    await expect(get(http(), () => fire?.(), { clock })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('shows no link in what it throws', async () => {
    const error = await get(http('/path-canary?token=canary'), (_, response) => void response.writeHead(500).end('canary')).catch(
      (one) => one,
    )
    expect(JSON.stringify(error) + error.stack + String(error.cause)).not.toContain('canary')
  })
})
