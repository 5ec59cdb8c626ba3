import { expect, it } from 'vitest'
import { type DiffInput, diffSpecs } from '../src/commands/spec/diff/diff-specs.ts'
import { ASPECTS, type Difference } from '../src/commands/spec/diff/difference.ts'
import { UsageError } from '../src/errors/usage-error.ts'

type Paths = Record<string, Record<string, unknown>>

const openapi = (paths: Paths, more: object = {}) =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more })
const body = (schema: object, content = 'application/json') => ({ requestBody: { content: { [content]: { schema } } } })
const query = (name: string, schema: object = { type: 'string' }, required = false) => ({ name, in: 'query', required, schema })

function diff(ours: string, theirs: string, more: Partial<DiffInput> = {}) {
  return diffSpecs({ ours: { name: 'ours', text: ours }, theirs: { name: 'theirs', text: theirs }, only: ASPECTS, ...more })
}

/** `added field POST /x a.b`, so that a test reads as what is printed. */
function brief(ours: string, theirs: string, more: Partial<DiffInput> = {}): string[] {
  const { added, removed, changed } = diff(ours, theirs, more)
  const text = ({ change, kind, operation, name, ours: our, theirs: their }: Difference) =>
    [change, kind, operation, name, ...(change === 'changed' ? [`${our} -> ${their}`] : [])].filter(Boolean).join(' ')
  return [...added, ...removed, ...changed].map(text)
}

it('pairs operations whatever their path parameters are called, and reports the others', () => {
  const ours = openapi({ '/chats/{chatId}': { get: {} }, '/old': { get: {} } })
  const theirs = openapi({ '/chats/{id}/': { get: {}, delete: {} } })
  expect(brief(ours, theirs)).toEqual(['added operation DELETE /chats/{id}/', 'removed operation GET /old'])
  expect(brief(ours, ours)).toEqual([])
  expect(diff(ours, ours).same).toBe(true)
})

it.each([
  ['the address of the server', openapi({ '/ping': { get: {} } }, { servers: [{ url: 'http://localhost:7308/api/v1/' }] })],
  [
    'a variable of the address',
    openapi({ '/ping': { get: {} } }, { servers: [{ url: 'https://{h}/{b}', variables: { b: { default: 'api/v1' } } }] }),
  ],
  ['basePath of Swagger 2', JSON.stringify({ swagger: '2.0', basePath: '/api/v1', paths: { '/ping': { get: {} } } })],
  ['an unrelated address', openapi({ '/api/v1/ping': { get: {} } }, { servers: [{ url: 'https://host/behind-a-proxy' }] })],
])('finds the paths where the base path stands in %s', (_, theirs) => {
  expect(brief(openapi({ '/api/v1/ping': { get: {} } }, { servers: [{ url: 'http://localhost' }] }), theirs)).toEqual([])
})

it('tells parameters, enum values and types apart', () => {
  const ours = openapi({
    '/x': {
      get: { parameters: [query('limit', { type: 'integer' }), query('sort', { type: 'string', enum: ['asc', 'old'] }), query('mine')] },
    },
  })
  const theirs = openapi({
    '/x': {
      parameters: [query('all', { type: 'boolean' })],
      get: { parameters: [query('limit', { type: 'string' }, true), query('sort', { type: 'string', enum: ['asc', 'desc'] })] },
    },
  })
  expect(brief(ours, theirs)).toEqual([
    'added parameter GET /x all',
    'added enum GET /x sort=desc',
    'removed enum GET /x sort=old',
    'removed parameter GET /x mine',
    'changed required GET /x limit no -> yes',
    'changed type GET /x limit integer -> string',
  ])
  expect(brief(ours, theirs, { only: ['enums'] })).toEqual(['added enum GET /x sort=desc', 'removed enum GET /x sort=old'])
  expect(brief(ours, theirs, { only: undefined })).not.toContain('changed type GET /x limit integer -> string')
})

it('follows references, allOf, alternatives and lists into a body', () => {
  const schemas = {
    Base: { type: 'object', required: ['to'], properties: { to: { type: 'string' } } },
    Send: {
      allOf: [
        { $ref: '#/components/schemas/Base' },
        {
          properties: {
            file: { oneOf: [{ $ref: '#/components/schemas/Url' }, { type: 'object', properties: { data: { type: 'string' } } }] },
          },
        },
        { properties: { rows: { type: 'array', items: { type: 'object', properties: { kind: { enum: ['a', 'b'] } } } } } },
      ],
    },
    Url: { type: 'object', required: ['url'], properties: { url: { type: 'string' } } },
  }
  const theirs = openapi({ '/send': { post: body({ $ref: '#/components/schemas/Send' }) } }, { components: { schemas } })
  const flat = (properties: object, required = ['to']) => openapi({ '/send': { post: body({ type: 'object', required, properties }) } })
  const file = { type: 'object', properties: { url: { type: 'string' }, data: { type: 'string' } } }
  const rows = { type: 'array', items: { type: 'object', properties: { kind: { type: 'string', enum: ['a'] } } } }
  expect(brief(flat({ to: { type: 'string' }, file, rows }), theirs)).toEqual(['added enum POST /send rows[].kind=b'])
  // of a whole object that is missing, only itself
  expect(brief(flat({ to: { type: 'string' }, file }), theirs)).toEqual(['added field POST /send rows'])
  expect(brief(flat({ to: { type: 'string' }, file: { type: 'object', properties: { url: {} } }, rows }, []), theirs)).toEqual([
    'added field POST /send file.data',
    'added enum POST /send rows[].kind=b',
    'changed required POST /send to no -> yes',
  ])
})

