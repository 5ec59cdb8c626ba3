import { expectCpuWithin, expectLinear, repeated } from '@wamux/testkit/growth'
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

  it.each(parts)('the redactor, with many of %j', async (part) => {
    await expectLinear((text) => redactor.text(text), repeated(part), SIZE / 4)
    await expectLinear((text) => redactor.url(`http://h/p?a=${text}`), repeated(part, 'x', KEY), SIZE / 4)
  })

  it('an answer of 256 KB from which nothing is hidden takes some tens of times as long as reading it', async () => {
    const chats = Array.from({ length: 2_500 }, (_, at) => ({
      id: `false_1202555${1_000 + at}@c.us_3EB0${at}`,
      body: 'Hello there, how are you today?',
      ack: 2,
    }))
    const json = JSON.stringify(chats)
    expect(redactor.text(json)).toBe(json)
    await expectCpuWithin(
      8,
      () => redactor.text(json),
      () => tenTimes(() => JSON.parse(json)),
    )
  })

  it.each(READ)('the redactor, with many of %j, read in other ways', async (part) => {
    await expectLinear((text) => redactor.text(text), repeated(part), SIZE / 4)
  })

  it.each(parts)('reading an answer, with many of %j', async (part) => {
    const headers = new Headers({ 'content-type': 'application/json' })
    await expectLinear((body) => parseResponse({ status: 200, headers, body }), repeated(part), SIZE)
    await expectLinear((body) => parseResponse({ status: 200, headers, body }), repeated(part, '{"a":"', '"}'), SIZE)
  })

  it.each(parts)('finding what a gateway says, with many of %j', async (part) => {
    for (const before of ['', '<?xml?>', '<html><body>', '<error>']) {
      await expectLinear((text) => findVendorMessage(text, text), repeated(part, before), 4_000)
    }
    await expectLinear((text) => findVendorMessage({ message: text }, text), repeated(part), SIZE)
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

  it('costs little beside reading: 1 MB', async () => {
    const json = JSON.stringify(Array.from({ length: 14_000 }, (_, id) => ({ id: `x${id}`, text: `hello "world" \\ ${id}`, done: true })))
    await expectCpuWithin(
      6,
      () => nestsTooDeeply(json),
      () => JSON.parse(json),
    )
  })
})

function tenTimes(run: () => unknown): void {
  for (let time = 0; time < 10; time++) run()
}
