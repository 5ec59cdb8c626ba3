import { getEventListeners } from 'node:events'
import { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import { causeCode, isConnectFailure } from '@wamux/core/transport'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createNodeFetch, type NodeFetch, type NodeFetchOptions } from '../src/index.ts'
import { answering, failureOf, init, onRequest, pause, type RawServer, rawServer, reply, until } from './raw-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  for (const one of open.splice(0).reverse()) await one.close()
})

function fetchWith(options: NodeFetchOptions = {}): NodeFetch {
  const made = createNodeFetch(options)
  open.push(made)
  return made
}

async function served(making: Promise<RawServer>): Promise<RawServer> {
  const server = await making
  open.push(server)
  return server
}

const POST = { method: 'POST', body: '{"text":"hi"}' } as const

describe('certainly not sent', () => {
  it.each([
    ['refused', async () => (await closedServer()).url],
    ['no such host', async () => 'http://nowhere.invalid/'],
  ])('%s', async (_name, url) => {
    const error = await failureOf(fetchWith()(await url(), init(POST)))
    expect(error.code).toBe('WAMUX_NOT_SENT')
    expect(isConnectFailure(error)).toBe(true)
    expect(causeCode(error)).toMatch(/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/)
  })

  it('no connection in time', async () => {
    const server = await served(rawServer((socket) => void socket.resume()))
    const start = performance.now()
    // a server that never answers the TLS handshake
    const error = await failureOf(fetchWith({ connectTimeoutMs: 60 })(server.url.replace('http', 'https'), init(POST)))
    expect(error.code).toBe('WAMUX_CONNECT_TIMEOUT')
    expect(isConnectFailure(error)).toBe(true)
    expect(performance.now() - start).toBeLessThan(5_000)
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it('the connection was gone before a byte was written', async () => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith()
    await (await request(server.url, init(POST))).text()
    const { onSocket } = ClientRequest.prototype
    vi.spyOn(ClientRequest.prototype, 'onSocket').mockImplementationOnce(function (this: ClientRequest, socket: Socket) {
      socket.destroy()
      onSocket.call(this, socket)
    })
    const error = await failureOf(request(server.url, init(POST)))
    expect(error.code).toBe('WAMUX_NOT_SENT')
    expect(isConnectFailure(error)).toBe(true)
    expect(server.requests).toHaveLength(1)
  })

  it('a body that failed before its first byte', async () => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith()
    await (await request(server.url, init(POST))).text()
    const body = new ReadableStream({ pull: () => Promise.reject(new Error('no such file')) })
    const error = await failureOf(request(server.url, init({ method: 'POST', body })))
    expect(error).toMatchObject({ code: 'WAMUX_NOT_SENT', message: expect.stringContaining('no such file') })
    expect(server.requests).toHaveLength(1)
  })

  it.each([
    ['a closed transport', {}, async (request: NodeFetch) => request.close()],
    ['the method CONNECT', { method: 'CONNECT' }],
    ['a framing header', { headers: { 'transfer-encoding': 'chunked' } }],
    ['expect', { headers: { expect: '100-continue' } }],
    ["a length that is not the body's", { ...POST, headers: { 'content-length': '3' } }],
    ['a line break in a header', { headers: { 'x-a': 'a\r\nx-b: c' } }],
    ['a line break behind a header', { headers: { 'x-a': 'a\r\n' } }],
    ['a header that is no name', { headers: { 'x a': 'a' } }],
    ['a body of another kind', { method: 'POST', body: { a: 1 } as unknown as string }],
  ])('%s', async (_name, part, before?: (request: NodeFetch) => Promise<void>) => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith()
    await before?.(request)
    const error = await failureOf(request(server.url, init(part)))
    expect(error.code).toBe('WAMUX_NOT_SENT')
    expect(server.sockets).toHaveLength(0)
  })

  it.each([
    'http://a\r\nb/',
    'http://127.0.0.1/a\nb',
    'http://me:hidden@127.0.0.1/',
    'file:///etc/passwd',
    'nothing',
    'http://127.0.0.1:99999/',
  ])('the URL %j, and it is not shown', async (url) => {
    const error = await failureOf(fetchWith()(url, init()))
    expect([error.code, causeCode(error)]).toEqual(['WAMUX_NOT_SENT', 'ERR_INVALID_URL'])
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`).not.toMatch(/hidden|passwd/)
  })
})

describe('perhaps sent', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['closed after the request', (socket) => socket.destroy(), /ECONNRESET/],
    ['reset after the request', (socket) => socket.resetAndDestroy(), /ECONNRESET|EPIPE/],
    ['garbage', (socket) => void socket.write('garbage\r\n\r\n'), /HPE_/],
    ['cut within the head', (socket) => socket.end('HTTP/1.1 200 OK\r\nx'), /ECONNRESET|HPE_/],
    [
      '101',
      (socket) => void socket.write('HTTP/1.1 101 Yes\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      /WAMUX_CONNECTION_LOST|ECONNRESET/,
    ],
  ])('%s', async (_name, answer, code) => {
    const server = await served(rawServer((socket) => onRequest(socket, () => answer(socket))))
    const error = await failureOf(fetchWith()(server.url, init(POST)))
    expect(error.code).toMatch(code)
    expect(isConnectFailure(error)).toBe(false)
    // and it is never tried again
    await pause(20)
    expect(server.requests).toHaveLength(1)
  })

  it('shows nothing of an answer that cannot be parsed', async () => {
    const server = await served(answering('HTTP/1.1 200 OK\r\nx-secret\x01: hidden-value\r\n\r\n'))
    const error = await failureOf(fetchWith()(server.url, init(POST)))
    expect(`${error.message}${JSON.stringify({ ...error })}${JSON.stringify(error.cause)}`).not.toContain('hidden-value')
  })

  it('a code for an unreachable host, from a connection that was up', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => {})))
    const { onSocket } = ClientRequest.prototype
    let client: Socket | undefined
    vi.spyOn(ClientRequest.prototype, 'onSocket').mockImplementationOnce(function (this: ClientRequest, socket: Socket) {
      client = socket
      onSocket.call(this, socket)
    })
    const running = failureOf(fetchWith()(server.url, init(POST)))
    await until(() => server.requests.length === 1)
    // what Linux reports when the way to the server is lost while the answer is awaited
    client?.destroy(Object.assign(new Error('read EHOSTUNREACH'), { code: 'EHOSTUNREACH', syscall: 'read' }))
    const error = await running
    expect(error.code).toBe('EHOSTUNREACH')
    expect(isConnectFailure(error)).toBe(false)
  })

  it('a body that failed later', async () => {
    const server = await served(answering(reply('{}')))
    let pulls = 0
    const body = new ReadableStream({
      async pull(controller) {
        if (pulls++ > 0) throw new Error('unreadable')
        controller.enqueue(new Uint8Array(10))
        await pause(30)
      },
    })
    const error = await failureOf(fetchWith()(server.url, init({ method: 'POST', body })))
    expect(isConnectFailure(error)).toBe(false)
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it.each([
    ['longer', 5],
    ['shorter', 50],
  ])('a stream %s than its length, which is no second request', async (_name, length) => {
    const server = await served(answering(reply('{}')))
    const body = new Blob(['0123456789', 'POST / HTTP/1.1\r\n\r\n']).stream()
    const headers = { 'content-length': String(length) }
    const error = await failureOf(fetchWith()(server.url, init({ method: 'POST', headers, body })))
    expect(error.message).toContain('content-length')
    await until(() => server.sockets.every((socket) => socket.destroyed))
    expect(server.requests).toHaveLength(0)
  })

  it('no answer began in time', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => {})))
    const start = performance.now()
    const error = await failureOf(fetchWith({ headersTimeoutMs: 60 })(server.url, init(POST)))
    expect(error.code).toBe('WAMUX_HEADERS_TIMEOUT')
    expect(isConnectFailure(error)).toBe(false)
    expect(performance.now() - start).toBeGreaterThan(55)
    await until(() => server.sockets[0]?.destroyed === true)
  })
})

describe('silence within a body', () => {
  const start = 'HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n1234'

  it.each<[string, (answer: Awaited<ReturnType<NodeFetch>>) => Promise<unknown>]>([
    ['text', (answer) => answer.text()],
    ['readAll', (answer) => answer.readAll(100)],
    ['a stream', (answer) => new Response(answer.body).text()],
  ])('ends %s', async (_name, read) => {
    const server = await served(answering(start))
    const answer = await fetchWith({ bodyIdleTimeoutMs: 60 })(server.url, init())
    const error = await failureOf(read(answer))
    expect(error.code).toBe('WAMUX_BODY_IDLE_TIMEOUT')
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it('ends an answer that nobody reads', async () => {
    const server = await served(answering(start))
    await fetchWith({ bodyIdleTimeoutMs: 60 })(server.url, init())
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it('is none while bytes drip', async () => {
    const server = await served(
      rawServer((socket) =>
        onRequest(socket, async () => {
          socket.write(start.slice(0, -4))
          for (const digit of '12345678') {
            await pause(50)
            socket.write(digit)
          }
        }),
      ),
    )
    expect(await (await fetchWith({ bodyIdleTimeoutMs: 300 })(server.url, init())).text()).toBe('12345678')
  })

  it('is none while the reader takes its time', async () => {
    const server = await served(answering(`HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n${'x'.repeat(1_000_000)}`))
    const answer = await fetchWith({ bodyIdleTimeoutMs: 60 })(server.url, init())
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    let size = (await reader.read()).value?.length ?? 0
    await pause(200)
    for (let part = await reader.read(); !part.done; part = await reader.read()) size += part.value.length
    expect(size).toBe(1_000_000)
  })
})

// a busy machine may take longer once
describe('abort', { retry: 2 }, () => {
  const stalled = () =>
    served(rawServer((socket) => onRequest(socket, () => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1'))))
  const silent = () => served(rawServer((socket) => onRequest(socket, () => {})))

  it.each<[string, () => Promise<RawServer>, (url: string) => string, number, boolean]>([
    ['before the call', silent, (url) => url, -1, true],
    ['right after the call', silent, (url) => url, 0, true],
    ['in the TLS handshake', () => served(rawServer((socket) => void socket.resume())), (url) => url.replace('http', 'https'), 40, true],
    ['while the answer is awaited', silent, (url) => url, 40, false],
  ])('%s', async (_name, serve, urlOf, after, unsent) => {
    const server = await serve()
    const controller = new AbortController()
    if (after < 0) controller.abort()
    const running = failureOf(fetchWith()(urlOf(server.url), init({ ...POST, signal: controller.signal })))
    if (after > 0) await pause(after)
    const start = performance.now()
    controller.abort()
    const error = await running
    expect(performance.now() - start).toBeLessThan(5_000)
    expect(error.name).toBe('AbortError')
    expect(isConnectFailure(error)).toBe(unsent)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
    await until(() => server.sockets.every((socket) => socket.destroyed))
    expect(server.requests).toHaveLength(unsent ? 0 : 1)
  })

  it('while it waits for a free connection', async () => {
    const server = await silent()
    const request = fetchWith({ maxSockets: 1 })
    const first = new AbortController()
    const running = failureOf(request(server.url, init({ signal: first.signal })))
    await until(() => server.requests.length === 1)
    const controller = new AbortController()
    const waiting = failureOf(request(server.url, init({ ...POST, signal: controller.signal })))
    await pause(20)
    controller.abort()
    expect(isConnectFailure(await waiting)).toBe(true)
    expect(server.requests).toHaveLength(1)
    first.abort()
    await running
  })

  it('right after the call leaves a kept connection usable', async () => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith()
    await (await request(server.url, init())).text()
    const controller = new AbortController()
    const running = failureOf(request(server.url, init({ ...POST, signal: controller.signal })))
    controller.abort(new Error('changed my mind'))
    const error = await running
    expect([error.code, error.message]).toEqual(['WAMUX_NOT_SENT', expect.stringContaining('changed my mind')])
    await pause(1)
    await (await request(server.url, init())).text()
    expect(server.sockets).toHaveLength(1)
    expect(server.requests).toHaveLength(2)
  })

  it.each<[string, (answer: Awaited<ReturnType<NodeFetch>>) => Promise<unknown>]>([
    ['text', (answer) => answer.text()],
    ['a stream', (answer) => new Response(answer.body).text()],
  ])('within the body that is read as %s', async (_name, read) => {
    const server = await stalled()
    const controller = new AbortController()
    const answer = await fetchWith()(server.url, init({ signal: controller.signal }))
    const running = failureOf(read(answer))
    await pause(20)
    const start = performance.now()
    controller.abort()
    expect((await running).name).toBe('AbortError')
    expect(performance.now() - start).toBeLessThan(5_000)
    await until(() => server.sockets[0]?.destroyed === true)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0)
  })

  it('while a body is sent', async () => {
    const server = await served(rawServer((socket) => void socket.pause()))
    const controller = new AbortController()
    let cancelled = false
    const body = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(65_536)),
      cancel: () => {
        cancelled = true
      },
    })
    const running = failureOf(fetchWith()(server.url, init({ method: 'POST', body, signal: controller.signal })))
    await pause(60)
    const start = performance.now()
    controller.abort()
    expect((await running).name).toBe('AbortError')
    expect(performance.now() - start).toBeLessThan(5_000)
    await until(() => cancelled)
  })

  it('leaves nothing on a signal that lives on', async () => {
    const server = await served(answering(reply('{}')))
    const { signal } = new AbortController()
    const request = fetchWith()
    for (let time = 0; time < 20; time++) await (await request(server.url, init({ signal }))).text()
    expect(getEventListeners(signal, 'abort')).toHaveLength(0)
  })
})

async function closedServer(): Promise<RawServer> {
  const server = await rawServer(() => {})
  await server.close()
  return server
}
