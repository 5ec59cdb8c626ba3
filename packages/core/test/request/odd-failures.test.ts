import { describe, expect, it } from 'vitest'
import { contextOf } from '../../src/gateway/context.ts'
import { createTypedClient } from '../../src/operations/typed-client.ts'
import { createSample, scripted } from '../sample-gateway.ts'

const KEY = 'key-of-this-test'
const config = { baseUrl: 'http://gateway.invalid', apiKey: KEY }

/** What a `fetch` of somebody's own may reject with: hardly any of it can be printed. */
const THROWN: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['a symbol', Symbol('x')],
  ['a function', () => 1],
  ['an object without prototype', Object.create(null)],
  ['a message that is no text', Object.assign(new Error('x'), { message: 5 })],
  ['a name that is no text', Object.assign(new Error('x'), { name: {} })],
  ['a stack that is no text', Object.assign(new Error('x'), { stack: {} })],
  ['a code that cannot be printed', Object.assign(new Error('x'), { code: Object.create(null) })],
  ['causes in a circle', circle()],
  ['a message that throws', Object.defineProperty(new Error('x'), 'message', { get: trap })],
  ['whatever is asked throws', new Proxy({}, { get: trap })],
  ['errors that are none', Object.assign(new Error('x'), { errors: [null, 5, new Proxy({}, { get: trap })] })],
  ['a name with a key', Object.assign(new Error('x'), { name: KEY })],
  ['a cause with a key in its name', new Error('x', { cause: Object.assign(new Error('y'), { name: `E-${KEY}` }) })],
]

function trap(): never {
  throw new Error('trap')
}

function circle(): Error {
  const error = new Error('x')
  error.cause = error
  return error
}

describe('a fetch that rejects with', () => {
  it.each(THROWN)('%s fails as any other does', async (_, thrown) => {
    const sample = createSample({ ...config, retry: { attempts: 1 }, fetch: () => Promise.reject(thrown) })
    const client = sample.client as unknown as { GET(path: string): Promise<unknown> }
    for (const call of [() => sample.call('sessions.get', { session: 'x' }), () => client.GET('/api/sessions/x')]) {
      const error = await call().catch((caught: Error) => caught)
      expect(error).toMatchObject({ name: 'GatewayError', reached: 'maybe' })
      const { message, stack, cause } = error as Error & { cause?: Error }
      expect([message, stack, cause?.name, cause?.message, (cause?.cause as Error)?.name].join()).not.toContain(KEY)
    }
  })
})

describe('options of a call that are none', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ...['5', [], true, {}, 5n, Number.NaN, -1, new Date(0)].map((value) => ['timeoutMs', value] as const),
    ...['3', [], true, {}, 3n, Number.NaN, -1].map((value) => ['attempts', value] as const),
    ...['x', {}, 5, true].map((value) => ['signal', value] as const),
  ]

  it.each(wrong)('%s: %s is refused before anything is sent', async (field, value) => {
    for (const more of [{}, { limits: { concurrency: 1 } }]) {
      const { fetch, seen } = scripted(Response.json({}))
      const sample = createSample({ ...config, ...more, fetch })
      const client = sample.client as unknown as { GET(path: string, init: object): Promise<unknown> }
      for (const call of [
        () => sample.call('sessions.get', { session: 'x' }, { [field]: value } as never),
        () => client.GET('/api/sessions/x', { [field]: value }),
      ]) {
        await expect(call()).rejects.toMatchObject({ name: 'GatewayError', kind: 'invalid_request', field, reached: 'no' })
      }
      expect(seen).toHaveLength(0)
    }
  })

  it.each([undefined, null, {}, { timeoutMs: undefined, attempts: undefined, signal: undefined }])(
    '%j leaves all as it is',
    async (options) => {
      const { fetch } = scripted(Response.json({}))
      await expect(createSample({ ...config, fetch }).call('sessions.get', { session: 'x' }, options as never)).resolves.toBeDefined()
    },
  )
})

describe('a time limit of a client that is none', () => {
  it.each(['5', [], true, {}, 5n, Number.NaN, -1])('%s is refused before anything is sent', async (timeoutMs) => {
    const { fetch, seen } = scripted(Response.json({}))
    const context = contextOf(
      {
        manifest: { id: 'sample', name: 'Sample', credentials: [] },
        auth: () => ({ apply: () => undefined, secrets: [] }),
        failures: () => Promise.reject(new Error('not needed')),
      },
      { ...config, fetch, timeoutMs: timeoutMs as number },
    )
    const client = createTypedClient(context, () => Promise.reject(new Error('not needed'))) as { GET(path: string): Promise<unknown> }
    await expect(client.GET('/x')).rejects.toMatchObject({ kind: 'config', field: 'timeoutMs', reached: 'no' })
    expect(seen).toHaveLength(0)
  })
})

describe('headers', () => {
  const WRONG = [
    { a: 'x\ny' },
    { a: 'x\0' },
    { a: '\u20ac' },
    { 'a b': 'x' },
    { '': 'x' },
    { 'a:': 'x' },
    { a: 5 },
    { a: undefined },
    { a: {} },
  ]

  it.each<unknown>([...WRONG, null, ['x'], 'x', new Headers({ a: 'x' })])('%j are refused with the config', (headers) => {
    expect(() => createSample({ ...config, headers: headers as never })).toThrow(expect.objectContaining({ kind: 'config' }))
  })

  it('may have every character that HTTP takes', () => {
    expect(() => createSample({ ...config, headers: { "x-!#$%&'*+.^_`|~": ' !~\u00e4\u00ff' } })).not.toThrow()
  })

  it.each<unknown>(WRONG)('%j of a hook are left out', async (headers) => {
    const { fetch, seen } = scripted(Response.json({}))
    const hooks = { onRequest: () => ({ headers: { traceparent: '00-1', ...(headers as object) } }) }
    await createSample({ ...config, fetch, hooks: hooks as never }).call('sessions.get', { session: 'x' })
    const sent = Object.entries(seen[0]?.headers ?? {})
    expect(sent).toContainEqual(['traceparent', '00-1'])
    for (const name of Object.keys(headers as object)) expect(sent.map(([one]) => one)).not.toContain(name)
  })
})
