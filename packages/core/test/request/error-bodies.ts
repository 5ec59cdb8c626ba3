import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ErrorKind, GatewayError } from '../../src/errors/gateway-error.ts'
import { findVendorMessage } from '../../src/errors/vendor-message.ts'
import type { GatewayConfig } from '../../src/gateway/contract.ts'
import { definePlugin } from '../../src/gateway/define-plugin.ts'
import type { FetchResponse } from '../../src/request/transport.ts'
import type { VendorFailure } from '../../src/request/types.ts'
import { type calls, config, createSample, jumpingClock, manifest, operations, type paths } from '../sample-gateway.ts'

const KINDS: readonly ErrorKind[] = [
  'auth',
  'permission',
  'not_found',
  'conflict',
  'invalid_request',
  'rate_limited',
  'timeout',
  'aborted',
  'network',
  'server',
  'bad_response',
  'unsupported',
  'config',
  'unknown_outcome',
]
const WORDS = [
  'constructor',
  '__proto__',
  'toString',
  'false',
  '',
  ' \r\n ',
  '\ud800',
  '<html>',
  config.apiKey,
  encodeURIComponent(config.apiKey),
]
const KEYS = ['message', 'error', 'errors', 'code', 'errorCode', 'detail', 'exception', 'key', 'status', '__proto__', 'toString', 'length']
const TYPES = ['application/json', 'application/problem+json', 'text/html', 'text/plain; charset=utf-8', 'application/xml', 'image/png', '']
const WAITS = ['0', '-5', '1e999', 'NaN', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 31 Dec 9999 23:59:59 GMT', '9'.repeat(30)]
const TAGS = ['error', 'message', 'code', 'title', 'body', 'script', 'faultstring']

const anyText = fc.oneof(
  fc.constantFrom(...WORDS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.nat({ max: 6_000 }).map((length) => 'ü'.repeat(length)),
)
// as text, so that a key like __proto__ is one
const { value: json } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(
      anyText.map((text) => JSON.stringify(text)),
      fc.constantFrom('null', 'true', '0', '-0.5', '1e999', '{"toString":1}'),
    ),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.constantFrom(...KEYS), tie('value')), { maxLength: 5 })
      .map((pairs) => `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
}))
const markup = fc
  .array(fc.tuple(fc.constantFrom(...TAGS), fc.constantFrom('<T>X</T>', '<T a="b">X', '</T>X', '<![CDATA[X'), anyText), { maxLength: 8 })
  .map((parts) => parts.map(([tag, shape, text]) => shape.replaceAll('T', tag).replace('X', () => text)).join(''))
const body = fc.oneof(
  fc
    .oneof(
      json,
      json.map((text) => text.slice(0, -1)),
      markup,
      markup.map((text) => `<?xml version="1.0"?><error>${text}</error>`),
      anyText,
      fc.nat({ max: 3_000 }).map((depth) => '{"error":'.repeat(depth)),
    )
    .map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
)
const answers = fc.record({
  status: fc.oneof(fc.constantFrom(200, 302, 400, 401, 404, 408, 422, 429, 500, 501, 503), fc.integer({ min: 200, max: 999 })),
  headers: fc.record(
    {
      'content-type': fc.oneof(fc.constantFrom(...TYPES), fc.string()),
      'retry-after': fc.oneof(fc.constantFrom(...WAITS), fc.string()),
      'x-request-id': anyText,
    },
    { requiredKeys: [] },
  ),
  body,
})
// what a plugin may make of it
const vendors: fc.Arbitrary<VendorFailure | undefined> = fc.option(
  fc.record(
    {
      kind: fc.constantFrom(...KINDS),
      message: anyText,
      code: anyText,
      // a plugin reads answers without secrets, and its hints are its own
      hint: fc.string(),
      retryAfterMs: fc.nat(),
      refused: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
)

type Hostile = typeof answers extends fc.Arbitrary<infer One> ? One : never

function fetched({ status, headers, body: bytes }: Hostile): FetchResponse {
  const fields = headers as Readonly<Record<string, string | undefined>>
  return {
    status,
    headers: { get: (name) => fields[name] ?? null },
    body: null,
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.buffer,
    readAll: async () => bytes,
  }
}

function problemsOf(error: unknown): string[] {
  if (!GatewayError.is(error)) return [`no GatewayError: ${inspect(error)}`]
  const problems: string[] = []
  const json = JSON.stringify(error)
  if (!KINDS.includes(error.kind)) problems.push(`kind ${inspect(error.kind)}`)
  if (error.message.trim() === '') problems.push('no message')
  if (error.message.length > 1_200) problems.push(`a message of ${error.message.length} characters`)
  if (JSON.parse(json).kind !== error.kind) problems.push(`JSON ${json}`)
  if ((error.body ?? '').length > 2048) problems.push('a body over 2 kB')
  if ((error.requestId ?? '').length > 1_200) problems.push('a request id without end')
  if (error.retryAfterMs !== undefined && !(error.retryAfterMs >= 0 && Number.isFinite(error.retryAfterMs)))
    problems.push('a wait that is none')
  if ((json + inspect(error)).includes(config.apiKey)) problems.push(`a secret in ${json}`)
  return problems
}

/**
 * Tests what becomes of odd answers.
 *
 * @param runs generated answers for each kind of call
 */
export function errorBodies(runs: number): void {
  describe('whatever a gateway answers', () => {
    it.each<[string, (gateway: ReturnType<typeof createSample>) => Promise<unknown>]>([
      ['a read', (gateway) => gateway.call('sessions.get', { session: 's' })],
      ['a send', (gateway) => gateway.call('messages.sendText', { chatId: 'c', text: 't' })],
      ['a danger', (gateway) => gateway.call('sessions.delete', { session: 's' })],
      ['bytes', (gateway) => gateway.call('files.get', { id: 'f' })],
      ['a verb', (gateway) => gateway.session.get({ session: 's' })],
      ['the typed client', (gateway) => gateway.client.POST('/api/sendText', { body: { chatId: 'c', text: 't' } })],
    ])('%s gives data or a whole GatewayError', async (_name, call) => {
      await fc.assert(
        fc.asyncProperty(answers, async (answer) => {
          const fetch = async () => fetched(answer)
          const error = await call(createSample({ ...config, clock: jumpingClock(), fetch })).then(
            () => undefined,
            (thrown: unknown) => thrown,
          )
          expect(error === undefined ? [] : problemsOf(error)).toEqual([])
        }),
        { numRuns: runs },
      )
    })

    it.each<[string, keyof calls & string, Readonly<Record<string, string>>]>([
      ['read', 'sessions.get', { session: 's' }],
      ['send', 'messages.sendText', { chatId: 'c', text: 't' }],
      ['danger', 'sessions.delete', { session: 's' }],
    ])('a plugin may read anything into it: %s', async (safety, id, input) => {
      await fc.assert(
        fc.asyncProperty(answers, vendors, async (answer, vendor) => {
          const plugin = definePlugin<paths, calls>()({
            contract: 1,
            manifest,
            operations: async () => ({ operations }),
            auth: (given: GatewayConfig & { readonly apiKey: string }) => ({ secrets: [given.apiKey], apply: () => undefined }),
            failures: async () => ({ readFailure: () => vendor }),
            create: () => ({}),
          })
          const gateway = plugin({ ...config, clock: jumpingClock(), fetch: async () => fetched(answer) })
          const error = await gateway.call(id, input as never).then(
            () => undefined,
            (thrown: unknown) => thrown,
          )
          expect(error === undefined ? [] : problemsOf(error)).toEqual([])
          const open = safety === 'send' && answer.status === 500 && !vendor?.refused
          if (open) expect((error as GatewayError).kind).toBe('unknown_outcome')
        }),
        { numRuns: runs },
      )
    })

    it('findVendorMessage never throws, and gives short texts', () => {
      fc.assert(
        fc.property(fc.anything({ maxDepth: 6, withNullPrototype: true, withBigInt: true, withDate: true }), anyText, (data, text) => {
          const { message = '', code = '' } = findVendorMessage(data, text)
          expect([typeof message, typeof code]).toEqual(['string', 'string'])
          expect(message.length).toBeLessThanOrEqual(501)
          expect(code.length).toBeLessThanOrEqual(80)
        }),
        { numRuns: 3 * runs },
      )
    })
  })
}
