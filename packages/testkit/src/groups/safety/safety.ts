import { type VerbId, verbIds, verbSafety } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { answersOf, withFault } from '../../recording/recording.ts'
import type { Reply, SeenRequest } from '../../recording/stub-gateway.ts'
import { type Ending, endingOf, perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Failures after which the effect may have happened. */
const UNDECIDED: readonly [name: string, fault: Reply][] = [
  ['a lost answer', 'lost'],
  ['no answer in time', 'silent'],
  ['a 500', { status: 500, body: { message: 'no' } }],
  ['an empty 502', { status: 502 }],
  ['a 502 in HTML', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html><body><h1>Bad Gateway</h1></body></html>' }],
  ['a 504', { status: 504 }],
  ['a 200 that is no JSON', { status: 200, headers: JSON_TYPE, body: '{"id": tru' }],
  ['a 200 with a web page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body>Sign in</body></html>' }],
  ['a 200 that breaks off', 'cut'],
]
const REFUSALS: readonly [status: number, kind: string][] = [
  [400, 'invalid_request'],
  [401, 'auth'],
  [403, 'permission'],
  [404, 'not_found'],
  [409, 'conflict'],
  [413, 'invalid_request'],
  [501, 'unsupported'],
]

/** Successful answers without the expected content. */
const STRANGE: readonly unknown[] = ['', '{}', '[]', 'null', '"text"', '42', '[null]', '{"results":null}', '{"results":[]}', '{"data":{}}']

const DEFINITE = ['ok', 'bad_response', 'not_found', 'conflict', 'server']

interface Attempt extends Ending {
  /** Requests that were to have the verb's effect. */
  readonly effects: number
}

/** Nothing is sent, made or destroyed twice, and nothing that may have happened is called a failure. */
export function safetyGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  /** Calls a verb whose effect meets `fault` as often as told, or for ever. */
  async function meet(id: VerbId, fault: Reply, times?: number, options: object = {}, onFault = () => {}): Promise<Attempt> {
    const recording = await context.recording(id)
    const index = await context.effectOf(id)
    const replies = withFault(answersOf(recording), index, fault, times)
    const { gateway, requests } = context.scripted((_, number) => {
      if (number === index) onFault()
      return replies[Math.min(number, replies.length - 1)] ?? { status: 200 }
    })
    const timeout = fault === 'silent' ? { timeoutMs: 60 } : {}
    const ending = await endingOf(() => perform(gateway, id, samples[id].input(recording.fixtures), { ...timeout, ...options }))
    const effect = requests[index]
    return { ...ending, effects: requests.filter((one) => sameRequest(one, effect)).length }
  }

  /** True for a verb whose effect would exist twice after two calls. A verb composed of calls that converge may be repeated. */
  function countsTwice(id: VerbId): boolean {
    const safety = verbSafety[id]
    // a pairing code that nobody types in expires by itself
    if (id === 'session.requestPairingCode') return false
    return (
      context.has(id) &&
      (safety === 'send' || (safety === 'create' && (id === 'session.create' || context.manifest.capabilities[id] === 'native')))
    )
  }

  describe('safety', () => {
    for (const id of verbIds().filter(countsTwice)) {
      for (const [name, fault] of UNDECIDED) {
        it(`${id}: ${name} is an unknown outcome, and not repeated`, async () => {
          const { outcome, effects, leaks, error } = await meet(id, fault)
          check(name, [outcome, effects, leaks, error?.retryable], ['unknown_outcome', 1, [], false])
        })
      }

      it(`${id}: giving up while it is under way is an unknown outcome`, async () => {
        const controller = new AbortController()
        const { outcome, effects } = await meet(id, 'silent', undefined, { signal: controller.signal, timeoutMs: 10_000 }, () => {
          setTimeout(() => controller.abort(), 10)
        })
        check('abort', [outcome, effects], ['unknown_outcome', 1])
      })

      it(`${id}: a refused connection is tried three times, as nothing was sent`, async () => {
        const { outcome, effects, error, leaks } = await meet(id, 'refused')
        check('for ever', [outcome, effects, error?.reached, error?.retryable, leaks], ['network', 3, 'no', true, []])
        const twice = await meet(id, 'refused', 2)
        check('twice', [twice.outcome, twice.effects], ['ok', 3])
        const once = await meet(id, 'refused', undefined, { attempts: 1 })
        check('once is enough when told so', [once.outcome, once.effects], ['network', 1])
      })

      it(`${id}: a refusal is definite`, async () => {
        for (const [status, kind] of context.pick(REFUSALS, 2, id)) {
          const { outcome, effects } = await meet(id, { status, body: { message: 'no' } })
          check(`${status}`, [outcome, effects], [kind, 1])
        }
        check('429', (await meet(id, { status: 429, headers: { 'retry-after': '60' }, body: {} })).outcome, 'rate_limited')
      })
    }

    for (const id of verbIds().filter((one) => context.has(one) && ['session.get', 'session.list', 'session.qr'].includes(one))) {
      it(`${id}: is repeated, as it changes nothing`, async () => {
        for (const fault of [{ status: 503 }, 'lost', 'cut', 'refused'] as const) {
          const { outcome, effects } = await meet(id, fault, 2)
          check(`two times ${JSON.stringify(fault)}`, [outcome, effects], ['ok', 3])
        }
        const { outcome, effects } = await meet(id, { status: 503 })
        check('503 for ever', [outcome, effects], ['server', 3])
        const definite = await meet(id, { status: 404 })
        check('404', [definite.outcome, definite.effects], ['not_found', 1])
      })
    }

    for (const id of (['session.start', 'session.stop', 'session.restart'] as const).filter(context.has)) {
      it(`${id}: is repeated, as it ends in the same state`, async () => {
        for (const fault of [{ status: 503 }, 'lost', 'refused'] as const) {
          const { outcome, effects } = await meet(id, fault, 1)
          check(`${JSON.stringify(fault)} once`, [outcome, effects], ['ok', 2])
        }
        check('lost for ever', (await meet(id, 'lost')).outcome, 'network')
      })
    }

    for (const id of (['session.logout', 'session.delete', 'session.reset'] as const).filter(context.has)) {
      it(`${id}: is repeated only when it certainly never reached the gateway`, async () => {
        for (const [name, fault] of [...UNDECIDED, ['a 503', { status: 503 }]] as const) {
          const { outcome, effects, leaks } = await meet(id, fault)
          check(name, [outcome === 'ok', effects, leaks], [false, 1, []])
        }
        for (const fault of ['lost', 'silent', 'cut'] as const) check(fault, (await meet(id, fault)).outcome, 'unknown_outcome')
        const refused = await meet(id, 'refused')
        check('nobody listening', [refused.outcome, refused.effects, refused.leaks, refused.error?.reached], ['network', 3, [], 'no'])
        const late = await meet(id, 'refused', 2)
        check('nobody listening at first', [late.outcome, late.effects], ['ok', 3])
      })
    }

    for (const id of verbIds().filter((one) => context.has(one) && !one.endsWith('.waitFor'))) {
      const { stage } = samples[id]
      it(`${id}: bears a success that says nothing`, async () => {
        for (const body of context.pick(STRANGE, 2, id)) {
          const { outcome, effects, leaks, error } = await meet(id, { status: 200, headers: body === '' ? {} : JSON_TYPE, body })
          // a message was sent, or a session made, whatever the answer looks like
          const done = countsTwice(id) || stage === 'none' ? ['ok', 'unknown_outcome'] : [...DEFINITE, 'unknown_outcome']
          check(`${JSON.stringify(body)}: ${outcome}`, [done.includes(outcome), effects, leaks], [true, 1, []])
          const unreached = (outcome === 'unknown_outcome' || outcome === 'bad_response') && error?.reached === 'no'
          check(`${JSON.stringify(body)}: ${outcome}, and nothing reached the gateway`, unreached, false)
        }
      })
    }

    it('does not follow a redirect with its credentials', async () => {
      const { gateway, requests } = context.scripted([{ status: 307, headers: { location: 'http://elsewhere.test/' } }])
      const { outcome, leaks } = await endingOf(() => perform(gateway, 'session.get', { session: 'main' }))
      check('kind, requests', [outcome, requests.length, leaks], ['bad_response', 1, []])
    })
  })
}

function sameRequest(one: SeenRequest, other: SeenRequest | undefined): boolean {
  return one.method === other?.method && one.url === other.url && one.body === other.body
}
