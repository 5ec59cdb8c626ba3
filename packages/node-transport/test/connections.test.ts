import { isConnectFailure } from '@wamux/core/transport'
import { afterEach, describe, expect, it } from 'vitest'
import { createNodeFetch, type NodeFetch, type NodeFetchOptions } from '../src/index.ts'
import { answering, failureOf, init, onRequest, pause, type RawServer, rawServer, reply, until } from './raw-server.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
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

const text = async (request: NodeFetch, url: string) => (await request(url, init({ method: 'POST', body: '{}' }))).text()

/** Keeps the event loop from seeing anything. */
function block(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

describe('kept connections', () => {
  it('are used again, one request at a time', async () => {
    const server = await served(answering((_request, number) => reply(String(number))))
    const request = fetchWith()
    for (const number of ['0', '1', '2', '3']) expect(await text(request, server.url)).toBe(number)
    expect(server.sockets).toHaveLength(1)
  })

  it.each([
    ['gzip', ['content-encoding: gzip', 'x-a: b'], ''],
    ['an error', [], 'no'],
  ])('are used again after %s', async (_name, fields, body) => {
    const server = await served(answering(reply(body, fields, '500 No')))
    const request = fetchWith()
    for (let time = 0; time < 3; time++) expect(await text(request, server.url)).toBe(body)
    expect(server.sockets).toHaveLength(1)
  })

  it.each<[string, (url: string, request: NodeFetch) => Promise<unknown>, string]>([
    ['HEAD', (url, request) => request(url, init({ method: 'HEAD' })), 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'],
    ['204', (url, request) => request(url, init()), 'HTTP/1.1 204 No\r\n\r\n'],
    ['205 with a body', (url, request) => request(url, init()), reply('x', [], '205 No')],
  ])('are free after %s without anyone reading', async (_name, call, answer) => {
    const server = await served(answering(answer))
    const request = fetchWith()
    for (let time = 0; time < 3; time++) {
      await call(server.url, request)
      await pause(5)
    }
    expect(server.sockets).toHaveLength(1)
  })

  it('are given up after a while', async () => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith({ keepAliveMs: 40 })
    await text(request, server.url)
    await until(() => server.sockets[0]?.destroyed === true)
    await text(request, server.url)
    expect(server.sockets).toHaveLength(2)
  })

  it('are not used after their time, even when nobody had the time to close them', async () => {
    const server = await served(answering(reply('{}')))
    const request = fetchWith({ keepAliveMs: 40 })
    await text(request, server.url)
    block(60)
    await text(request, server.url)
    expect(server.sockets).toHaveLength(2)
  })

  it.each([
    ['connection: close', 2],
    ['keep-alive: timeout=1', 2],
    ['keep-alive: timeout=5, max=100', 1],
  ])('follow the server: %s', async (field, connections) => {
    const server = await served(answering(reply('{}', [field])))
    const request = fetchWith()
    await text(request, server.url)
    await text(request, server.url)
    expect(server.sockets).toHaveLength(connections)
  })

  it('that the server closed are not used', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => socket.end(reply('{}')))))
    const request = fetchWith()
    for (let time = 1; time < 5; time++) {
      await text(request, server.url)
      await until(() => server.sockets.every((socket) => socket.destroyed))
      expect(server.sockets).toHaveLength(time)
    }
  })

  it('that the server closes just now make the outcome unknown, and nothing is repeated', async () => {
    const server = await served(
      rawServer((socket) =>
        onRequest(socket, (_request, number) => {
          socket.write(reply('{}'))
          // after the first answer has been taken, before the second request can be seen
          if (number === 0) setTimeout(() => socket.resetAndDestroy(), 20)
        }),
      ),
    )
    const request = fetchWith()
    await text(request, server.url)
    const running = pause(19)
      .then(() => block(10))
      .then(() => text(request, server.url))
    const ended = await running.then(
      () => 'answered',
      (error) => isConnectFailure(error),
    )
    // which of them it is depends on the moment; "not sent" only when the system took nothing of it
    expect(['answered', true, false]).toContain(ended)
    expect(server.requests.length).toBeLessThanOrEqual(ended === true ? 1 : 2)
  })

  it('on which something came that nobody asked for are not used', async () => {
    const server = await served(
      rawServer((socket) =>
        onRequest(socket, () => {
          socket.write(reply('mine'))
          setTimeout(() => socket.write(reply('of somebody else')), 15)
        }),
      ),
    )
    const request = fetchWith()
    expect(await text(request, server.url)).toBe('mine')
    await pause(40)
    expect(await text(request, server.url)).toBe('mine')
    expect(server.sockets).toHaveLength(2)
  })

  it('are not kept when the answer came before the request was read', async () => {
    const server = await served(rawServer((socket) => socket.once('data', () => socket.pause().write(reply('too large', [], '413 No')))))
    const request = fetchWith()
    const answer = await request(server.url, init({ method: 'POST', body: 'x'.repeat(20_000_000) }))
    expect([answer.status, await answer.text()]).toEqual([413, 'too large'])
    await text(request, server.url)
    expect(server.sockets).toHaveLength(2)
  })

  it('belong to one origin', async () => {
    const [one, two] = [await served(answering(reply('one'))), await served(answering(reply('two')))]
    const request = fetchWith()
    for (let time = 0; time < 2; time++) expect([await text(request, one.url), await text(request, two.url)]).toEqual(['one', 'two'])
    expect([one.sockets.length, two.sockets.length]).toEqual([1, 1])
  })

  it.each([
    ['in capitals', (server: RawServer) => `HTTP://127.0.0.1:${server.port}`],
    ['of IPv6', (server: RawServer) => `http://[0:0:0:0:0:0:0:1]:${server.port}`],
  ])('are found for a host %s', async (name, urlOf) => {
    const server = await served(
      rawServer((socket) => onRequest(socket, () => void socket.write(reply('{}'))), name.includes('IPv6') ? '::1' : '127.0.0.1'),
    )
    const request = fetchWith()
    for (let time = 0; time < 3; time++) expect(await text(request, `${urlOf(server)}/a`)).toBe('{}')
    expect(await text(request, `${server.url}/a`)).toBe('{}')
    expect(server.sockets).toHaveLength(1)
    expect(server.requests[0]).toContain(`host: ${new URL(server.url).host}\r\n`)
  })
})

