import { beforeEach, describe, expect, it } from 'vitest'
import { ANSWER_HEADER, createDocumentServer, type DocumentServer, REFUSED } from '../src/index.ts'

const document = new URL('./sample-document.yaml', import.meta.url)
const credentials = [{ header: 'x-key', query: 'key', body: 'key' }]
const base = 'http://sample.test'

let server: DocumentServer
beforeEach(() => {
  server = createDocumentServer(document, { credentials })
})

const key = { 'x-key': 'secret' }
const json = { ...key, 'content-type': 'application/json' }
const get = (path: string, headers: object = {}) => server.fetch(`${base}${path}`, { headers: { ...key, ...headers } })
const post = (path: string, body: unknown, headers: Record<string, string> = json) =>
  server.fetch(`${base}${path}`, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
const postForm = (entries: readonly [name: string, value: string | Blob][]) => {
  const body = new FormData()
  for (const [name, value] of entries) body.append(name, value)
  return server.fetch(`${base}/things`, { method: 'POST', headers: key, body })
}
const file = () => new Blob([new Uint8Array([0, 255])])
const problems = () => server.requests.at(-1)?.problems.join('\n') ?? ''

describe('refuses', () => {
  const tenant = { 'x-tenant': 'ab' }

  it.each([
    ['a path it does not have', '/nothing', {}, 'no GET /nothing'],
    ['a required query parameter left out', '/things', tenant, 'query parameter limit is missing'],
    ['a required header left out', '/things?limit=1', {}, 'header parameter x-tenant is missing'],
    ['a short header', '/things?limit=1', { 'x-tenant': 'a' }, 'header parameter x-tenant must NOT have fewer'],
    ['text for a number', '/things?limit=many', tenant, 'query parameter limit must be integer'],
    ['a number over its limit', '/things?limit=101', tenant, 'query parameter limit must be <= 100'],
    ['a word that is not in the enum', '/things?limit=1&sort=left', tenant, '["up","down"]'],
    ['an unknown query parameter', '/things?limit=1&colour=red', tenant, 'query parameter colour is unknown'],
    ['a repeated parameter', '/things?limit=1&limit=2', tenant, 'limit stands there 2 times'],
    ['a repeated list that has to have commas', '/things?limit=1&ids=a&ids=b', tenant, 'ids is repeated'],
    ['a list that is too long', '/things?limit=1&ids=a,b,c,d', tenant, 'more than 3 items'],
    ['an item of a wrong type', '/things?limit=1&tags=1&tags=x', tenant, 'tags/1 must be integer'],
    ['commas in a list that repeats its name', '/things?limit=1&tags=1,2', tenant, 'must be integer'],
    ['a path parameter unlike its pattern', '/things/xyz', {}, 'path parameter thingId must match pattern'],
  ])('%s', async (_, path, headers, problem) => {
    const response = await get(path, headers)
    expect(response.status).toBe(REFUSED)
    expect(problems()).toContain(problem)
    expect(await response.json()).toEqual({ problems: server.requests.at(-1)?.problems })
  })

  it.each([
    ['no body', '', 'the body is missing'],
    ['what is no JSON', '{', 'not valid JSON'],
    ['a required field left out', {}, "required property 'name'"],
    ['a wrong type', { name: 1 }, 'body/name must be string'],
    ['a wrong enum', { name: 'a', kind: 'odd' }, 'body/kind must be equal to one of the allowed values: ["plain","fancy"]'],
    ['what is no base64', { name: 'a', data: 'a*b' }, 'body/data must match format "byte"'],
    ['an unknown field', { name: 'a', colour: 'red' }, 'body field colour is unknown'],
    ['a field missing further in', { name: 'a', options: {} }, "body/options must have required property 'color'"],
    ['a list for an object', [], 'body must be object'],
  ])('%s', async (_, body, problem) => {
    expect((await post('/things', body)).status).toBe(REFUSED)
    expect(problems()).toContain(problem)
  })

  it('a body of another type', async () => {
    await post('/things', 'name=a', { ...key, 'content-type': 'text/plain' })
    expect(problems()).toContain('the body is text/plain, expected application/json or multipart/form-data')
  })

  it('a body where none is taken', async () => {
    await server.fetch(`${base}/things/00ff`, { method: 'DELETE', headers: json, body: '{"a":1}' })
    expect(problems()).toContain('things.delete takes no body')
  })

  it('a method that the path does not have', async () => {
    await server.fetch(`${base}/things/00ff`, { method: 'PUT', headers: key })
    expect(problems()).toContain('no PUT /things/00ff')
  })

  it.each([
    ['a required part left out', [['files', file()]], "required property 'name'"],
    [
      'text where bytes belong',
      [
        ['name', 'a'],
        ['files', 'text'],
      ],
      'part files is text, expected a file',
    ],
    [
      'bytes where text belongs',
      [
        ['name', file()],
        ['files', file()],
      ],
      'part name is a file, expected text',
    ],
    [
      'an unknown part',
      [
        ['name', 'a'],
        ['files', file()],
        ['x', 'y'],
      ],
      'body field x is unknown',
    ],
    [
      'a part twice',
      [
        ['name', 'a'],
        ['name', 'b'],
        ['files', file()],
      ],
      'part name stands there 2 times',
    ],
    [
      'a part of a wrong type',
      [
        ['name', 'a'],
        ['files', file()],
        ['size', 'big'],
      ],
      'body/size must be integer',
    ],
  ] as const)('a form with %s', async (_, entries, problem) => {
    expect((await postForm(entries as never)).status).toBe(REFUSED)
    expect(problems()).toContain(problem)
  })

  it('a form where JSON is taken', async () => {
    await server.fetch(`${base}/messages`, { method: 'POST', headers: key, body: new FormData() })
    expect(problems()).toContain('messages.send takes no multipart/form-data')
  })

  it('a request without credentials, or with them twice', async () => {
    await server.fetch(`${base}/things/00ff`)
    expect(problems()).toBe('credential x-key is missing')
    await get('/things/00ff?key=secret')
    expect(problems()).toBe('credential x-key stands in header and query')
  })

  it('a body that mixes kinds, or is none', async () => {
    await post('/messages', { text: 'a', more: 1 })
    expect(problems()).toContain('not messages.sendText: body field more is unknown')
    await post('/messages', {})
    expect(problems()).toContain("not messages.sendFile: body must have required property 'url'")
  })

  it('to answer with what does not fit the document', async () => {
    expect((await get('/things/latest')).status).toBe(REFUSED)
    expect(problems()).toContain('answer must NOT have')
    await get('/things/00ff', { [ANSWER_HEADER]: '418' })
    expect(problems()).toContain('things.get has no such answer')
  })
})

describe('accepts', () => {
  const last = () => server.requests.at(-1)

  it('parameters of every kind, read by their types', async () => {
    const response = await get('/things?limit=5&ids=a,b&tags=1&tags=2&sort=up', { 'x-tenant': 'ab' })
    expect(response.status).toBe(200)
    expect(last()).toMatchObject({
      operation: 'things.list',
      problems: [],
      parameters: { query: { limit: 5, ids: ['a', 'b'], tags: [1, 2], sort: 'up' }, header: { 'x-tenant': 'ab' }, path: {} },
    })
  })

  it('credentials in query or body, which are no input of the operation', async () => {
    await server.fetch(`${base}/things/00ff?key=secret`)
    expect(last()).toMatchObject({ problems: [], parameters: { query: {} } })
    await post('/things', { name: 'a', key: 'secret' }, { 'content-type': 'application/json' })
    expect(last()).toMatchObject({ problems: [], body: { name: 'a' } })
    await server.fetch(`${base}/things/00ff`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: '{"key":"secret"}',
    })
    expect(last()).toMatchObject({ problems: [], body: undefined })
  })

  it('a form with bytes', async () => {
    await postForm([
      ['name', 'a'],
      ['size', '3'],
      ['files', file()],
      ['files', file()],
    ])
    const bytes = new Uint8Array([0, 255])
    expect(last()).toMatchObject({ problems: [], contentType: 'multipart/form-data', body: { name: 'a', size: 3, files: [bytes, bytes] } })
  })

  it('another method of the same operation, its fields in the query', async () => {
    await get('/things?limit=1', { 'x-tenant': 'ab' })
    expect(last()?.operation).toBe('things.list')
    const onlyPost = createDocumentServer({ paths: { '/a': { post: alternatePost } } }, { credentials: [] })
    await onlyPost.fetch(`${base}/a?size=2`)
    expect(onlyPost.requests[0]).toMatchObject({ method: 'GET', operation: 'a.do', problems: [], parameters: { query: { size: 2 } } })
    await onlyPost.fetch(`${base}/a`)
    expect(onlyPost.requests[1]?.problems).toEqual(['query parameter size is missing'])
  })

  it('a written out path before one that is filled in', async () => {
    await get('/things/latest')
    expect(last()?.operation).toBe('things.latest')
  })

  it('each kind of an operation, and says which it is', async () => {
    await post('/messages', { url: 'https://example.com/a', text: 'b' })
    expect(last()).toMatchObject({ problems: [], variants: ['messages.sendFile'] })
    await post('/messages', { text: 'b' })
    expect(last()).toMatchObject({ problems: [], variants: ['messages.sendText'] })
  })

  const alternatePost = {
    operationId: 'a.do',
    'x-wamux-alternate-methods': ['GET'],
    requestBody: {
      content: { 'application/json': { schema: { type: 'object', required: ['size'], properties: { size: { type: 'integer' } } } } },
    },
    responses: { '200': {} },
  }
})

