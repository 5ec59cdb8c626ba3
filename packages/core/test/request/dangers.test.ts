import { describe, expect, it } from 'vitest'
import { definePlugin } from '../../src/gateway/define-plugin.ts'
import type { GatewayConfig } from '../../src/index.ts'
import { createSample, manifest, scripted } from '../sample-gateway.ts'

const coded = (code: string, syscall?: string, cause?: unknown) =>
  Object.assign(new Error(code, { cause }), { code }, syscall === undefined ? {} : { syscall })
const fetchFailed = (cause: unknown) => new TypeError('fetch failed', { cause })
const several = (...errors: Error[]) => Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' })

/** Connecting itself failed: nothing of the request can have left. */
const NOT_SENT: readonly (readonly [string, unknown])[] = [
  ['a refused connection', fetchFailed(coded('ECONNREFUSED', 'connect'))],
  ['a refused connection, by a platform that names no system call', fetchFailed(coded('ECONNREFUSED'))],
  ['a refused connection to a proxy', fetchFailed(coded('ECONNREFUSED', 'connect'))],
  ['every address refused', fetchFailed(several(coded('ECONNREFUSED', 'connect'), coded('ENETUNREACH', 'connect')))],
  ['a name that is not found', fetchFailed(coded('ENOTFOUND', 'getaddrinfo'))],
  ['a name server that does not answer', fetchFailed(coded('EAI_AGAIN', 'getaddrinfo'))],
  ['a connection that took too long', fetchFailed(coded('UND_ERR_CONNECT_TIMEOUT'))],
  ['a connection that took too long, by the kernel', fetchFailed(coded('ETIMEDOUT', 'connect'))],
  ['no route', fetchFailed(coded('EHOSTUNREACH', 'connect'))],
  ['an expired certificate', fetchFailed(coded('CERT_HAS_EXPIRED'))],
  ['the certificate of another host', fetchFailed(coded('ERR_TLS_CERT_ALTNAME_INVALID'))],
  ['what the node transport did not send', coded('WAMUX_NOT_SENT')],
]

/** The request, or the start of it, may have arrived. */
const MAYBE: readonly (readonly [string, unknown])[] = [
  ['a reset', fetchFailed(coded('ECONNRESET', 'read'))],
  ['a reset within the handshake', fetchFailed(coded('ECONNRESET'))],
  ['a broken pipe', fetchFailed(coded('EPIPE', 'write'))],
  ['the other side closed', fetchFailed(coded('UND_ERR_SOCKET'))],
  ['a time-out of an open connection', fetchFailed(coded('ETIMEDOUT', 'read'))],
  ['no headers in time', fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT'))],
  ['a proxy that refuses to connect', fetchFailed(coded('UND_ERR_ABORTED'))],
  ['one of the addresses reset', fetchFailed(several(coded('ECONNREFUSED', 'connect'), coded('ECONNRESET', 'read')))],
  ['a reset, and a refused second connection', fetchFailed(coded('ECONNRESET', 'read', coded('ECONNREFUSED', 'connect')))],
  ['a protocol error of TLS', fetchFailed(coded('EPROTO', 'write'))],
  ['no more than a text', new TypeError('fetch failed')],
]

const STATUSES = [408, 425, 429, 500, 502, 503, 504]

// repeats are counted by address: each call has its own
let gateways = 0

async function triesAfter(first: () => Response | Promise<Response>): Promise<number> {
  const { fetch, seen } = scripted(first, first, first)
  const baseUrl = `http://gateway-${++gateways}.invalid`
  const sample = createSample({ baseUrl, apiKey: 'key-of-this-test', fetch, retry: { maxDelayMs: 1 } })
  await expect(sample.call('sessions.delete', { session: 's' })).rejects.toMatchObject({ name: 'GatewayError' })
  return seen.length
}

it.each(NOT_SENT)('a danger is tried again after %s', async (_, cause) => {
  expect(await triesAfter(() => Promise.reject(cause))).toBe(3)
})

it.each(MAYBE)('a danger is tried once after %s', async (_, cause) => {
  expect(await triesAfter(() => Promise.reject(cause))).toBe(1)
})

it.each(STATUSES)('a danger is tried once after HTTP %i, with and without a time to wait', async (status) => {
  expect(await triesAfter(() => new Response('{}', { status }))).toBe(1)
  expect(await triesAfter(() => new Response('{}', { status, headers: { 'retry-after': '0' } }))).toBe(1)
})

describe('an input that makes its call a danger', () => {
  const field = { name: 'wipe', type: 'boolean', danger: true } as const
  const common = { resource: 'things', label: 'x', about: 'x', audience: 'nobody', evidence: 'verified', produces: [] } as const
  const of = (id: string, more: object) => ({ ...common, id, method: 'POST', path: `/${id}`, safety: 'converge', ...more }) as const
  const inBody = (content: string) => ({ body: { required: false, kinds: [{ content, fields: [field] }] } })
  const operations = {
    'a.json': of('a.json', inBody('application/json')),
    'a.form': of('a.form', inBody('multipart/form-data')),
    'a.query': of('a.query', { parameters: [{ ...field, in: 'query' }] }),
    'a.header': of('a.header', { parameters: [{ ...field, name: 'X-Wipe', in: 'header' }] }),
  }
  const create = definePlugin()({
    contract: 1,
    manifest,
    operations: async () => ({ operations: { resources: [], operations } }),
    auth: (_config: GatewayConfig & { readonly apiKey: string }) => ({ secrets: [], queryNames: [], apply: () => undefined }),
    failures: async () => ({ readFailure: () => undefined }),
    create: () => ({}),
  })
  const tries = async (id: string, input: object, end: () => Promise<Response>): Promise<number> => {
    const { fetch, seen } = scripted(end, end, end)
    const gateway = create({ baseUrl: `http://gateway-${++gateways}.invalid`, apiKey: 'key-of-this-test', fetch, retry: { maxDelayMs: 1 } })
    await expect((gateway.call as (id: string, input: object) => Promise<unknown>)(id, input)).rejects.toMatchObject({
      name: 'GatewayError',
    })
    return seen.length
  }
  const unavailable = async () => new Response('{}', { status: 503 })

  it.each(Object.keys(operations))('is seen in %s', async (id) => {
    const name = id === 'a.header' ? 'X-Wipe' : 'wipe'
    expect(await tries(id, { [name]: true }, unavailable)).toBe(1)
    expect(await tries(id, { [name]: true }, () => Promise.reject(fetchFailed(coded('ECONNREFUSED', 'connect'))))).toBe(3)
    expect(await tries(id, {}, unavailable)).toBe(3)
    expect(await tries(id, { [name]: false }, unavailable)).toBe(3)
  })
})
