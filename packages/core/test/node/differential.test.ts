import { deflateRawSync, deflateSync, gzipSync, brotliCompressSync } from 'node:zlib'
import type { Socket } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { causeCode, connectFailure } from '../../src/connect-failure.ts'
import { createNodeFetch } from '../../src/node/index.ts'
import { type Attempt, createTransport, type WireRequest } from '../../src/transport.ts'
import { onRequest, type RawServer, rawServer, reply } from './raw-server.ts'

const native = createTransport()
const nodeFetch = createNodeFetch({ bodyIdleTimeoutMs: 5_000 })
const node = createTransport({ fetch: nodeFetch })
afterAll(() => nodeFetch.close())

/** What a scenario ends as: an answer, or how core classifies its failure. */
type Ending = { status: number; body: string; headers: Record<string, string | null> } | { kind: string; reached: 'no' | 'maybe' }

const HEADERS = ['content-type', 'x-twice', 'x-blank', 'set-cookie', 'location', 'retry-after', 'content-encoding', 'x-latin']

function endingOf(attempt: Attempt): Ending {
  if (attempt.answer) {
    const { status, headers, body } = attempt.answer
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
    return { status, body: text, headers: Object.fromEntries(HEADERS.map((name) => [name, headers.get(name)])) }
  }
  const { cause, begun, stopped } = attempt
  const reached = !begun && connectFailure(cause) ? 'no' : 'maybe'
  const kind = stopped ? 'stopped' : causeCode(cause) === 'WAMUX_BODY_TOO_LARGE' ? 'bad_response' : 'network'
  return { kind, reached }
}

async function run(transport: typeof native, request: WireRequest, timeoutMs: number): Promise<Ending> {
  const deadline = transport.begin({ timeoutMs })
  try {
    return endingOf(await transport.attempt(request, deadline))
  } finally {
    deadline.close()
  }
}

type Scenario = {
  /** What the server does with a connection. */
  serve?: (socket: Socket) => void
  /** What it answers to every request. */
  answer?: string | Buffer
  request?: Partial<Omit<WireRequest, 'url'>> & { url?: (server: RawServer) => string }
  timeoutMs?: number
}

