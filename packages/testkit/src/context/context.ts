import { type Gateway, type Manifest, systemClock, type VerbId, verbIds, verbSafety } from '@wamux/core'
import { answersOf, type Recording } from '../recording/recording.ts'
import { createStubGateway, type Script, STUB_URL, type StubGateway } from '../recording/stub-gateway.ts'
import { CANARY, perform } from '../running/call-verb.ts'
import { type Live, openLive } from '../running/live-gateway.ts'
import { samples } from '../samples/verb-samples.ts'
import { type Check, checkWith, type Runner } from '../subject/runner.ts'
import type { Subject, SuiteOptions } from '../subject/subject.ts'
import { prepare } from './fixtures.ts'
import { operationsAt } from './matching.ts'

/** A plugin on a gateway that answers by a script. */
export interface Scripted extends StubGateway {
  readonly gateway: Gateway
}

/** What the groups of the suite work with. */
export interface SuiteContext {
  readonly subject: Subject
  readonly manifest: Manifest
  readonly check: Check
  has(id: VerbId): boolean
  /** Config that reaches a stubbed gateway, with a canary in every secret. */
  stubConfig(): Record<string, unknown>
  create(config: Record<string, unknown>): Gateway
  scripted(script?: Script, config?: Record<string, unknown>): Scripted
  /** Runs a test on a fresh test gateway. */
  live(run: (live: Live) => Promise<void>): Promise<void>
  /** The requests and responses of one successful call of a verb; recorded once and shared by all tests. */
  recording(id: VerbId): Promise<Recording>
  /** Which request of a verb has its effect: the one that is called by its name, else for sends the last that changes something, else the first. */
  effectOf(id: VerbId): Promise<number>
  /** The entries of a list to try: all of them, or in a quick run `count` of them, spread over the list; each turn or verb begins one entry later. */
  pick<Item>(list: readonly Item[], count: number, turn: number | VerbId): readonly Item[]
}

export function createContext(runner: Runner, subject: Subject, { quick = false }: SuiteOptions = {}): SuiteContext {
  const { manifest } = subject.plugin
  const recordings = new Map<VerbId, Promise<Recording>>()
  const effects = new Map<VerbId, Promise<number>>()

  function create(config: Record<string, unknown>): Gateway {
    return subject.plugin({ ...subject.config, ...config } as never) as Gateway
  }

  function stubConfig(): Record<string, unknown> {
    const credentials = manifest.credentials.map(({ field, secret }) => [field, secret ? canaryOf(field) : `plain-${field}`])
    // core keeps one retry budget for each clock and gateway: a clock of its own gives each test its own budget
    return { baseUrl: STUB_URL, ...Object.fromEntries(credentials), random: () => 0, clock: { ...systemClock } }
  }

  async function live(run: (live: Live) => Promise<void>): Promise<void> {
    const test = await subject.gateway()
    try {
      await run(openLive(test, create))
    } finally {
      await test.close?.()
    }
  }

  async function record(id: VerbId): Promise<Recording> {
    let recording: Recording | undefined
    await live(async (one) => {
      const fixtures = await prepare(one, id)
      const before = one.exchanges.length
      await perform(one.gateway, id, samples[id].input(fixtures))
      recording = { fixtures, exchanges: one.exchanges.slice(before) }
    })
    if (!recording) throw new Error(`${id} left no recording`)
    return recording
  }

  function scripted(script?: Script, config?: Record<string, unknown>): Scripted {
    const stub = createStubGateway(script)
    return { ...stub, gateway: create({ ...stubConfig(), fetch: stub.fetch, ...config }) }
  }

  function recording(id: VerbId): Promise<Recording> {
    const recording = recordings.get(id) ?? record(id)
    recordings.set(id, recording)
    return recording
  }

  async function findEffect(id: VerbId): Promise<number> {
    const recorded = await recording(id)
    const { gateway, requests } = scripted(answersOf(recorded))
    await perform(gateway, id, samples[id].input(recorded.fixtures))
    const table = await gateway.operations()
    const operations = requests.map((request) => operationsAt(table, request))
    const changing = operations.flatMap((found, index) => (found.some(({ safety }) => safety !== 'read') ? [index] : []))
    const named = operations.findIndex((found) => found.some(({ capability }) => capability === id))
    if (named >= 0 && changing.includes(named)) return named
    return (verbSafety[id] === 'send' ? changing.at(-1) : changing[0]) ?? requests.length - 1
  }

  return {
    subject,
    manifest,
    check: checkWith(runner),
    has: (id) => id in manifest.capabilities,
    stubConfig,
    create,
    scripted,
    live,
    recording,
    effectOf(id) {
      const effect = effects.get(id) ?? findEffect(id)
      effects.set(id, effect)
      return effect
    },
    pick: (list, count, turn) => (quick ? spread(list, count, turn) : list),
  }
}

function spread<Item>(list: readonly Item[], count: number, turn: number | VerbId): readonly Item[] {
  if (count >= list.length) return list
  const first = typeof turn === 'number' ? turn : verbIds().indexOf(turn)
  const places = Array.from({ length: count }, (_, index) => (first + Math.floor((index * list.length) / count)) % list.length)
  return list.filter((_, place) => places.includes(place))
}

// with every character that URLs, JSON, HTML and forms write differently; a config takes printable ASCII
function canaryOf(field: string): string {
  return `${CANARY}-${field}/+=&%"<'\\> ~${CANARY}`
}