describe('the number of connections', () => {
  it('is bounded, and what waits is served in turn', async () => {
    let most = 0
    let now = 0
    const server = await served(
      rawServer((socket) =>
        onRequest(socket, async (request) => {
          most = Math.max(most, ++now)
          await pause(5)
          now--
          socket.write(reply(request.split(' ')[1] ?? ''))
        }),
      ),
    )
    const request = fetchWith({ maxSockets: 3 })
    const numbers = Array.from({ length: 20 }, (_, number) => `/${number}`)
    expect(await Promise.all(numbers.map((path) => text(request, server.url + path)))).toEqual(numbers)
    expect(most).toBe(3)
    expect(server.sockets).toHaveLength(3)
  })

  it('is refilled when connections end', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => socket.end(reply('{}', ['connection: close'])))))
    const request = fetchWith({ maxSockets: 2 })
    expect(await Promise.all(Array.from({ length: 8 }, () => text(request, server.url)))).toHaveLength(8)
    expect(server.sockets).toHaveLength(8)
  })

  it('fails each request that waits for a server that is gone', async () => {
    const server = await rawServer(() => {})
    await server.close()
    const request = fetchWith({ maxSockets: 2 })
    const errors = await Promise.all(Array.from({ length: 9 }, () => failureOf(text(request, server.url))))
    expect(errors.map((error) => error.code)).toEqual(Array(9).fill('WAMUX_NOT_SENT'))
  })
})

describe('close', () => {
  it('lets running and waiting requests end, and closes everything', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => setTimeout(() => socket.write(reply('done')), 30))))
    const request = fetchWith({ maxSockets: 1 })
    const running = [text(request, server.url), text(request, server.url)]
    await until(() => server.requests.length === 1)
    const closing = request.close()
    expect(request.close()).toBe(closing)
    expect((await failureOf(request(server.url, init()))).code).toBe('WAMUX_NOT_SENT')
    expect(await Promise.all(running)).toEqual(['done', 'done'])
    await closing
    await until(() => server.sockets.every((socket) => socket.destroyed))
  })

  it('is done at once when nothing is open', async () => {
    await createNodeFetch().close()
  })
})