const JSON_TYPE = ['content-type: application/json']
const chunked = (...rest: string[]) => ['HTTP/1.1 200 OK', 'transfer-encoding: chunked', ...JSON_TYPE, '', ...rest].join('\r\n')
const packed = (coding: string, body: Buffer) =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`), body])
const TEXT = JSON.stringify({ text: 'häuser '.repeat(200) })
const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' } as const

const scenarios: Record<string, Scenario> = {
  'json': { answer: reply('{"a":1}', JSON_TYPE) },
  'post of json': { answer: reply('{"a":1}', JSON_TYPE, '201 Created'), request: post },
  'empty 200': { answer: reply('') },
  'empty 500': { answer: reply('', [], '500 Internal Server Error'), request: post },
  '204': { answer: 'HTTP/1.1 204 No Content\r\n\r\n' },
  '205': { answer: reply('', [], '205 Reset Content') },
  '304 with a length': { answer: 'HTTP/1.1 304 Not Modified\r\ncontent-length: 10\r\n\r\n' },
  'HEAD with a length': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', request: { method: 'HEAD' as WireRequest['method'] } },
  'a redirect': { answer: reply('moved', ['location: http://127.0.0.1:1/elsewhere'], '302 Found'), request: post },
  'a redirect without a place': { answer: reply('', [], '301 Moved') },
  'html': { answer: reply('<h1>Bad gateway</h1>', ['content-type: text/html'], '502 Bad Gateway') },
  'too many requests': { answer: reply('{}', ['retry-after: 7'], '429 Too Many Requests') },
  'headers twice': { answer: reply('{}', ['x-twice: a', 'X-Twice: b', 'set-cookie: a=1', 'set-cookie: b=2']) },
  'a blank header': { answer: reply('{}', ['x-blank:    ', 'x-twice:   padded  ']) },
  'a header beyond ASCII': { answer: Buffer.from(reply('{}', ['x-latin: h\xe4user']), 'latin1') },
  'no reason phrase': { answer: 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}' },
  'an odd status': { answer: reply('odd', [], '299 Odd') },
  'status 999': { answer: reply('odd', [], '999 Odd') },
  'no length, then closed': { serve: (socket) => onRequest(socket, () => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nto the end`)) },
  'HTTP/1.0': { serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.0 200 OK\r\n\r\nold')) },
  'connection: close': { serve: (socket) => onRequest(socket, () => socket.end(reply('bye', ['connection: close']))) },
  'in chunks': { answer: chunked('3', '{"a', '4', '":1}', '0', '', '') },
  'chunks with extensions and trailers': { answer: chunked('2;a=b', '{}', '0', 'x-twice: trailer', '', '') },
  'a byte order mark': { answer: reply('\ufeff{"a":1}', JSON_TYPE) },
  'text that is not UTF-8': { answer: Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n'), Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xf0, 0x90, 0x80, 0xed, 0xa0])]) },
  'a body with zeros': { answer: reply('a\0b\0', ['content-type: application/octet-stream']) },
  'gzip': { answer: packed('gzip', gzipSync(TEXT)) },
  'x-gzip': { answer: packed('x-gzip', gzipSync(TEXT)) },
  'deflate': { answer: packed('deflate', deflateSync(TEXT)) },
  'deflate without a header': { answer: packed('deflate', deflateRawSync(TEXT)) },
  'br': { answer: packed('br', brotliCompressSync(TEXT)) },
  'gzip in gzip': { answer: packed('gzip, gzip', gzipSync(gzipSync(TEXT))) },
  'gzip cut short': { answer: packed('gzip', gzipSync(TEXT).subarray(0, 20)) },
  'gzip without its check sum': { answer: packed('gzip', gzipSync(TEXT).subarray(0, -8)) },
  'gzip of nothing': { answer: packed('gzip', Buffer.alloc(0)) },
  'gzip that is none': { answer: packed('gzip', Buffer.from('{"a":1}')) },
  'gzip followed by something': { answer: packed('gzip', Buffer.concat([gzipSync(TEXT), Buffer.from('rest')])) },
  'an unknown coding': { answer: packed('snappy', Buffer.from('as it is')) },
  'identity': { answer: packed('identity', Buffer.from('as it is')) },
  'gzip without a body': { answer: 'HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\n\r\n' },
  'six codings': { answer: packed('gzip,gzip,gzip,gzip,gzip,gzip', Buffer.from('x')) },
  'a bomb': { answer: packed('gzip', gzipSync(Buffer.alloc(40 * 1024 * 1024))) },
  'a declared length over the limit': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\nxx' },
  'unasked 100 Continue': { answer: `HTTP/1.1 100 Continue\r\n\r\n${reply('{}')}`, request: post },
  '103 Early Hints': { answer: `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${reply('{}')}` },
  '101 unasked': { answer: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', timeoutMs: 500 },
  'refused': { request: { url: () => 'http://127.0.0.1:1/' } },
  'no such host': { request: { url: () => 'http://nowhere.invalid/' } },
  'closed at once': { serve: (socket) => socket.destroy(), request: post },
  'reset at once': { serve: (socket) => socket.resetAndDestroy(), request: post },
  'ended at once': { serve: (socket) => socket.end(), request: post },
  'closed after the request': { serve: (socket) => onRequest(socket, () => socket.destroy()), request: post },
  'reset after the request': { serve: (socket) => onRequest(socket, () => socket.resetAndDestroy()), request: post },
  'closed within the head': { serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-le')), request: post },
  'closed within the status line': { serve: (socket) => onRequest(socket, () => socket.end('HTT')), request: post },
  'closed before the body': { serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n')) },
  'closed within the body': { serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"a"')) },
  'reset within the body': {
    serve: (socket) =>
      onRequest(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"a"')
        setTimeout(() => socket.resetAndDestroy(), 20)
      }),
  },
  'closed within the chunks': { serve: (socket) => onRequest(socket, () => socket.end(chunked('9', '{"a'))) },
  'closed before the last chunk': { serve: (socket) => onRequest(socket, () => socket.end(chunked('2', '{}', ''))) },
  'a chunk size that is none': { answer: chunked('zz', '{}', '') },
  'a chunk longer than it says': { answer: chunked('2', '{"a":1}', '0', '', '') },
  'garbage': { answer: '\x00\x01garbage\r\n\r\n' },
  'another protocol': { serve: (socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n') },
  'a bad status': { answer: 'HTTP/1.1 abc OK\r\n\r\n' },
  'HTTP/2 at once': { answer: 'HTTP/2 200 OK\r\n\r\n' },
  'a header without a colon': { answer: 'HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 2\r\n\r\n{}' },
  'a folded header': { answer: 'HTTP/1.1 200 OK\r\nx-twice: a\r\n b\r\ncontent-length: 2\r\n\r\n{}' },
  'a header with a zero': { answer: 'HTTP/1.1 200 OK\r\nx-twice: a\0b\r\ncontent-length: 2\r\n\r\n{}' },
  'bare line feeds': { answer: 'HTTP/1.1 200 OK\ncontent-length: 2\n\n{}' },
  'two lengths': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}' },
  'a length twice': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}' },
  'length and chunks': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n' },
  'a negative length': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}' },
  'a head that is too large': { answer: reply('{}', [`x-twice: ${'a'.repeat(20_000)}`]) },
  'a flood of headers': { answer: reply('{}', Array.from({ length: 3_000 }, (_, number) => `x-${number}: a`)) },
  'more than it says': { answer: `${reply('{}')}rest` },
  'two answers': { answer: `${reply('one')}${reply('two')}` },
  'stalled before the answer': { serve: (socket) => onRequest(socket, () => {}), request: post, timeoutMs: 150 },
  'stalled within the head': { answer: 'HTTP/1.1 200 OK\r\ncont', request: post, timeoutMs: 150 },
  'stalled within the body': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{', request: post, timeoutMs: 150 },
  'no http': { request: { url: () => 'ftp://127.0.0.1/' } },
  'no URL': { request: { url: () => 'http://' } },
  'user info': { request: { url: ({ port }) => `http://me:secret@127.0.0.1:${port}/` } },
  'a line break in a header': { answer: reply('{}'), request: { headers: { 'x-a': 'a\r\nx-b: b' } } },
  'a header beyond latin1': { answer: reply('{}'), request: { headers: { 'x-a': '日本' } } },
  'a body with GET': { answer: reply('{}'), request: { method: 'GET', body: 'x' } },
}

/** Where the two differ, each time with the reason. Everything else must be the same. */
const allowed: Record<string, { native: Partial<Ending>; node: Partial<Ending>; reason: string }> = {}

describe('native fetch and the node transport, through core', () => {
  it.for(Object.entries(scenarios))('%s', async ([name, { serve, answer, request = {}, timeoutMs = 5_000 }]) => {
    const server = await rawServer((socket) => (serve ? serve(socket) : onRequest(socket, () => void socket.write(answer ?? ''))))
    const { url, ...rest } = request
    const wire: WireRequest = { method: 'GET', headers: {}, ...rest, url: url ? url(server) : `${server.url}/path?a=b` }
    const [byNative, byNode] = [await run(native, wire, timeoutMs), await run(node, wire, timeoutMs)]
    await server.close()
    const difference = allowed[name]
    if (difference) {
      expect(byNative).toMatchObject(difference.native)
      expect(byNode).toMatchObject(difference.node)
    } else expect(byNode).toEqual(byNative)
  })
})
