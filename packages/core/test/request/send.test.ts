import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors/gateway-error.ts'
import { contextOf } from '../../src/gateway/context.ts'
import { createSend } from '../../src/request/send.ts'
import { config, createSample, jumpingClock, type Seen, scripted } from '../sample-gateway.ts'

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) => Response.json(body, { status, headers })
const get = (fetch: ReturnType<typeof scripted>['fetch'], more: object = {}) =>
  createSample({ ...config, clock: jumpingClock(), fetch, ...more }).call('sessions.get', { session: 's' })
const send = (fetch: ReturnType<typeof scripted>['fetch'], more: object = {}) =>
  createSample({ ...config, clock: jumpingClock(), fetch, ...more }).call('messages.sendText', {
    chatId: 'c',
    text: 't',
    hookSecret: 'hook-canary',
  })

async function failure(promise: Promise<unknown>): Promise<GatewayError> {
  const error = await promise.then(
    () => undefined,
    (caught: unknown) => caught,
  )
  expect(GatewayError.is(error)).toBe(true)
  return error as GatewayError
}

const refused = Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) })
const reset = Object.assign(new TypeError('fetch failed'), {
  cause: Object.assign(new Error('read'), { code: 'ECONNRESET', syscall: 'read' }),
})

describe('a request', () => {
  it('goes below the base URL with its prefix, with credentials, never following redirects', async () => {
    const { fetch, seen } = scripted(json({ state: 'x' }))
    await get(fetch, { headers: { 'X-Team': 'a' } })
    expect(seen[0]).toMatchObject({
      url: 'http://gateway.invalid/prefix/api/sessions/s',
      method: 'GET',
      redirect: 'manual',
      headers: { accept: 'application/json', 'x-api-key': config.apiKey },
    })
    expect(seen[0]?.body).toBeUndefined()
  })

  it('writes JSON and leaves out what was not given', async () => {
    const { fetch, seen } = scripted(json({ id: '1' }, 201))
    await createSample({ ...config, fetch }).call('messages.sendText', { chatId: 'c', text: 't' })
    expect(seen[0]?.body).toBe('{"chatId":"c","text":"t"}')
    expect(seen[0]?.headers['content-type']).toBe('application/json')
  })

  it('takes corrected paths and methods', async () => {
    const { fetch, seen } = scripted(json({ state: 'x' }))
    const sample = createSample({ ...config, fetch, paths: { 'sessions.get': 'POST /v9/{session}/look' } })
    await sample.call('sessions.get', { session: 'a b' })
    await sample.session.get({ session: 'c' })
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://gateway.invalid/prefix/v9/a%20b/look',
      'POST http://gateway.invalid/prefix/v9/c/look',
    ])
  })
})

describe('an answer', () => {
  it.each<[string, Response, unknown]>([
    ['JSON', json({ a: 1 }), { a: 1 }],
    ['problem+json', new Response('{"a":1}', { headers: { 'content-type': 'application/vnd.x+json' } }), { a: 1 }],
    ['JSON with a wrong label', new Response('{"a":1}', { headers: { 'content-type': 'text/html' } }), { a: 1 }],
    ['bare text labelled HTML', new Response('InviteCode', { headers: { 'content-type': 'text/html' } }), 'InviteCode'],
    ['nothing', new Response(null, { status: 200 }), undefined],
    ['nothing with 204', new Response(null, { status: 204 }), undefined],
    ['bytes', new Response(new Uint8Array([1, 2]), { headers: { 'content-type': 'image/png' } }), new Uint8Array([1, 2])],
  ])('is read by its own type: %s', async (_, response, data) => {
    expect((await get(scripted(response).fetch)).data).toEqual(data)
  })

  it.each<[string, Response, string]>([
    ['broken JSON', new Response('{"a":', { headers: { 'content-type': 'application/json' } }), 'bad_response'],
    ['a web page', new Response('<html><title>Login</title></html>', { headers: { 'content-type': 'text/html' } }), 'bad_response'],
    ['a redirect', new Response(null, { status: 302, headers: { location: 'http://elsewhere' } }), 'bad_response'],
    ['500 without a body', new Response(null, { status: 500 }), 'server'],
    ['401', json({ message: 'Unauthorized' }, 401), 'auth'],
    ['403', json({}, 403), 'permission'],
    ['404', json({}, 404), 'not_found'],
    ['409', json({}, 409), 'conflict'],
    ['410', json({}, 410), 'not_found'],
    ['400', json({}, 400), 'invalid_request'],
    ['501', json({}, 501), 'unsupported'],
    ['429', json({}, 429), 'rate_limited'],
  ])('that is no success has a kind: %s', async (_, response, kind) => {
    const error = await failure(get(scripted(response).fetch))
    expect(error).toMatchObject({ kind, status: response.status, gateway: 'sample', operation: 'sessions.get', reached: 'yes' })
  })

  it('keeps the start of the body and the words in it', async () => {
    const error = await failure(get(scripted(json({ message: 'Session not found', code: 'E7', pad: 'x'.repeat(5_000) }, 404)).fetch))
    expect(error.message).toBe('Sample sessions.get: Session not found (HTTP 404), no such session')
    expect(error).toMatchObject({ vendorMessage: 'Session not found', code: 'E7' })
    expect(error.body).toHaveLength(2_048)
  })

  it('is capped', async () => {
    const big = () => new Response(new ReadableStream({ pull: (sink) => sink.enqueue(new Uint8Array(1_000)) }))
    const error = await failure(get(scripted(big).fetch, { maxBodyBytes: 10_000 }))
    expect(error.kind).toBe('bad_response')
    expect(error.message).toContain('10000 bytes')
    const declared = new Response('x'.repeat(100), { headers: { 'content-length': '100' } })
    expect((await failure(get(scripted(declared).fetch, { maxBodyBytes: 10 }))).kind).toBe('bad_response')
  })
})

