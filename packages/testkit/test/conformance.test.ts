import { describe, expect, it } from 'vitest'
import { conformance, type PluginFactory, type Runner, type Subject, type SuiteOptions } from '../src/index.ts'
import { openToyGateway } from './toy-gateway.ts'
import { type Fault, toyPlugin } from './toy-plugin.ts'

interface Collected {
  readonly name: string
  readonly body: () => Promise<void>
}

interface Run {
  readonly passed: string[]
  readonly failed: Map<string, string>
  /** Tests that looked at nothing. */
  readonly idle: string[]
}

/** Runs the suite, or some groups of it, for a plugin within one test. */
async function run(plugin: PluginFactory, options: SuiteOptions, groups?: readonly string[], more: Partial<Subject> = {}): Promise<Run> {
  let checks = 0
  const tests: Collected[] = []
  const path: string[] = []
  const runner: Runner = {
    describe(name, body) {
      path.push(name)
      body()
      path.pop()
    },
    it: (name, body) => {
      if (!groups || groups.includes(path[1] ?? '')) tests.push({ name: [...path.slice(1), name].join(': '), body })
    },
    // as strict as the strictest of runners
    expect: (actual) => {
      checks += 1
      return { toEqual: (expected) => expect(actual).toStrictEqual(expected) }
    },
  }
  conformance(runner, { plugin, gateway: openToyGateway, ...more }, options)
  const passed: string[] = []
  const failed = new Map<string, string>()
  const idle: string[] = []
  for (const { name, body } of tests) {
    const before = checks
    await body().then(
      () => passed.push(name),
      (error: Error) => failed.set(name, error.message),
    )
    if (checks === before) idle.push(name)
  }
  return { passed, failed, idle }
}

describe('the suite', () => {
  it('passes a plugin that is right', { timeout: 120_000 }, async () => {
    const { passed, failed, idle } = await run(toyPlugin(), { quick: true })
    expect(Object.fromEntries(failed)).toEqual({})
    expect(idle).toEqual([])
    expect(passed.length).toBeGreaterThan(100)
    expect(new Set(passed).size).toBe(passed.length)
  })

  it('lets nothing be done out of an empty answer where the vendor’s document promises fields', async () => {
    const name = 'outcomes: session.delete: an answer that says nothing is no success'
    const { passed } = await run(toyPlugin(), {}, ['outcomes'])
    expect(passed).toContain(name)
    const { failed } = await run(toyPlugin(), {}, ['outcomes'], { answeringVerbs: ['session.delete'] })
    expect([...failed.keys()]).toEqual([name])
  })

  const faults: [Fault, string][] = [
    ['stop logs out', 'life cycle: stops, and starts again without a new pairing'],
    ['stop logs out', 'contract: performs session.stop by the operation of that name'],
    ['error shows the key', 'secrets: hides them in an echo as plain text'],
    ['error shows the key', 'errors: makes auth of a 401'],
    ['send is repeated', 'safety: message.sendText: a lost answer is an unknown outcome, and not repeated'],
    ['send is repeated', 'safety: message.sendText: a 500 is an unknown outcome, and not repeated'],
    ['delete is repeated', 'safety: session.delete: is repeated only when it certainly never reached the gateway'],
    ['new states throw', 'states: takes a state that it does not know for unknown'],
    ['path is glued together', 'paths: session.get: a session id never leaves its place'],
    ['path is glued together', 'paths: session.stop: a session id never leaves its place'],
    ['manifest claims restart', 'contract: has exactly the verbs that its manifest names'],
    ['restart is not in the manifest', 'contract: has exactly the verbs that its manifest names'],
    ['restart is not in the manifest', 'absent verbs: refuses session.restart without asking the gateway'],
    ['missing session is no error', 'life cycle: deletes for good'],
    ['sent without an id is a failure', 'safety: message.sendText: bears a success that says nothing'],
    ['no answer is an empty list', 'outcomes: session.list: an answer that says nothing is no success'],
    ['errors are plain', 'errors: makes server of a 500'],
  ]
  for (const fault of new Set(faults.map(([one]) => one))) {
    // each of them waits most of its time for what never comes
    it.concurrent(`fails a plugin whose fault is that ${fault}`, { timeout: 120_000 }, async () => {
      const names = faults.filter(([one]) => one === fault).map(([, name]) => name)
      // the groups that are to find it, and one that has much to pass
      const { failed, passed } = await run(toyPlugin(fault), { quick: fault !== 'path is glued together' }, [
        'contract',
        ...names.map((name) => name.split(': ')[0] ?? ''),
      ])
      expect([...failed.keys()]).toEqual(expect.arrayContaining(names))
      expect(passed.length).toBeGreaterThan(10)
    })
  }
})
