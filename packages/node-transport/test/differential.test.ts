import type { Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { type Attempt, causeCode, createTransport, isConnectFailure, type WireRequest } from '@wamux/core/transport'
import { afterAll, describe, expect, it } from 'vitest'
import { createNodeFetch } from '../src/index.ts'
import { onRequest, type RawServer, rawServer, reply } from './raw-server.ts'

const native = createTransport()
const nodeFetch = createNodeFetch({ bodyIdleTimeoutMs: 5_000 })
const node = createTransport({ fetch: nodeFetch })
afterAll(() => nodeFetch.close())

// was free a moment ago, and nobody listens there now
const closed = await rawServer(() => {})
const closedPort = closed.port
await closed.close()

/** What a scenario ends as: an answer, or how core classifies its failure. */
type Ending = { status: number; body: string; headers: Record<string, string | null> } | { kind: string; reached: 'no' | 'maybe' }

const HEADERS = ['content-type', 'x-twice', 'x-blank', 'set-cookie', 'location', 'retry-after', 'content-encoding', 'x-latin']

function endingOf(attempt: Attempt): Ending {
  if (attempt.response) {
    const { status, headers, body } = attempt.response
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
    return { status, body: text, headers: Object.fromEntries(HEADERS.map((name) => [name, headers.get(name)])) }
  }
  const { cause, begun, stopped } = attempt
  const reached = !begun && isConnectFailure(cause) ? 'no' : 'maybe'
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
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`,
    ),
    body,
  ])
const TEXT = JSON.stringify({ text: 'häuser '.repeat(200) })
const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"hi"}' } as const

const scenarios: Record<string, Scenario> = {
  json: { answer: reply('{"a":1}', JSON_TYPE) },
  'post of json': { answer: reply('{"a":1}', JSON_TYPE, '201 Created'), request: post },
  'empty 200': { answer: reply('') },
  'empty 500': { answer: reply('', [], '500 Internal Server Error'), request: post },
  '204': { answer: 'HTTP/1.1 204 No Content\r\n\r\n' },
  '205': { answer: reply('', [], '205 Reset Content') },
  '304 with a length': { answer: 'HTTP/1.1 304 Not Modified\r\ncontent-length: 10\r\n\r\n' },
  'HEAD with a length': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n', request: { method: 'HEAD' as WireRequest['method'] } },
  'a redirect': { answer: reply('moved', ['location: http://127.0.0.1:1/elsewhere'], '302 Found'), request: post },
  'a redirect without a place': { answer: reply('', [], '301 Moved') },
  html: { answer: reply('<h1>Bad gateway</h1>', ['content-type: text/html'], '502 Bad Gateway') },
  'too many requests': { answer: reply('{}', ['retry-after: 7'], '429 Too Many Requests') },
  'headers twice': { answer: reply('{}', ['x-twice: a', 'X-Twice: b', 'set-cookie: a=1', 'set-cookie: b=2']) },
  'a blank header': { answer: reply('{}', ['x-blank:    ', 'x-twice:   padded  ']) },
  'a header beyond ASCII': { answer: Buffer.from(reply('{}', ['x-latin: h\xe4user']), 'latin1') },
  'no reason phrase': { answer: 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}' },
  'an odd status': { answer: reply('odd', [], '299 Odd') },
  'status 999': { answer: reply('odd', [], '999 Odd') },
  'no length, then closed': {
    serve: (socket) => onRequest(socket, () => socket.end(`HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\nto the end`)),
  },
  'HTTP/1.0': { serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.0 200 OK\r\n\r\nold')) },
  'connection: close': { serve: (socket) => onRequest(socket, () => socket.end(reply('bye', ['connection: close']))) },
  'in chunks': { answer: chunked('3', '{"a', '4', '":1}', '0', '', '') },
  'chunks with extensions and trailers': { answer: chunked('2;a=b', '{}', '0', 'x-twice: trailer', '', '') },
  'a byte order mark': { answer: reply('\ufeff{"a":1}', JSON_TYPE) },
  'text that is not UTF-8': {
    answer: Buffer.concat([
      Buffer.from('HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 9\r\n\r\n'),
      Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xf0, 0x90, 0x80, 0xed, 0xa0]),
    ]),
  },
  'a body with zeros': { answer: reply('a\0b\0', ['content-type: application/octet-stream']) },
  gzip: { answer: packed('gzip', gzipSync(TEXT)) },
  'x-gzip': { answer: packed('x-gzip', gzipSync(TEXT)) },
  deflate: { answer: packed('deflate', deflateSync(TEXT)) },
  'deflate without a header': { answer: packed('deflate', deflateRawSync(TEXT)) },
  br: { answer: packed('br', brotliCompressSync(TEXT)) },
  'gzip in gzip': { answer: packed('gzip, gzip', gzipSync(gzipSync(TEXT))) },
  'gzip cut short': { answer: packed('gzip', gzipSync(TEXT).subarray(0, 20)) },
  'gzip without its check sum': { answer: packed('gzip', gzipSync(TEXT).subarray(0, -8)) },
  'gzip of nothing': { answer: packed('gzip', Buffer.alloc(0)) },
  'gzip that is none': { answer: packed('gzip', Buffer.from('{"a":1}')) },
  'gzip followed by something': { answer: packed('gzip', Buffer.concat([gzipSync(TEXT), Buffer.from('rest')])) },
  'an unknown coding': { answer: packed('snappy', Buffer.from('as it is')) },
  identity: { answer: packed('identity', Buffer.from('as it is')) },
  'gzip without a body': { answer: 'HTTP/1.1 204 No Content\r\ncontent-encoding: gzip\r\n\r\n' },
  'six codings': { answer: packed('gzip,gzip,gzip,gzip,gzip,gzip', Buffer.from('x')) },
  'a bomb': { answer: packed('gzip', gzipSync(Buffer.alloc(40 * 1024 * 1024))) },
  'a declared length over the limit': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\nxx' },
  'unasked 100 Continue': { answer: `HTTP/1.1 100 Continue\r\n\r\n${reply('{}')}`, request: post },
  '103 Early Hints': { answer: `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${reply('{}')}` },
  '101 unasked': { answer: 'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', timeoutMs: 500 },
  refused: { request: { url: () => `http://127.0.0.1:${closedPort}/` } },
  'an answer before all of the body was sent': {
    serve: (socket) => socket.once('data', () => void socket.write(reply('{"error":"too large"}', JSON_TYPE, '413 Too Large'))),
    request: { method: 'POST', body: 'x'.repeat(4 * 1024 * 1024) },
  },
  'TLS with a plain server': {
    serve: (socket) => socket.once('data', () => void socket.write(reply('{}'))),
    request: { url: ({ port }) => `https://127.0.0.1:${port}/` },
  },
  'closed within the TLS handshake': {
    serve: (socket) => socket.once('data', () => socket.destroy()),
    request: { url: ({ port }) => `https://127.0.0.1:${port}/` },
  },
  'reset within the TLS handshake': {
    serve: (socket) => socket.once('data', () => socket.resetAndDestroy()),
    request: { url: ({ port }) => `https://127.0.0.1:${port}/` },
  },
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
  garbage: { answer: '\x00\x01garbage\r\n\r\n' },
  'another protocol': { serve: (socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n') },
  'a bad status': { answer: 'HTTP/1.1 abc OK\r\n\r\n' },
  'HTTP/2 at once': { answer: 'HTTP/2 200 OK\r\n\r\n' },
  'a header without a colon': { answer: 'HTTP/1.1 200 OK\r\nnonsense\r\ncontent-length: 2\r\n\r\n{}' },
  'a header with a zero': { answer: 'HTTP/1.1 200 OK\r\nx-twice: a\0b\r\ncontent-length: 2\r\n\r\n{}' },
  'bare line feeds': { answer: 'HTTP/1.1 200 OK\ncontent-length: 2\n\n{}' },
  'two lengths': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}' },
  'a length twice': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}' },
  'length and chunks': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n' },
  'a negative length': { answer: 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}' },
  'a head that is too large': { answer: reply('{}', [`x-twice: ${'a'.repeat(20_000)}`]) },
  'a flood of headers': {
    answer: reply(
      '{}',
      Array.from({ length: 3_000 }, (_, number) => `x-${number}: a`),
    ),
  },
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
const FOUND_BEFORE_CONNECTING = {
  native: { kind: 'network', reached: 'maybe' },
  node: { kind: 'network', reached: 'no' },
} as const
const allowed: Record<string, { native: object; node: object; reason: string }> = {
  'a blank header': {
    native: { headers: { 'x-twice': 'padded  ' } },
    node: { headers: { 'x-twice': 'padded' } },
    reason: 'undici keeps blanks behind a value, against RFC 9110; no reader wants them',
  },
  'unasked 100 Continue': {
    native: { kind: 'network', reached: 'maybe' },
    node: { status: 200, body: '{}' },
    reason: 'undici calls it an error; RFC 9110 wants it skipped, and the message was sent',
  },
  'no http': { ...FOUND_BEFORE_CONNECTING, reason: 'refused before anything was opened; native has no code for it' },
  'user info': { ...FOUND_BEFORE_CONNECTING, reason: 'refused before anything was opened; native has no code for it' },
  'a line break in a header': { ...FOUND_BEFORE_CONNECTING, reason: 'refused before anything was opened; native has no code for it' },
  'a header beyond latin1': { ...FOUND_BEFORE_CONNECTING, reason: 'refused before anything was opened; native has no code for it' },
  'a body with GET': { ...FOUND_BEFORE_CONNECTING, reason: 'refused before anything was opened; native has no code for it' },
  'TLS with a plain server': {
    ...FOUND_BEFORE_CONNECTING,
    reason: 'a request is handed over only after the handshake; native has TLS codes that core cannot trust',
  },
  'closed within the TLS handshake': { ...FOUND_BEFORE_CONNECTING, reason: 'as above; native reports a plain ECONNRESET' },
  'reset within the TLS handshake': { ...FOUND_BEFORE_CONNECTING, reason: 'as above; native reports a plain ECONNRESET' },
}

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

  it('differ only in scenarios that there are', () => {
    expect(Object.keys(allowed).filter((name) => !(name in scenarios))).toEqual([])
  })
})