describe('repeating', () => {
  it('repeats a read, with pauses, until it works', async () => {
    const clock = jumpingClock()
    const { fetch, seen } = scripted(reset, json({}, 503), json({ state: 'x' }))
    const { data } = await get(fetch, { clock, random: () => 1 })
    expect(data).toEqual({ state: 'x' })
    expect(seen).toHaveLength(3)
    expect(clock.waits).toEqual([200, 400])
  })

  it('waits as long as the gateway asks', async () => {
    const clock = jumpingClock()
    const { fetch } = scripted(json({}, 429, { 'retry-after': '4' }), json({ state: 'x' }))
    await get(fetch, { clock })
    expect(clock.waits).toEqual([4_000])
  })

  it('gives up after three attempts and says so', async () => {
    const { fetch, seen } = scripted(refused)
    const error = await failure(get(fetch))
    expect(error).toMatchObject({ kind: 'network', attempts: 3, reached: 'no', code: 'ECONNREFUSED', retryable: true })
    expect(seen).toHaveLength(3)
  })

  it.each<[string, Error | Response]>([
    ['the answer is lost', reset],
    ['the gateway fails', json({ message: 'boom' }, 500)],
    ['a proxy fails', new Response('<h1>502</h1>', { status: 502 })],
    ['the success cannot be read', new Response('{', { headers: { 'content-type': 'application/json' } })],
  ])('never repeats a send when %s: the outcome is unknown', async (_, answer) => {
    const { fetch, seen } = scripted(answer)
    const error = await failure(send(fetch))
    expect(seen).toHaveLength(1)
    expect(error).toMatchObject({ kind: 'unknown_outcome', retryable: false })
    expect(error.message).toContain('may have been done')
  })

  it('repeats a send that certainly never left', async () => {
    const { fetch, seen } = scripted(refused, json({ id: '1' }, 201))
    expect((await send(fetch)).data).toEqual({ id: '1' })
    expect(seen).toHaveLength(2)
  })

  it('repeats a delete only when it never reached the gateway', async () => {
    const { fetch, seen } = scripted(refused)
    await failure(createSample({ ...config, fetch }).call('sessions.delete', { session: 's' }))
    expect(seen).toHaveLength(3)
  })
})

