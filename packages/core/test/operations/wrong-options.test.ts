import { expect, it } from 'vitest'
import { config, createSample, scripted } from '../sample-gateway.ts'

type Get = (path: unknown, init?: object) => Promise<unknown>
const bare: object = Object.create(null)
const ODD: readonly unknown[] = [bare, Symbol('x'), 'a\nb']
const path = { session: 's' }
const closed = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error('trap')
    },
  },
)

it.each<[field: string, init: object]>([
  ...ODD.map((value): [string, object] => ['headers.x-a', { params: { path }, headers: { 'x-a': value } }]),
  ...ODD.map((value): [string, object] => ['headers.x-b', { params: { path, header: { 'x-b': value } } }]),
  ['headers.a b', { params: { path }, headers: { 'a b': 'x' } }],
  ['headers.*', { params: { path }, headers: closed }],
  ...[bare, Symbol('x'), () => 1].flatMap((value): [string, object][] => [
    ['middleware', { params: { path }, middleware: value }],
    ['baseUrl', { params: { path }, baseUrl: value }],
    ['fetch', { params: { path }, fetch: value }],
  ]),
])('an option that cannot be used is named before anything is sent: %s', async (field, init) => {
  const { fetch, seen } = scripted(Response.json({}))
  const { GET } = createSample({ ...config, fetch }).client as unknown as { GET: Get }
  await expect(GET('/api/sessions/{session}', init)).rejects.toMatchObject({ name: 'GatewayError', kind: 'invalid_request', field })
  expect(seen).toEqual([])
})

it.each([Symbol('x'), bare, () => 1, 5, null, undefined])('a path that is no text is named', async (template) => {
  const { fetch, seen } = scripted(Response.json({}))
  const { GET } = createSample({ ...config, fetch }).client as unknown as { GET: Get }
  await expect(GET(template, {})).rejects.toMatchObject({ kind: 'invalid_request', field: 'path' })
  expect(seen).toEqual([])
})

it('an error of a middleware of the caller stays what it is', async () => {
  const { fetch } = scripted(Response.json({}))
  const { GET } = createSample({ ...config, fetch }).client as unknown as { GET: Get }
  const own = new Error('mine')
  const middleware = [{ onRequest: () => Promise.reject(own) }]
  await expect(GET('/api/sessions/{session}', { params: { path }, middleware })).rejects.toBe(own)
})
