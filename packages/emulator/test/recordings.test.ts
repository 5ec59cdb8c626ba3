import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { differences, exchangesOf } from './recorded.ts'
import { replayWaha } from './replay-waha.ts'
import { replayWarest } from './replay-warest.ts'

interface Exception {
  readonly exchange: string
  readonly reason: string
}

const { exceptions } = JSON.parse(readFileSync(new URL('fixtures/recordings/exceptions.json', import.meta.url), 'utf8')) as {
  readonly exceptions: readonly Exception[]
}
const excepted = new Map(exceptions.map(({ exchange, reason }) => [exchange, reason]))

const RECORDINGS = [
  ['waha', replayWaha],
  ['waha-operations', replayWaha],
  ['warest', replayWarest],
  ['warest-described', replayWarest],
] as const

describe.each(RECORDINGS)('the recording %s', (recording, replay) => {
  const exchanges = exchangesOf(recording)

  test.each(exchanges.map((exchange) => [exchange.name, exchange] as const))('%s', async (name, exchange) => {
    const found = differences(await replay(exchange), exchange)
    // an exception that matches after all is none
    if (excepted.has(name)) expect(found, `${name} is no exception any more`).not.toEqual([])
    else expect(found, `${exchange.request.method} ${exchange.request.path}`).toEqual([])
  })
})

test('every exception names a recorded exchange and says why', () => {
  const names = new Set(RECORDINGS.flatMap(([recording]) => exchangesOf(recording).map(({ name }) => name)))
  for (const { exchange, reason } of exceptions) {
    expect(names, exchange).toContain(exchange)
    expect(reason.length, exchange).toBeGreaterThan(20)
  }
})
