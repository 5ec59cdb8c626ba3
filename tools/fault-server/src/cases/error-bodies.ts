import { type Clock, type Fetch, GatewayError, type Operation } from '@wamux/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asFetched, type HostileAnswer, hostileAnswers, nastyAnswers } from '../faults/hostile-answers.ts'
import { createCaseClock, DEADLINE_MS } from './case-clock.ts'
import { type FaultyConfig, MAX_BODY_BYTES, problemsOfError } from './run-case.ts'
import { byMethod, type Subject, sendTextVerb, subjectsOf, type TestedGateway } from './subjects.ts'

const RUNS = 400

/** Property tests of how a gateway reads answers: every answer becomes data or a complete GatewayError. */
export function testErrorBodies(id: string, operations: readonly Operation[], create: (config: FaultyConfig) => TestedGateway): void {
  const first = (safety: Operation['safety']) => operations.filter((one) => one.safety === safety).slice(0, 1)
  const [send] = first('send')
  const byId = [...first('read'), ...first('create'), ...first('danger')].map((operation) => subjectsOf(operation)[0])
  const subjects = [...byId, sendTextVerb, send && subjectsOf(send)[0], send && byMethod(send, send.method)].filter(
    (one) => one !== undefined,
  )

  describe('whatever it answers', () => {
    it.each(subjects)('$name gives data or a whole error', async (subject) => {
      const told: GatewayError[] = []
      let fetched = fetch as Fetch
      const clock = createCaseClock()
      const gateway = create({ ...configFor(clock, told), fetch: (url, init) => fetched(url, init) })
      await fc.assert(
        fc.asyncProperty(hostileAnswers, async (answer) => {
          clock.refresh()
          told.length = 0
          fetched = async () => asFetched(answer)
          const thrown = await subject.call(gateway).then(
            () => undefined,
            (error: unknown) => error,
          )
          const error = thrown ?? told.at(-1)
          expect(error === undefined ? [] : [...problemsOfError(error, id), ...problemsOfKind(error, subject, answer.status)]).toEqual([])
        }),
        { numRuns: RUNS, examples: nastyAnswers.map((answer): [HostileAnswer] => [answer]) },
      )
    })
  })
}

function configFor(clock: Clock, told: GatewayError[]): Omit<FaultyConfig, 'fetch'> {
  const hooks = { onError: ({ error }: { readonly error: GatewayError }) => void told.push(error) }
  return { baseUrl: 'http://gateway.test', clock, timeoutMs: DEADLINE_MS, maxBodyBytes: MAX_BODY_BYTES, hooks }
}

function problemsOfKind(error: unknown, { safety }: Subject, status: number): string[] {
  if (!GatewayError.is(error)) return []
  const undecided = (status >= 500 && status !== 501) || status === 408
  const open = (safety === 'send' || safety === 'create') && undecided
  return open && error.kind !== 'unknown_outcome' ? [`${status} ended as ${error.kind}`] : []
}
