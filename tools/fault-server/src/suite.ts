import { type Fetch, type Operation, type OperationTable, type Safety, systemClock } from '@wamux/core'
import { createNodeFetch, type NodeFetch } from '@wamux/node-transport'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canaryOf, hasCanary } from './cases/canary.ts'
import { testErrorBodies } from './cases/error-bodies.ts'
import { type Expected, expectedOf, TABLE, type TransportName } from './cases/expected.ts'
import { type Bench, createBench, type FaultyConfig, MAX_BODY_BYTES } from './cases/run-case.ts'
import { type Subject, sendTextVerb, subjectsOf, type TestedGateway, withLargeBody } from './cases/subjects.ts'
import { type Written, watchWritten } from './cases/written-text.ts'
import type { Fault } from './faults/fault.ts'
import { faults as commonFaults } from './faults/faults.ts'
import { startFaultServer } from './server/fault-server.ts'

/** What the suite needs of a plugin. */
export interface FaultSuite {
  /** Id of the gateway. */
  readonly gateway: string
  readonly table: OperationTable
  /**
   * Makes a gateway.
   *
   * @param secret the value of its credential
   */
  create(config: FaultyConfig, secret: string): TestedGateway
  /** How many ways to send there must be, counted by hand: operations, forms, other methods, and one verb. */
  readonly sends: number
  /** By name of a fault: results that this gateway documents differently. */
  readonly differs?: Readonly<Record<string, Expected>>
  /** Faults that only this gateway has; their results are in `differs`. */
  readonly more?: readonly Fault[]
}

/** Every way to send, create or destroy, on every fault, over both transports. */
export function testFaults(suite: FaultSuite): void {
  const secret = canaryOf(suite.gateway)
  const faults = [...commonFaults, ...(suite.more ?? [])]
  const operations = Object.values(suite.table.operations)
  const sends = [...subjectsBySafety(operations, 'send'), sendTextVerb]
  const creates = subjectsBySafety(operations, 'create')
  const dangers = subjectsBySafety(operations, 'danger')
  const [read] = operations.filter((one) => one.safety === 'read').flatMap(subjectsOf)
  const [converge] = operations.filter((one) => one.safety === 'converge').flatMap(subjectsOf)
  let node: NodeFetch
  let written: Written
  const { stackTraceLimit, prepareStackTrace } = Error
  const transports: Readonly<Record<TransportName, Fetch>> = {
    native: (url, init) => fetch(url, init as RequestInit),
    node: (url, init) => node(url, init),
  }

  beforeAll(() => {
    // thousands of errors are made and printed: without stack traces that is quicker
    Error.stackTraceLimit = 3
    Object.assign(Error, { prepareStackTrace: undefined })
    node = createNodeFetch()
    written = watchWritten()
  })
  afterAll(async () => {
    await node.close()
    written.stop()
    Object.assign(Error, { stackTraceLimit, prepareStackTrace })
  })

  it('covers every way to send', () => {
    expect(sends.length).toBe(suite.sends)
    expect(new Set(faults.map((one) => one.name)).size).toBe(faults.length)
    // docs/security.md tells how many: answers, and connections that end at another moment
    expect(faults.length).toBeGreaterThanOrEqual(88)
    expect(faults.filter(({ moment }) => moment !== 'request').length).toBeGreaterThanOrEqual(15)
  })

  describe.each<TransportName>(['native', 'node'])('over the %s transport', (transport) => {
    const benches = new Map<string, Bench>()

    beforeAll(async () => {
      for (const fault of faults) {
        const expected = expectedOf(fault.name, transport, suite.differs)
        const create = (config: FaultyConfig) => suite.create(config, secret)
        benches.set(fault.name, await createBench({ gateway: suite.gateway, fault, expected, transport: transports[transport], create }))
      }
    })
    afterAll(() => Promise.all([...benches.values()].map((bench) => bench.close())))

    const check = async (subject: Subject, names: readonly string[] = faults.map(({ name }) => name)) => {
      const problems = await Promise.all(names.map((name) => benches.get(name)?.problemsOf(subject) ?? ['it has no bench']))
      expect(problems.flat()).toEqual([])
    }

    const [large] = operations.filter((one) => one.safety === 'send' && one.body).map(withLargeBody)
    const early = faults.filter((fault) => fault.moment !== 'request').map(({ name }) => name)
    it.each(large ? [large] : [])('$name is never sent twice', (subject) => check(subject, [...early, 'effect, then reset']))

    it('sends its secret, without which no leak could be found', async () => {
      const bench = benches.get('400')
      await bench?.problemsOf(sendTextVerb)
      expect(bench?.heard).toMatch(/c4n4ry/)
    })

    it('ends in time by the clock on the wall', async () => {
      const dripping = faults.find((one) => one.name === 'effect, then a dripping body')
      if (!dripping) throw new Error('there is no such fault')
      const server = await startFaultServer(dripping)
      const start = performance.now()
      const config = {
        baseUrl: server.url,
        fetch: transports[transport],
        clock: systemClock,
        timeoutMs: 150,
        maxBodyBytes: MAX_BODY_BYTES,
        hooks: {},
      }
      await expect(sendTextVerb.call(suite.create(config, secret))).rejects.toMatchObject({ kind: 'unknown_outcome' })
      // a busy machine is slow, but only a call that never ends takes this long
      expect(performance.now() - start).toBeLessThan(30_000)
      await server.close()
    })

    it.each(sends)('$name is never sent twice', (subject) => check(subject))

    it.each(creates)('$name is never made twice', (subject) => check(subject))

    // one fault of each kind is enough here, among those after which a read is repeated
    const kinds = TABLE.flatMap((row) => row.faults.slice(0, 1))
    const tempting = kinds.filter((name) => expectedOf(name, transport).readTries > 1)
    it.each(dangers)('$name is repeated only when it never reached the server', (subject) => check(subject, tempting))

    // without this, a client that never repeats anything would pass all tests above
    it.each([read, converge].filter((one) => one !== undefined))('$name is repeated', (subject) => check(subject))
  })

  testErrorBodies(suite.gateway, operations, (config) => suite.create(config, secret))

  it('writes no secret', () => {
    expect(hasCanary(written.text)).toBe(false)
  })
}

function subjectsBySafety(operations: readonly Operation[], safety: Safety): Subject[] {
  return operations.filter((one) => one.safety === safety).flatMap(subjectsOf)
}
