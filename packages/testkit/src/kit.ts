import { type Gateway, type Manifest, systemClock, type VerbId } from '@wamux/core'
import { CANARY, perform } from './calling.ts'
import { type Live, openLive } from './live.ts'
import { type Check, checkWith, type Runner } from './runner.ts'
import { prepare } from './stage.ts'
import { createStubGateway, type Script, type StubGateway } from './stub-gateway.ts'
import type { Subject } from './subject.ts'
import type { Tape } from './tape.ts'
import { samples } from './verb-samples.ts'

/** Where stubbed gateways are; the path has to stay. */
export const STUB_URL = 'http://gateway.test/behind/proxy'

/** A plugin on a gateway that answers as told. */
export interface Scripted extends StubGateway {
  readonly gateway: Gateway
}

/** What the groups of the suite work with. */
export interface Kit {
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
  /** The conversation of one call of a verb that went well, recorded once. */
  tape(id: VerbId): Promise<Tape>
}

export function createKit(runner: Runner, subject: Subject): Kit {
  const { manifest } = subject.plugin
  const tapes = new Map<VerbId, Promise<Tape>>()

  function create(config: Record<string, unknown>): Gateway {
    return subject.plugin({ ...subject.config, ...config } as never) as Gateway
  }

  function stubConfig(): Record<string, unknown> {
    const credentials = manifest.credentials.map(({ field, secret }) => [field, secret ? canaryOf(field) : `plain-${field}`])
    // core budgets repeats by clock and gateway: no test is to use up what another one needs
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

  async function record(id: VerbId): Promise<Tape> {
    let tape: Tape | undefined
    await live(async (one) => {
      const staged = await prepare(one, id)
      const before = one.exchanges.length
      await perform(one.gateway, id, samples[id].input(staged))
      tape = { staged, exchanges: one.exchanges.slice(before) }
    })
    if (!tape) throw new Error(`${id} left no tape`)
    return tape
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
    tape(id) {
      const tape = tapes.get(id) ?? record(id)
      tapes.set(id, tape)
      return tape
    },
  }
}

// with every character that URLs, JSON, HTML and forms write differently; a config takes printable ASCII
function canaryOf(field: string): string {
  return `${CANARY}-${field}/+=&%"<'\\> ~${CANARY}`
}
