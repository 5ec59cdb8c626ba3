import { expectLinear, repeated } from '@wamux/testkit/growth'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../src/errors/redactor.ts'
import { findVendorMessage } from '../src/errors/vendor-message.ts'
import { nestsTooDeeply } from '../src/request/json-depth.ts'
import { parseResponse } from '../src/request/response.ts'

const KEY = 'c5nary"7f\\3e%/&=+k'
const PARTS = [
  '\\',
  '%',
  '%25',
  '%5c',
  '&',
  '&amp;',
  '&#0',
  '&#',
  'u',
  '"',
  '{"',
  '[',
  '["a",',
  '{"a":',
  '<',
  '<a',
  '<script>',
  '<![CDATA[',
]
const MORE = [
  ' ',
  '\n',
  '=',
  ':',
  ';',
  '0',
  'c',
  'c5nary"7f',
  'c5nary\\',
  'YzVuYXJ5',
  '<title>',
  '<body ',
  '<error',
  '\\u00',
  '\\"',
  '%c3',
  'é',
]
const parts = [...PARTS, ...MORE]
// what the redactor reads in other ways
const READ = [
  '=3D',
  '=\n',
  'ｋ',
  '\u0301',
  'cGxhaW4',
  'Y0d4aGFXNEg',
  '706c61696e',
  'p-l-a-i-n-k-e-y-1-2-3-',
  'plain key 123 ',
  '112, ',
  '"1":112,',
  '\u001b[0m',
]
const SIZE = 32 * 1024

describe('what grows with the answer', () => {
  const redactor = createRedactor([KEY, 'plain-key-1234'], ['token'])

  it.each(parts)('the redactor, with many of %j', (part) => {
    expectLinear((text) => redactor.text(text), repeated(part), SIZE / 4)
    expectLinear((text) => redactor.url(`http://h/p?a=${text}`), repeated(part, 'x', KEY), SIZE / 4)
  })

  it('an answer of 256 KB from which nothing is hidden takes some tens of times as long as reading it', () => {
    const chats = Array.from({ length: 2_500 }, (_, at) => ({
      id: `false_1202555${1_000 + at}@c.us_3EB0${at}`,
      body: 'Hello there, how are you today?',
      ack: 2,
    }))
    const json = JSON.stringify(chats)
    expect(redactor.text(json)).toBe(json)
    expect(leastCpu(() => redactor.text(json)) / leastCpu(() => JSON.parse(json))).toBeLessThan(80)
  })

  it.each(READ)('the redactor, with many of %j, read in other ways', (part) => {
    expectLinear((text) => redactor.text(text), repeated(part), SIZE / 4)
  })

  it.each(parts)('reading an answer, with many of %j', (part) => {
    const headers = new Headers({ 'content-type': 'application/json' })
    expectLinear((body) => parseResponse({ status: 200, headers, body }), repeated(part), SIZE)
    expectLinear((body) => parseResponse({ status: 200, headers, body }), repeated(part, '{"a":"', '"}'), SIZE)
  })

  it.each(parts)('finding what a gateway says, with many of %j', (part) => {
    for (const before of ['', '<?xml?>', '<html><body>', '<error>']) {
      expectLinear((text) => findVendorMessage(text, text), repeated(part, before), 4_000)
    }
    expectLinear((text) => findVendorMessage({ message: text }, text), repeated(part), SIZE)
  })
})

describe('the depth of JSON', () => {
  const nested = (depth: number, around: string) => `${'['.repeat(depth)}${around}${']'.repeat(depth)}`

  it.each([
    ['255 levels', nested(255, '"x"'), false],
    ['256 levels', nested(256, '"x"'), true],
    ['brackets in a text', JSON.stringify({ a: '['.repeat(1_000), b: '\\"{'.repeat(500) }), false],
    ['levels with neighbours', `${'{"a":[1,{}],"b":'.repeat(300)}1${'}'.repeat(300)}`, true],
    ['many lists one after another', JSON.stringify(Array.from({ length: 2_000 }, () => [[]])), false],
    ['a text that never ends', `["${'['.repeat(1_000)}`, false],
    ['a backslash at the end of a text', JSON.stringify(['\\', ...Array.from({ length: 300 }, () => ['\\\\'])]), false],
  ])('%s', (_, json, deep) => {
    expect(nestsTooDeeply(json)).toBe(deep)
  })

  it('costs little beside reading: 1 MB', () => {
    const json = JSON.stringify(Array.from({ length: 14_000 }, (_, id) => ({ id: `x${id}`, text: `hello "world" \\ ${id}`, done: true })))
    nestsTooDeeply(json)
    expect(leastCpu(() => nestsTooDeeply(json)) / leastCpu(() => JSON.parse(json))).toBeLessThan(6)
  })
})

/** The least CPU time of several runs in µs, as others work on this machine too. */
function leastCpu(run: () => unknown): number {
  const runs = Array.from({ length: 12 }, () => {
    const before = process.cpuUsage()
    run()
    return process.cpuUsage(before).user + 1
  })
  return Math.min(...runs)
}
