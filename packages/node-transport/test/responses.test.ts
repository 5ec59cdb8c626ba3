import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { createNodeFetch, type NodeFetchResponse } from '../src/index.ts'
import { answering, failureOf, init, onRequest, pause, type RawServer, rawServer, reply, until } from './raw-server.ts'

const request = createNodeFetch()
const small = createNodeFetch({ maxBodyBytes: 1_000 })
const servers: RawServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})
afterAll(() => Promise.all([request.close(), small.close()]))

async function served(making: Promise<RawServer>): Promise<RawServer> {
  const server = await making
  servers.push(server)
  return server
}

async function answerTo(text: string | Buffer, fetch: typeof request = request): Promise<NodeFetchResponse> {
  return fetch((await served(answering(text))).url, init())
}

/** An answer whose body comes in two parts, some time apart. */
async function inTwoParts(body: Buffer, fields: readonly string[] = []): Promise<NodeFetchResponse> {
  const head = ['HTTP/1.1 200 OK', `content-length: ${body.length}`, ...fields, '', ''].join('\r\n')
  const half = body.length >> 1
  const server = await served(
    rawServer((socket) =>
      onRequest(socket, async () => {
        socket.write(Buffer.concat([Buffer.from(head), body.subarray(0, half)]))
        await pause(20)
        socket.write(body.subarray(half))
      }),
    ),
  )
  return request(server.url, init())
}

const READERS: [string, (answer: NodeFetchResponse) => Promise<string>][] = [
  ['text', (answer) => answer.text()],
  ['arrayBuffer', async (answer) => new TextDecoder().decode(await answer.arrayBuffer())],
  ['readAll', async (answer) => String(await answer.readAll(1e9))],
  ['body', (answer) => new Response(answer.body).text()],
]
const TEXT = 'häuser '.repeat(5_000)

describe.each(READERS)('%s', (name, read) => {
  it('gives a body that came with the head', async () => {
    expect(await read(await answerTo(reply('häuser', ['content-type: text/plain'])))).toBe('häuser')
  })

  it('gives a body that comes later', async () => {
    expect(await read(await inTwoParts(Buffer.from(TEXT), ['content-type: text/plain']))).toBe(TEXT)
  })

  it.each([
    ['gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
  ])('undoes %s', async (coding, body) => {
    expect(await read(await inTwoParts(body, [`content-encoding: ${coding}`, 'content-type: text/plain']))).toBe(TEXT)
  })

  it('can be called once', async () => {
    const answer = await answerTo(reply('{}'))
    await read(answer)
    await expect(name === 'body' ? answer.text() : read(answer)).rejects.toThrow(TypeError)
  })

  it.each([
    ['declared', reply('x'.repeat(1_001))],
    ['in chunks', `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3e9\r\n${'x'.repeat(1_001)}\r\n0\r\n\r\n`],
    ['endless', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(200_000)}`],
    ['declared, still to come', `HTTP/1.1 200 OK\r\ncontent-length: 2000\r\n\r\n`],
    ['a bomb', Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), gzipSync(Buffer.alloc(5_000_000))])],
  ])('fails for too much: %s', async (kind, text) => {
    if (name === 'body' && kind === 'declared, still to come') return
    const server = await served(answering(text))
    const error = await failureOf(read(await small(server.url, init())))
    expect(error.code).toBe('WAMUX_BODY_TOO_LARGE')
    if (!kind.startsWith('declared') && kind !== 'in chunks') await until(() => server.sockets[0]?.destroyed === true)
  })

  it('fails for a body that is cut', async () => {
    const server = await served(rawServer((socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1'))))
    expect((await failureOf(read(await request(server.url, init())))).code).toBe('ECONNRESET')
  })

  it('fails for what is not compressed as it says', async () => {
    const error = await failureOf(read(await answerTo(reply('plain', ['content-encoding: gzip']))))
    expect(error).toMatchObject({ code: 'Z_DATA_ERROR', message: 'the answer cannot be decompressed' })
  })
})

describe('readAll', () => {
  it('gives bytes for a file, also where the type says text', async () => {
    const answer = await answerTo(reply('abc', ['content-type: text/plain']))
    expect(await answer.readAll(3, true)).toEqual(new TextEncoder().encode('abc'))
  })

  it.each([
    ['application/json', 'string'],
    ['text/plain; charset=utf-8', 'string'],
    ['image/png', 'object'],
    ['', 'object'],
  ])('gives text or bytes by the content type %j', async (type, kind) => {
    const body = await (await answerTo(reply('abc', [`content-type: ${type}`]))).readAll(3)
    expect(typeof body).toBe(kind)
    expect(body).toHaveLength(3)
  })

  it('has a limit of its own', async () => {
    expect((await failureOf((await answerTo(reply('abcd'))).readAll(3))).code).toBe('WAMUX_BODY_TOO_LARGE')
  })
})

describe('an answer', () => {
  it('joins repeated headers and finds them in any spelling', async () => {
    const { headers } = await answerTo(reply('', ['X-A: one', 'x-a: two', 'Set-Cookie: a=1', 'set-cookie: b=2']))
    expect(['x-a', 'X-A', 'set-cookie', 'x-b'].map((name) => headers.get(name))).toEqual(['one, two', 'one, two', 'a=1, b=2', null])
  })

  it('has no body where there can be none', async () => {
    const server = await served(answering('HTTP/1.1 304 Not Modified\r\n\r\n'))
    const answer = await request(server.url, init())
    expect([answer.body, await answer.text()]).toEqual([null, ''])
    const head = await request((await served(answering('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n'))).url, init({ method: 'HEAD' }))
    expect([head.body, await head.readAll(3), head.headers.get('content-length')]).toEqual([null, new Uint8Array(), '5'])
  })

  it('lets go of the connection when its body is not wanted', async () => {
    const server = await served(answering('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nx'))
    await (await request(server.url, init())).body?.cancel()
    await until(() => server.sockets[0]?.destroyed === true)
  })

  it('does not hold a larger block than itself', async () => {
    const bytes = await (await answerTo(reply('abc'))).readAll(10)
    expect(bytes).toEqual(new Uint8Array([97, 98, 99]))
    expect((bytes as Uint8Array).buffer.byteLength).toBe(3)
  })

  it('comes as it is when decompression is off, and none is asked for', async () => {
    const plain = createNodeFetch({ decompress: false })
    const server = await served(answering(reply('as it is', ['content-encoding: gzip'])))
    expect(await (await plain(server.url, init())).text()).toBe('as it is')
    expect(server.requests[0]).not.toMatch(/accept-encoding/i)
    await plain.close()
  })

  it('may have a longer head when that is allowed', async () => {
    const patient = createNodeFetch({ maxHeaderBytes: 64 * 1024 })
    const server = await served(answering(reply('', [`x-a: ${'a'.repeat(40_000)}`])))
    expect((await failureOf(request(server.url, init()))).code).toBe('HPE_HEADER_OVERFLOW')
    expect((await patient(server.url, init())).headers.get('x-a')).toHaveLength(40_000)
    await patient.close()
  })
})