it('ends in schemas that contain themselves, wherever they are entered', () => {
  const node = { type: 'object', properties: { name: { type: 'string' }, child: { $ref: '#/components/schemas/Node' } } }
  const loop = { $ref: '#/components/schemas/Loop' }
  const components = { schemas: { Node: node, Loop: loop } }
  const ours = openapi({ '/x': { post: body({ $ref: '#/components/schemas/Node' }) } }, { components })
  const theirs = openapi({ '/x': { post: body(node) } }, { components })
  expect(brief(ours, theirs)).toEqual([])
  expect(brief(theirs, ours)).toEqual([])
  expect(brief(openapi({ '/x': { post: body(loop) } }, { components }), ours)).toEqual([])
})

it('reads Swagger 2: body, form, file and parameters without a schema', () => {
  const theirs = JSON.stringify({
    swagger: '2.0',
    paths: {
      '/a': {
        post: {
          parameters: [
            { name: 'payload', in: 'body', schema: { $ref: '#/definitions/A' } },
            { name: 'page', in: 'query', type: 'integer', enum: [1, 2] },
          ],
        },
      },
      '/b': { post: { parameters: [{ name: 'file', in: 'formData', type: 'file', required: true }] } },
    },
    definitions: {
      A: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, tags: { type: 'array', items: { type: 'string' } } },
      },
    },
  })
  const ours = openapi({
    '/a': { post: { parameters: [query('page', { type: 'integer', enum: [1] })], ...body({ properties: { name: { type: 'string' } } }) } },
    '/b': {
      post: body({ type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } }, 'multipart/form-data'),
    },
  })
  expect(brief(ours, theirs)).toEqual(['added field POST /a tags', 'added enum POST /a page=2', 'changed required POST /a name no -> yes'])
})

const EXPECTED = ['added parameter GET /x late', 'added status GET /x 202']

it.each([
  [
    'YAML anchors',
    `openapi: 3.0.3
x-common: &common
  '202': { description: Accepted }
  '400': { description: Bad }
x-more: &more
  parameters: [{ name: late, in: query, schema: { type: string } }]
paths:
  /x:
    get:
      <<: *more
      responses: { <<: *common, '200': { description: OK } }`,
  ],
  [
    'a list of anchors, and two merge keys in one map',
    `openapi: 3.0.3
x-a: &a { '202': { description: Accepted } }
x-b: &b { '200': { description: OK } }
x-p: &p { parameters: [{ name: late, in: query, schema: { type: string } }] }
x-q: &q { deprecated: false }
paths:
  /x:
    get:
      <<: *p
      <<: *q
      responses: { <<: [*a, *b] }`,
  ],
  [
    'keys named << in JSON',
    JSON.stringify({
      openapi: '3.0.3',
      paths: {
        '/x': {
          get: {
            '<<': [{ parameters: [query('late')], deprecated: true }],
            deprecated: false,
            responses: { '<<': { '202': { description: 'Accepted' } }, '200': { description: 'OK' } },
          },
        },
      },
    }),
  ],
  [
    'the name of an anchor or a reference in JSON',
    JSON.stringify({
      openapi: '3.0.3',
      'x-common-responses': { '202': { description: 'Accepted' } },
      'x-late': { parameters: [query('late')] },
      paths: { '/x': { get: { '<<': { $ref: '#/x-late' }, responses: { '<<': '*commonResponses', '200': { description: 'OK' } } } } },
    }),
  ],
])('applies merge keys: %s', (_, theirs) => {
  expect(brief(openapi({ '/x': { get: { responses: { '200': {} } } } }), theirs).sort()).toEqual(EXPECTED)
})

it('takes alternate methods as operations whose fields may stand in the query', () => {
  const send = { required: ['to'], properties: { to: { type: 'string' }, 'file[url]': { type: 'string' }, old: { type: 'string' } } }
  const ours = openapi({ '/send': { post: { 'x-wamux-alternate-methods': ['GET'], parameters: [query('id')], ...body(send) } } })
  const get = { parameters: [query('id'), query('to', { type: 'string' }, true), query('file[url]'), query('extra')] }
  expect(brief(ours, openapi({ '/send': { post: { parameters: [query('id')], ...body(send) }, get } }))).toEqual([
    'added parameter GET /send extra',
    'removed field GET /send old',
  ])
  expect(brief(ours, openapi({ '/send': { post: { parameters: [query('id')], ...body(send) } } }))).toEqual(['removed operation GET /send'])
})