describe('a deadline', () => {
  const hanging = (seen: Seen) =>
    new Promise<Response>((_, reject) => seen.signal.addEventListener('abort', () => reject(seen.signal.reason)))
  const deaf = () => new Promise<Response>(() => undefined)

  it.each([
    ['a fetch that listens', hanging],
    ['a fetch that does not', deaf],
  ])('ends %s', async (_, hang) => {
    const error = await failure(
      createSample({ ...config, fetch: scripted(hang).fetch, timeoutMs: 20 }).call('sessions.get', { session: 's' }),
    )
    expect(error).toMatchObject({ kind: 'timeout', retryable: true })
    const sent = await failure(
      createSample({ ...config, fetch: scripted(hang).fetch, timeoutMs: 20 }).call('messages.sendText', { chatId: 'c', text: 't' }),
    )
    expect(sent.kind).toBe('unknown_outcome')
  })

  it('belongs to one call, not to the client', async () => {
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 15))
      return json({ state: 'x' })
    }
    const sample = createSample({ ...config, fetch: scripted(slow).fetch, timeoutMs: 60 })
    for (let call = 0; call < 6; call++) await sample.call('sessions.get', { session: 's' })
  })

  it('an abort before sending is aborted, one under way makes a send unknown', async () => {
    const { fetch, seen } = scripted(hanging)
    const sample = createSample({ ...config, fetch })
    const before = await failure(sample.call('messages.sendText', { chatId: 'c', text: 't' }, { signal: AbortSignal.abort() }))
    expect(before).toMatchObject({ kind: 'aborted', reached: 'no' })
    expect(seen).toHaveLength(0)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 10)
    const during = await failure(sample.call('messages.sendText', { chatId: 'c', text: 't' }, { signal: controller.signal }))
    expect(during.kind).toBe('unknown_outcome')
    expect((await failure(sample.call('sessions.get', { session: 's' }, { signal: AbortSignal.timeout(10) }))).kind).toBe('aborted')
  })
})

describe('secrets', () => {
  it.each<[string, (seen: Seen) => Response]>([
    ['JSON', (seen) => json({ message: `bad key ${config.apiKey}`, request: { headers: seen.headers, body: seen.body } }, 500)],
    ['encoded', () => json({ message: encodeURIComponent(encodeURIComponent('canary-7f3e')) }, 400)],
    ['HTML', (seen) => new Response(`<h1>${JSON.stringify(seen.headers)} ${seen.body}</h1>`, { status: 502 })],
    ['broken JSON', (seen) => new Response(`{"echo": ${seen.body} ${config.apiKey}`, { headers: { 'content-type': 'application/json' } })],
    [
      'an error of the platform',
      () => {
        throw new TypeError(`cannot fetch http://h/?key=${config.apiKey}`, { cause: new Error(`${config.apiKey} hook-canary`) })
      },
    ],
  ])('never stand in an error, also when the gateway echoes them: %s', async (_, answer) => {
    const error = await failure(send(scripted(answer).fetch))
    const shown = [inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), error.stack, error.message].join('\n')
    expect(shown).not.toContain('canary')
  })
})

it('refuses JSON that is nested too deeply to walk over', async () => {
  const deep = (depth: number) =>
    new Response(`${'{"a":['.repeat(depth)}1${']}'.repeat(depth)}`, { headers: { 'content-type': 'application/json' } })
  const error = await failure(get(scripted(deep(5_000)).fetch))
  expect(error).toMatchObject({ kind: 'bad_response', message: expect.stringContaining('nested too deeply') })
  expect((await get(scripted(deep(20)).fetch)).status).toBe(200)
})

describe('a file', () => {
  const route = { id: 'files.get', method: 'GET', path: '/files/a', safety: 'read' } as const
  // no UTF-8, and what a text reader would take for a byte order mark
  const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0xe4, 0x00, 0xff])
  const exchangeWith = (fetch: ReturnType<typeof scripted>['fetch']) => {
    const manifest = { id: 'sample', name: 'Sample', credentials: [] }
    const failures = async () => ({ readFailure: () => undefined })
    const auth = () => ({ secrets: [], apply: () => {} })
    return createSend(contextOf({ manifest, auth, failures }, { ...config, clock: jumpingClock(), fetch }))
  }

  it.each(['text/csv', 'application/json', 'text/html', 'image/png', ''])('comes as it is, also as %s', async (type) => {
    for (const length of [{}, { 'content-length': String(bytes.length) }]) {
      const { fetch } = scripted(new Response(bytes, { headers: { ...(type ? { 'content-type': type } : {}), ...length } }))
      expect((await exchangeWith(fetch)(route, {}, { bytes: true })).data).toEqual(bytes)
    }
  })

  it('comes as it is after a repetition too, and a refusal is read as ever', async () => {
    const again = scripted(json({}, 503), new Response(bytes, { headers: { 'content-type': 'text/plain' } }))
    expect((await exchangeWith(again.fetch)(route, {}, { bytes: true })).data).toEqual(bytes)
    const { fetch } = scripted(json({ message: 'no such file' }, 404))
    const error = await failure(exchangeWith(fetch)(route, {}, { bytes: true }))
    expect(error).toMatchObject({ kind: 'not_found', vendorMessage: 'no such file' })
  })
})