/** What arrives of a request, without what is a matter of taste. */
function arrived(text: string): object {
  const [head = '', body = ''] = text.split(/\r\n\r\n(.*)/s)
  const [line, ...fields] = head.split('\r\n')
  const headers = Object.fromEntries(fields.map((field) => [field.split(':', 1)[0]?.toLowerCase(), field.replace(/^[^:]*: ?/, '')]))
  const boundary = /boundary=(.*)/.exec(headers['content-type'] ?? '')?.[1]
  const plain = (value: string | undefined) => (boundary ? value?.replaceAll(boundary, 'BOUNDARY') : value)
  const names = ['host', 'content-type', 'transfer-encoding', 'accept', 'user-agent', 'x-a', 'x-b']
  const length = boundary ? Number(headers['content-length']) === body.length : headers['content-length']
  // names of fields within a form may be written either way
  const form = plain(body)?.replace(/^content-(disposition|type):/gim, (name) => name.toLowerCase())
  return { line, length, body: form, headers: Object.fromEntries(names.map((name) => [name, plain(headers[name])])) }
}

const form = () => {
  const data = new FormData()
  data.set('text', 'line one\nline two')
  data.set('na"me\r\n', 'häuser')
  data.append('file', new File([new Uint8Array([0, 1, 255])], 'a "b".bin', { type: 'application/x-thing' }))
  data.append('file', new Blob(['plain']))
  return data
}
const stream = () => new Blob(['from ', 'a stream']).stream()

