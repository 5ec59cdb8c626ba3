import { type Gateway, type Manifest, systemClock, type VerbId } from '@wamux/core'
import type { Recording } from '../recording/recording.ts'
import { createStubGateway, type Script, type StubGateway } from '../recording/stub-gateway.ts'
import { CANARY, perform } from '../running/call-verb.ts'
import { type Live, openLive } from '../running/live-gateway.ts'
import { samples } from '../samples/verb-samples.ts'
import { type Check, checkWith, type Runner } from '../subject/runner.ts'
import type { Subject } from '../subject/subject.ts'
import { prepare } from './fixtures.ts'

/** The base URL of stubbed gateways; its path must be kept in every request. */
export const STUB_URL = 'http://gateway.test/behind/proxy'

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
}

export function createContext(runner: Runner, subject: Subject): SuiteContext {
  const { manifest } = subject.plugin
  const recordings = new Map<VerbId, Promise<Recording>>()

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

  return {
    subject,
    manifest,
    check: checkWith(runner),
    has: (id) => id in manifest.capabilities,
    stubConfig,
    create,
    scripted(script, config) {
      const stub = createStubGateway(script)
      return { ...stub, gateway: create({ ...stubConfig(), fetch: stub.fetch, ...config }) }
    },
    live,
    recording(id) {
      const recording = recordings.get(id) ?? record(id)
      recordings.set(id, recording)
      return recording
    },
  }
}

// with every character that URLs, JSON, HTML and forms write differently; a config takes printable ASCII
function canaryOf(field: string): string {
  return `${CANARY}-${field}/+=&%"<'\\> ~${CANARY}`
}