describe('answers', () => {
  it('with all fields, references followed and cut where they lead back', async () => {
    const response = await get('/things/00ff', { accept: 'application/json' })
    expect(await response.json()).toEqual({
      id: '0000',
      kind: 'plain',
      parts: [],
      note: 'no',
      made: '2026-01-02T03:04:05.000Z',
      owner: { name: 'name' },
      counts: { more: 7 },
    })
  })

  it('with bytes of the wanted type', async () => {
    const response = await get('/things/00ff', { accept: 'image/jpeg' })
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect([...new Uint8Array(await response.arrayBuffer())].slice(0, 4)).toEqual([0x89, 0x50, 0x4e, 0x47])
    expect((await get('/things/00ff', { accept: '*/*' })).headers.get('content-type')).toBe('image/png')
    expect((await get('/things/00ff', { accept: 'audio/ogg' })).headers.get('content-type')).toBe('image/png')
  })

  it('with nothing, with text, or with what a test asks for', async () => {
    const gone = await server.fetch(`${base}/things/00ff`, { method: 'DELETE', headers: key })
    expect([gone.status, await gone.text()]).toEqual([204, ''])
    expect(await (await post('/messages', { text: 'a' })).text()).toBe('done')
    const some = await post('/things', { name: 'a' }, { ...json, [ANSWER_HEADER]: '207 application/json' })
    expect([some.status, await some.json()]).toEqual([207, { failed: 9 }])
  })
})