const requests: Record<string, Partial<Omit<WireRequest, 'body'>> & { path?: string; body?: () => WireRequest['body'] }> = {
  GET: {},
  'a path to be encoded': { path: '/a b/ä?q=ü&r=a"b#fragment' },
  'dot segments': { path: '/a/./b/../c/%2e%2e/d' },
  'a query without a path': { path: '?a=b' },
  'signs that stay': { path: "/a;b=c,d/!$&'()*+:@?x='%zz" },
  'POST of nothing': { method: 'POST' },
  'PUT of nothing': { method: 'PUT' },
  'PATCH of nothing': { method: 'PATCH' },
  'DELETE of nothing': { method: 'DELETE' },
  'DELETE with a body': { method: 'DELETE', body: () => '{}' },
  text: { method: 'POST', body: () => 'häuser' },
  'empty text': { method: 'POST', body: () => '' },
  'text with its type': { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: () => '{}' },
  bytes: { method: 'PUT', body: () => new Uint8Array([0, 255, 10]) },
  'a part of bytes': { method: 'PUT', body: () => new Uint8Array([1, 2, 3, 4]).subarray(1, 3) },
  parameters: { method: 'POST', body: () => new URLSearchParams({ a: 'b c', d: 'ä' }) },
  'a blob': { method: 'POST', body: () => new Blob(['abc'], { type: 'image/png' }) },
  'a blob without a type': { method: 'POST', body: () => new Blob(['abc']) },
  'an empty blob': { method: 'POST', body: () => new Blob([]) },
  'a form': { method: 'POST', body: form },
  'an empty form': { method: 'POST', body: () => new FormData() },
  'a stream': { method: 'POST', body: stream },
  'headers to be trimmed': { headers: { 'X-A': '  a\t', 'x-b': '' } },
  'a header in two spellings': { headers: { 'X-A': 'one', 'x-a': 'two' } },
  'a header beyond ASCII': { method: 'POST', headers: { 'x-a': 'h\xe4user' }, body: () => 'h\xe4user' },
  'own accept and agent': { headers: { accept: 'text/plain', 'user-agent': 'me' } },
}

describe('what arrives from native fetch and from the node transport', () => {
  it.for(Object.entries(requests))('%s', async ([, { path = '/', body, ...rest }]) => {
    const server = await rawServer((socket) => onRequest(socket, () => void socket.write(reply(''))))
    for (const transport of [native, node]) {
      const content = body?.()
      await run(
        transport,
        { method: 'GET', headers: {}, ...rest, url: server.url + path, ...(content === undefined ? {} : { body: content }) },
        5_000,
      )
    }
    await server.close()
    const [byNative, byNode] = server.requests
    expect(arrived(byNode ?? '')).toEqual(arrived(byNative ?? ''))
  })
})
