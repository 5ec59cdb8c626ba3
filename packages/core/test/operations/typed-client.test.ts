import { describe, expect, it } from 'vitest'
import { config, createSample, jumpingClock, scripted } from '../sample-gateway.ts'

const json = (body: unknown, status = 200) => Response.json(body, { status })
const client = (fetch: ReturnType<typeof scripted>['fetch'], more: object = {}) =>
  createSample({ ...config, fetch, clock: jumpingClock(), ...more }).client
const path = { params: { path: { session: 's' } } }

describe('the typed client and the traps of openapi-fetch', () => {
  it('gives data, with the path filled and the credentials added', async () => {
    const { fetch, seen } = scripted(json({ state: 'x' }))
    const { data, error, response } = await client(fetch).GET('/api/sessions/{session}', {
      params: { path: { session: 'a/b' }, query: { expand: ['x', 'y'] } },
      headers: { 'X-Extra': '1' },
    })
    expect({ data, error, status: response.status, ok: response.ok }).toEqual({
      data: { state: 'x' },
      error: undefined,
      status: 200,
      ok: true,
    })
    expect(seen[0]?.url).toBe('http://gateway.invalid/prefix/api/sessions/a%2Fb?expand=x%2Cy')
    expect(seen[0]?.headers).toMatchObject({ 'x-api-key': config.apiKey, 'x-extra': '1' })
  })

  it('writes a JSON body once the credentials are in', async () => {
    const { fetch, seen } = scripted(json({ id: '1' }, 201))
    const { data } = await client(fetch).POST('/api/sendText', { body: { chatId: 'c', text: 'ä' } })
    expect(data).toEqual({ id: '1' })
    expect(seen[0]?.body).toBe('{"chatId":"c","text":"ä"}')
    expect(seen[0]?.headers['content-type']).toBe('application/json')
  })

  it.each([
    ['FormData', () => new FormData()],
    ['Blob', () => new Blob(['x'])],
    ['bytes', () => new Uint8Array(2)],
  ])('sends %s as it is, not as {}', async (_, make) => {
    const { fetch, seen } = scripted(json({}))
    const body = make()
    await client(fetch).POST('/api/sendText', { body: body as never })
    expect(seen[0]?.body).toBe(body)
    expect(seen[0]?.headers['content-type']).toBeUndefined()
  })

  it('an error with an empty body is still an error', async () => {
    const { error, response } = await client(scripted(new Response(null, { status: 404 })).fetch).GET('/api/sessions/{session}', path)
    expect(error).toMatchObject({ kind: 'not_found', status: 404 })
    expect(response.ok).toBe(false)
  })

  it('an error with a body is the gateway’s own', async () => {
    const { data, error } = await client(scripted(json({ message: 'no' }, 404)).fetch).GET('/api/sessions/{session}', path)
    expect({ data, error }).toEqual({ data: undefined, error: { message: 'no' } })
  })

  it('a web page instead of data throws a GatewayError, no bare SyntaxError', async () => {
    const page = new Response('<html><title>Login</title></html>', { headers: { 'content-type': 'text/html' } })
    await expect(client(scripted(page).fetch).GET('/api/sessions/{session}', path)).rejects.toMatchObject({
      kind: 'bad_response',
      status: 200,
      operation: 'sessions.get',
    })
  })

  it.each(['..', '', 'a\r\nb'])('refuses the path value %j', async (session) => {
    const { fetch, seen } = scripted(json({}))
    await expect(client(fetch).GET('/api/sessions/{session}', { params: { path: { session } } })).rejects.toMatchObject({
      kind: 'invalid_request',
      field: 'session',
    })
    expect(seen).toHaveLength(0)
  })

  it('refuses a missing path value', async () => {
    const { fetch, seen } = scripted(json({}))
    await expect(client(fetch).GET('/api/sessions/{session}', {} as never)).rejects.toMatchObject({ kind: 'invalid_request' })
    expect(seen).toHaveLength(0)
  })

  it('gives bytes for a picture, and what is asked for with parseAs', async () => {
    const picture = new Response(new Uint8Array([137, 80]), { headers: { 'content-type': 'image/png' } })
    const id = { params: { path: { id: '1' } } }
    expect((await client(scripted(picture).fetch).GET('/api/files/{id}', id)).data).toEqual(new Uint8Array([137, 80]))
    const blob = await client(scripted(picture).fetch).GET('/api/files/{id}', { ...id, parseAs: 'blob' })
    expect(blob.data).toBeInstanceOf(Blob)
    const stream = await client(scripted(picture).fetch).GET('/api/files/{id}', { ...id, parseAs: 'stream' })
    expect(stream.data).toBeInstanceOf(ReadableStream)
  })

  it.each(['xml', 'JSON', 5, {}, ['json', 'text'], 'clone', 'constructor', 'headers', 'toString', '__proto__'])(
    'refuses parseAs %j before anything is sent',
    async (parseAs) => {
      const { fetch, seen } = scripted(json({ id: '1' }))
      const call = client(fetch).POST('/api/sendText', { body: { chatId: 'c', text: 'x' }, parseAs: parseAs as 'json' })
      await expect(call).rejects.toMatchObject({
        kind: 'invalid_request',
        field: 'parseAs',
        message: expect.stringContaining('arrayBuffer'),
      })
      expect(seen).toHaveLength(0)
    },
  )

  it('an answer that is not what parseAs asks for is told as one, without its text', async () => {
    const text = () => new Response('sent, secret-text', { headers: { 'content-type': 'text/plain' } })
    const send = client(scripted(text()).fetch).POST('/api/sendText', { body: { chatId: 'c', text: 'x' }, parseAs: 'json' })
    const sent = await send.catch((error: unknown) => error)
    expect(sent).toMatchObject({ name: 'GatewayError', kind: 'unknown_outcome', status: 200 })
    expect(`${(sent as Error).stack} ${JSON.stringify(sent)}`).not.toContain('secret-text')
    const read = client(scripted(text()).fetch).GET('/api/sessions/{session}', { ...path, parseAs: 'json' })
    await expect(read).rejects.toMatchObject({ name: 'GatewayError', kind: 'bad_response' })
  })

  it('gives a whole Response to whoever looks at it', async () => {
    const answer = Response.json({ state: 'x' }, { headers: { 'x-team': 'a' } })
    const { response } = await client(scripted(answer).fetch).GET('/api/sessions/{session}', path)
    expect(response).toBeInstanceOf(Response)
    expect(response.headers.get('x-team')).toBe('a')
    expect(await response.json()).toEqual({ state: 'x' })
  })

  it('shares one getter of responses among all results, which a copy of a result reads', async () => {
    const { GET } = client(scripted(json({ state: 'a' }), json({ state: 'b' })).fetch)
    const one = await GET('/api/sessions/{session}', path)
    const other = await GET('/api/sessions/{session}', path)
    const getter = (result: object) => Object.getOwnPropertyDescriptor(result, 'response')?.get
    // a getter of its own would keep all that a call used in memory until the next full collection of garbage
    expect(getter(one)).toBeInstanceOf(Function)
    expect(getter(other)).toBe(getter(one))
    const copy = { ...other }
    expect(Object.keys(copy)).toEqual(['data', 'response'])
    expect(await copy.response.json()).toEqual({ state: 'b' })
  })

  it('hands on an empty answer as one', async () => {
    const empty = scripted(new Response(null, { status: 204 }))
    const { data, response } = await client(empty.fetch).GET('/api/sessions/{session}', path)
    expect({ data, text: await response.text(), body: response.clone().body }).toEqual({ data: undefined, text: '', body: null })
  })

  it('knows what an operation means when it fails: a read is repeated, a send is not', async () => {
    const reads = scripted(json({}, 503), json({ state: 'x' }))
    expect((await client(reads.fetch).GET('/api/sessions/{session}', path)).data).toEqual({ state: 'x' })
    const sends = scripted(json({ message: 'boom' }, 500))
    await expect(client(sends.fetch).POST('/api/sendText', { body: { chatId: 'c', text: 't' } })).rejects.toMatchObject({
      kind: 'unknown_outcome',
    })
    expect(sends.seen).toHaveLength(1)
  })

  it('takes corrected paths too', async () => {
    const { fetch, seen } = scripted(json({ state: 'x' }))
    await client(fetch, { paths: { 'sessions.get': '/v2/{session}' } }).GET('/api/sessions/{session}', {
      params: { path: { session: 'a b' } },
    })
    expect(seen[0]?.url).toBe('http://gateway.invalid/prefix/v2/a%20b')
  })

  it('lets middleware see and change the request', async () => {
    const { fetch, seen } = scripted(json({ state: 'x' }))
    const one = client(fetch)
    one.use({
      onRequest({ request }) {
        request.headers.set('x-trace', '7')
        return request
      },
    })
    expect((await one.GET('/api/sessions/{session}', path)).data).toEqual({ state: 'x' })
    expect(seen[0]?.headers['x-trace']).toBe('7')
  })
})
