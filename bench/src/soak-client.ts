/**
 * One transport's half of the soak: `node --expose-gc soak-client.ts <node|native> <base URL> <requests>`. Prints what it found as one
 * line of JSON after the last answer, and then has to end by itself.
 */
import { getEventListeners } from 'node:events'
import { GatewayError } from '@wamux/core'
import { createNodeFetch } from '@wamux/node-transport'
import { createWaha } from '@wamux/waha'
import { CONCURRENCY, SOAK_WARM_UP } from './measure.ts'
import { API_KEY, CHAT_ID, checkAnswer, MESSAGE, PATH, SESSION, TEXT } from './payload.ts'

/** What one half of the soak found. */
export interface SoakReport {
  readonly requests: number
  readonly succeeded: number
  readonly refused: number
  readonly givenUp: number
  readonly unexpected: readonly string[]
  readonly hooks: { readonly request: number; readonly response: number; readonly retry: number; readonly error: number }
  /** RSS, MB, garbage collected: after the warm-up, and at every tenth of the way. */
  readonly rss: { readonly warm: number; readonly samples: readonly number[] }
  readonly heapGrowthMb: number
  /** Kinds of resources that keep the process running although nothing is going on. */
  readonly sockets: number
  readonly timers: number
  /** Left on the signal that all calls share. */
  readonly listeners: number
}

const SAMPLES = 10

const GIVE_UP_MS = 20
// the latter when the machine was too busy to send it in that time
const GIVEN_UP = ['unknown_outcome', 'timeout']

const [, , transport, baseUrl = '', requests] = process.argv
const total = Number(requests)
const hooks = { request: 0, response: 0, retry: 0, error: 0 }
const outcomes = { succeeded: 0, refused: 0, givenUp: 0 }
const unexpected: string[] = []
// one signal for all calls, as a program has that stops everything at its end
const { signal } = new AbortController()

const waha = createWaha({
  baseUrl,
  apiKey: API_KEY,
  ...(transport === 'node' ? { fetch: createNodeFetch() } : {}),
  hooks: {
    onRequest: () => void hooks.request++,
    onResponse: () => void hooks.response++,
    onRetry: () => void hooks.retry++,
    onError: () => void hooks.error++,
  },
})

await calls(SOAK_WARM_UP)
const [warm, warmHeap] = used()
Object.assign(hooks, { request: 0, response: 0, retry: 0, error: 0 })
Object.assign(outcomes, { succeeded: 0, refused: 0, givenUp: 0 })
const samples: number[] = []
let heap = warmHeap
for (let sample = 0; sample < SAMPLES; sample++) {
  await calls(total / SAMPLES)
  const [rss, heapNow] = used()
  samples.push(rss)
  heap = heapNow
}
// what was given up last may still be closing; what leaks is there for ever
for (let looks = 0; looks < 20 && openSockets() > 0; looks++) await new Promise((resolve) => setTimeout(resolve, 50))
const resources = process.getActiveResourcesInfo()
const report: SoakReport = {
  requests: total,
  ...outcomes,
  unexpected: unexpected.slice(0, 5),
  hooks,
  rss: { warm: megabytes(warm), samples: samples.map(megabytes) },
  heapGrowthMb: megabytes(heap - warmHeap),
  sockets: openSockets(),
  timers: resources.filter((name) => name === 'Timeout').length,
  listeners: getEventListeners(signal, 'abort').length,
}
console.log(JSON.stringify(report))

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => /^(TCP|TLS).*Wrap$/.test(name)).length
}

async function calls(times: number): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < times) await one(next++)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

// of 100 calls 5 are refused and 1 is given up: failures must leave as little behind as successes
async function one(number: number): Promise<void> {
  const kind = number % 100
  try {
    if (kind === 0) await givenUp()
    else if (kind % 20 === 1) await refused()
    else {
      checkAnswer(await (kind % 2 === 0 ? byVerb() : byClient()))
      outcomes.succeeded++
    }
  } catch (error) {
    unexpected.push(String(error))
  }
}

async function byVerb(): Promise<unknown> {
  return (await waha.message.sendText({ session: SESSION, to: CHAT_ID, text: TEXT }, { signal })).raw
}

async function byClient(): Promise<unknown> {
  return (await waha.client.POST(PATH, { body: MESSAGE, signal })).data
}

async function refused(): Promise<void> {
  const { response } = await waha.client.POST(PATH, { body: MESSAGE, signal, headers: { 'x-bench': 'refuse' } })
  if (response.status !== 422) throw new Error(`refused with ${response.status}`)
  outcomes.refused++
}

async function givenUp(): Promise<void> {
  try {
    await waha.client.POST(PATH, { body: MESSAGE, signal, timeoutMs: GIVE_UP_MS, headers: { 'x-bench': 'stall' } })
  } catch (error) {
    if (!GatewayError.is(error) || !GIVEN_UP.includes(error.kind)) throw error
    outcomes.givenUp++
  }
}

// everything that can be collected is, so that only what is held on to counts
function used(): [rss: number, heap: number] {
  for (let time = 0; time < 5; time++) globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  return [rss, heapUsed]
}

function megabytes(bytes: number): number {
  return Math.round((bytes / 2 ** 20) * 10) / 10
}