it('merges variants into the operation that they are kinds of', () => {
  const text = { properties: { to: {}, text: { type: 'string' } } }
  const media = { properties: { to: {}, url: { type: 'string' } } }
  const ours = openapi({ '/messages': { post: { 'x-wamux-variants': [{ schema: text }, { schema: media }] } } })
  const theirs = openapi({ '/messages': { post: body({ properties: { to: {}, text: {}, url: {}, poll: {} } }) } })
  expect(brief(ours, theirs)).toEqual(['added field POST /messages poll'])
})

it('leaves credentials out, wherever a document puts them', () => {
  const ours = openapi(
    { '/x': { post: {} } },
    {
      security: [{ token: [] }],
      components: {
        securitySchemes: {
          token: { type: 'apiKey', in: 'query', name: 'access_token' },
          key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' },
        },
      },
    },
  )
  const key = { name: 'x-api-key', in: 'header', schema: { type: 'string' } }
  const theirs = openapi({
    '/x': { post: { parameters: [query('access_token'), key], ...body({ properties: { access_token: { type: 'string' } } }) } },
  })
  expect(brief(ours, theirs)).toEqual([])
})

it('compares answers by their known values only, and never takes silence for a contradiction', () => {
  const answer = (schema: object) => ({ responses: { '200': { content: { 'application/json': { schema } } } } })
  const state = (...values: string[]) => ({
    type: 'object',
    properties: { state: { type: 'string', enum: values }, more: { type: 'string' } },
  })
  const ours = openapi({
    '/x': { get: answer(state('on')), post: body({ properties: { config: { properties: { a: {} } }, kind: { enum: ['k'] } } }) },
  })
  const theirs = openapi({
    '/x': { get: answer(state('on', 'off')), post: body({ properties: { config: { type: 'object' }, kind: {} } }) },
  })
  expect(brief(ours, theirs)).toEqual(['added enum GET /x state=off'])
  expect(brief(openapi({ '/x': { get: answer({}) } }), openapi({ '/x': { get: answer(state('on')) } }))).toEqual([
    'added enum GET /x state=on',
  ])
})

it('takes the commonest faults of vendors for what they mean', () => {
  const ours = openapi({ '/x': { post: body({ properties: { kind: { type: 'string', enum: ['a'] }, n: { type: 'integer' } } }) } })
  const theirs = openapi({
    '/x': { post: body({ properties: { kind: { type: 'object', enum: ['a'], nullable: true }, n: { type: ['number', 'null'] } } }) },
  })
  expect(brief(ours, theirs)).toEqual([])
})

it('keeps known differences apart, with their reasons', () => {
  const ours = openapi({ '/x/{id}': { get: {} }, '/gone': { get: {} } })
  const theirs = openapi({ '/x/{a}': { get: { parameters: [query('sort', { enum: ['up', 'down'] }), query('page')] } } })
  const known = {
    name: 'differences.yaml',
    text: `- { operation: 'GET /x/{other}', kind: parameter, name: sort, reason: Does nothing. }
- { operation: [GET /gone, GET /never], kind: operation, reason: Not told. }
- { operation: '*', kind: enum, name: 'sort=*', reason: Unused here. }`,
  }
  const result = diff(ours, theirs, { known })
  expect(result.added.map(({ name }) => name)).toEqual(['page'])
  expect(result.removed).toEqual([])
  expect(result.known.map(({ kind, reason }) => [kind, reason])).toEqual([
    ['parameter', 'Does nothing.'],
    ['operation', 'Not told.'],
  ])
  expect(result.unused.map(({ kind }) => kind)).toEqual(['enum'])
  expect(diff(ours, theirs, { known, only: ['operations'] }).same).toBe(true)
})

it.each([
  ['neither JSON nor YAML', '{ a: [', /neither JSON nor YAML/],
  ['another kind of document', '<html></html>', /not an OpenAPI 3 or Swagger 2 document/],
  ['an old Swagger', '{"swagger":"1.2","paths":{}}', /not an OpenAPI 3/],
  ['no paths', '{"openapi":"3.1.0"}', /has no paths/],
])('says what is wrong with %s', (_, text, message) => {
  expect(() => diff(openapi({}), text)).toThrow(UsageError)
  expect(() => diff(openapi({}), text)).toThrow(message)
})

it('refuses a list of known differences that explains nothing', () => {
  const known = (text: string) => ({ known: { name: 'differences.yaml', text } })
  expect(() => diff(openapi({}), openapi({}), known('- { operation: GET /x, kind: enum }'))).toThrow(
    /entry 1 needs operation, kind and reason/,
  )
  expect(() => diff(openapi({}), openapi({}), known('- { operation: GET /x, kind: nonsense, reason: r }'))).toThrow(/entry 1/)
  expect(() => diff(openapi({}), openapi({}), known('a: 1'))).toThrow(/not a list/)
  expect(diff(openapi({}), openapi({}), known('')).same).toBe(true)
})
