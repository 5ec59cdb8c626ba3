import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type GatewayEvent, type VerbId, verbIds } from '@wamux/core'
import { openTestGateway } from '@wamux/emulator'
import { createSparkbot, parseWebhook as parseSparkbot } from '@wamux/sparkbot'
import { createWaha, parseWebhook as parseWaha } from '@wamux/waha'
import { createWarest, parseWebhook as parseWarest } from '@wamux/warest'
import { createWawp, parseWebhook as parseWawp } from '@wamux/wawp'
import { describe, expect, it } from 'vitest'
import { createContext, type SuiteContext } from '../src/context/context.ts'
import type { Subject } from '../src/index.ts'
import { answersOf, jsonBody } from '../src/recording/recording.ts'
import { endingOf, perform } from '../src/running/call-verb.ts'
import { samples } from '../src/samples/verb-samples.ts'

const SUBJECTS: readonly Subject[] = [
  { plugin: createWaha, gateway: () => openTestGateway('waha') },
  { plugin: createWawp, gateway: () => openTestGateway('wawp') },
  { plugin: createWarest, gateway: () => openTestGateway('warest') },
  { plugin: createSparkbot, gateway: () => openTestGateway('sparkbot') },
]

/** What JSON may have where something else is expected, and what it must be taken for: another thing that says as little. */
const ODD: readonly (readonly [odd: unknown, like: unknown])[] = [
  // what cannot be made a text or a number
  [
    { toString: 1, valueOf: 1 },
    { a: 1, b: 1 },
  ],
  [JSON.parse('{"toString":null,"toJSON":1,"then":1,"length":-1}'), { a: null, b: 1, c: 1, d: -1 }],
  [[{ toString: 1, valueOf: 1 }], [{ a: 1, b: 1 }]],
  // words that every object knows
  ['constructor', 'constructed'],
  ['__proto__', '__other__'],
  ['hasOwnProperty', 'hasOwnProperties'],
  ['12025550143@toString', '12025550143@fromString'],
  [JSON.parse('{"__proto__":{"a":1},"constructor":1,"hasOwnProperty":1}'), { other: { a: 1 }, b: 1, c: 1 }],
  [
    { length: 1e9, size: -1 },
    { a: 1e9, b: -1 },
  ],
]

/** Copies of data in each of which one place, at any depth, is something else. */
function* withOdd(data: unknown, odd: unknown): Generator<unknown> {
  yield odd
  if (typeof data !== 'object' || data === null) return
  for (const [name, value] of Object.entries(data)) {
    for (const other of withOdd(value, odd)) {
      yield Array.isArray(data) ? data.map((one, at) => (String(at) === name ? other : one)) : { ...data, [name]: other }
    }
  }
}

describe.each(SUBJECTS)('odd answers of $plugin.manifest.name', (subject) => {
  const context: SuiteContext = createContext({ describe, it, expect }, subject)

  it.each(verbIds().filter(context.has))('%s', { timeout: 120_000 }, async (id: VerbId) => {
    const recording = await context.recording(id)
    const input = { ...samples[id].input(recording.fixtures), ...(/waitFor/.test(id) ? { timeoutMs: 20, intervalMs: 5 } : {}) }
    const answers = answersOf(recording)
    const wrong = new Set<string>()
    const endingWith = async (index: number, body: unknown) => {
      const text = JSON.stringify(body)
      const { gateway } = context.scripted(answers.map((one, at) => (at === index ? { ...one, body: text } : one)))
      const { outcome, error } = await endingOf(() => perform(gateway, id, input, { timeoutMs: 200 }))
      return `${outcome} ${error?.code}`
    }
    for (const [index, answer] of answers.entries()) {
      const data = jsonBody(answer)
      for (const [odd, like] of data === undefined ? [] : ODD) {
        const others = [...withOdd(data, like)]
        for (const [at, body] of [...withOdd(data, odd)].entries()) {
          const ending = await endingWith(index, body)
          const expected = await endingWith(index, others[at])
          if (ending !== expected || ending.startsWith('no GatewayError'))
            wrong.add(`${ending}, not ${expected}: ${JSON.stringify(body).slice(0, 300)}`)
        }
      }
    }
    expect([...wrong].slice(0, 5)).toEqual([])
  })
})

const KEY = 'topsecret1'
const linesOf = (gateway: string) =>
  readFileSync(new URL(`../../${gateway}/test/fixtures/webhooks.jsonl`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const sign = (algorithm: string, key: string, body: string) => createHmac(algorithm, key).update(body).digest('hex')
const loose = { toleranceMs: Number.POSITIVE_INFINITY, secrets: [KEY] }
const waha = linesOf('waha').map(({ raw }) => JSON.parse(raw))

const DELIVERIES: readonly (readonly [string, readonly unknown[], (body: string) => Promise<readonly GatewayEvent[]>])[] = [
  ['WAHA', waha, (body) => parseWaha({ headers: { 'x-webhook-hmac': sign('sha512', KEY, body) }, body }, loose)],
  ['Wawp', waha, (body) => parseWawp({ headers: {}, body }, { signature: 'none', ...loose })],
  [
    'WARest',
    linesOf('warest').map(({ request }) => JSON.parse(request.rawBody)),
    (body) => parseWarest({ headers: { 'x-warest-signature': `HMAC-SHA256=${sign('sha256', `${KEY}admin`, body)}` }, body }, loose),
  ],
  ['SparkBot', linesOf('sparkbot'), (body) => parseSparkbot({ headers: {}, body }, { verify: 'none', ...loose })],
]

describe.each(DELIVERIES)('odd deliveries of %s', (_, bodies, parse) => {
  it('are events, and stay what they are when one field cannot be read', async () => {
    const wrong = new Set<string>()
    const readingOf = (body: unknown) =>
      parse(JSON.stringify(body)).then(
        (events) => JSON.stringify(events.map(({ type, vendorType }) => [type, vendorType === 'unreadable'])),
        (error) => String(error),
      )
    for (const body of bodies) {
      for (const [odd, like] of ODD) {
        const others = [...withOdd(body, like)]
        for (const [at, other] of [...withOdd(body, odd)].entries()) {
          const [reading, expected] = [await readingOf(other), await readingOf(others[at])]
          if (reading !== expected) wrong.add(`${reading}, not ${expected}: ${JSON.stringify(other).slice(0, 400)}`)
        }
      }
    }
    expect([...wrong].slice(0, 20)).toEqual([])
  })
})
