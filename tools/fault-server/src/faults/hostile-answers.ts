import type { FetchResponse } from '@wamux/core'
import fc from 'fast-check'

/** An answer of any kind, as a transport would hand it over. */
export interface HostileAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** Names and values that have a special meaning for a parser, a gateway or JavaScript. */
const WORDS = [
  'constructor',
  '__proto__',
  'toString',
  'valueOf',
  'hasOwnProperty',
  'FAILED',
  'STOPPED',
  'already exists',
  'does not exist',
  'rate limit',
  'wawp_upstream_error',
  'quota_reached',
  'false',
  '',
  ' \r\n ',
  '\ud800',
  '<html>',
]
const KEYS = [
  'message',
  'error',
  'errors',
  'code',
  'errorCode',
  'status',
  'expected',
  'success',
  'detail',
  'reason',
  'exception',
  'retryAfter',
  'key',
]
const ODD_KEYS = ['toString', 'valueOf', 'toJSON', '__proto__', 'constructor', 'length', '0']
const NUMBERS = ['0', '-1', '1101', '1106', '429', '1e999', '-1e999', '1e-7', '12345678901234567890', '-0.5']
const TAGS = ['error', 'message', 'code', 'detail', 'title', 'body', 'html', 'script', 'response', 'success']

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.nat({ max: 6_000 }).map((length) => 'ü'.repeat(length)) },
)

// written as text, so that `__proto__` becomes a key like any other
const json = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    anyText.map((text) => JSON.stringify(text)),
    fc.constantFrom('null', 'true', 'false', ...NUMBERS),
    // what cannot be turned into a text
    fc.constantFrom('{"toString":1}', '{"toString":null,"valueOf":null}'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
    tie('object'),
  ),
  object: fc
    .tuple(fc.shuffledSubarray([...KEYS, ...ODD_KEYS], { maxLength: 8 }), fc.array(tie('value'), { minLength: 8, maxLength: 8 }))
    .map(([keys, values]) => `{${keys.map((key, index) => `${JSON.stringify(key)}:${values[index]}`).join(',')}}`),
}))

const markup = fc
  .array(fc.tuple(fc.constantFrom(...TAGS), fc.constantFrom('<T>X</T>', '<T a="b">X', '</T>X', '<![CDATA[X', '<T X'), anyText), {
    maxLength: 8,
  })
  .map((parts) => parts.map(([tag, shape, text]) => shape.replaceAll('T', tag).replace('X', () => text)).join(''))

const body: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 6, arbitrary: json.object },
  { weight: 2, arbitrary: json.value },
  { weight: 1, arbitrary: json.object.map((text) => text.slice(0, -1)) },
  { weight: 3, arbitrary: markup },
  { weight: 1, arbitrary: markup.map((text) => `<?xml version="1.0"?><error>${text}</error>`) },
  { weight: 2, arbitrary: anyText },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: fc.nat({ max: 3_000 }).map((depth) => '{"error":'.repeat(depth)) },
)

const TYPES = [
  'application/json',
  'application/json; charset=utf-8',
  'application/problem+json',
  'text/html',
  'text/plain',
  'text/xml',
  'application/xml',
  'image/png',
  'application/octet-stream',
  '',
]
const WAITS = [
  '0',
  '1',
  '-5',
  '1e999',
  'NaN',
  'soon',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '99999999999999999999',
  '',
]

const headers = fc.record(
  {
    'content-type': fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...TYPES) }, { weight: 1, arbitrary: fc.string() }),
    'retry-after': fc.constantFrom(...WAITS),
    'x-ratelimit-reset': fc.constantFrom(...WAITS),
    'x-quota-reset': fc.constantFrom(...WAITS),
    'x-request-id': anyText,
  },
  { requiredKeys: ['content-type'] },
)

/** Any bytes of any type with any status: mostly what gateways and their proxies send, sometimes anything else. */
export const hostileAnswers: fc.Arbitrary<HostileAnswer> = fc.record({
  status: fc.oneof(
    fc.constantFrom(200, 200, 201, 400, 400, 401, 403, 404, 408, 409, 422, 422, 422, 429, 429, 500, 501, 502, 503),
    fc.integer({ min: 200, max: 999 }),
  ),
  headers,
  body: body.map((bytes) => (typeof bytes === 'string' ? new TextEncoder().encode(bytes) : new Uint8Array(bytes))),
})

/** The answer as a fetch gives it. */
export function asFetched({ status, headers: fields, body: bytes }: HostileAnswer): FetchResponse {
  return {
    status,
    headers: { get: (name) => fields[name.toLowerCase()] ?? null },
    body: null,
    text: async () => new TextDecoder().decode(bytes),
    arrayBuffer: async () => bytes.buffer,
    readAll: async () => bytes,
  }
}

const NASTY = [
  '{"status":"FAILED","expected":[],"error":{"toString":1}}',
  '{"status":"constructor","expected":[],"error":"x"}',
  '{"status":{"toString":1},"statusCode":{"toString":1},"upstream_status":{"toString":1},"error":{"toString":1},"message":{"toString":1}}',
  '{"message":"x","code":{"toString":1},"type":{"toString":1},"details":{"toString":1},"exception":{"toString":1}}',
  '{"code":"constructor","message":"x"}',
  '{"id":"x","status":0}',
  '{"key":{"id":"A"},"ack":-1}',
  '{"error":"toString"}',
  '{"errors":[null,{"code":{}}]}',
  '{"retryAfter":-0.5}',
  '{"retryAfter":1e999}',
  '{"success":false,"message":{"toString":1}}',
  '{"__proto__":{"message":"x"}}',
  '[null]',
  'null',
]

/** Answers that are tried in every run, because random ones would rarely find them. */
export const nastyAnswers: readonly HostileAnswer[] = [200, 400, 422, 429, 500].flatMap((status) =>
  NASTY.map((text) => ({ status, headers: { 'content-type': 'application/json' }, body: new TextEncoder().encode(text) })),
)
