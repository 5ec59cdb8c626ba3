import { type VerbId, verbIds } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { segmentsOf } from '../../context/matching.ts'
import { answersOf, replaceDeep } from '../../recording/recording.ts'
import type { SeenRequest } from '../../recording/stub-gateway.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const NASTY: readonly [name: string, id: string][] = [
  ['two dots', '..'],
  ['one dot', '.'],
  ['a way up', '../../admin'],
  ['a slash', 'a/b'],
  ['a backslash', 'a\\..\\b'],
  ['encoded dots', '%2e%2e'],
  ['an encoded slash', 'a%2fb'],
  ['nothing', ''],
  ['line breaks', 'a\r\nX: y'],
  ['a NUL', 'a\u0000b'],
  ['a query', 'a?b=c'],
  ['a second parameter', 'a&b=c'],
  ['a fragment', 'a#b'],
  ['a semicolon', 'a;b=c'],
  ['umlauts and a space', 'ä ö'],
  ['half a character', 'a\ud83d'],
  ['braces', '{session}'],
  ['a property of every object', '__proto__'],
]

/** A session id never leaves its path segment, or is refused before anything is sent. */
export function pathsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context
  const ids = verbIds().filter((id) => context.has(id) && (samples[id].takesSession || id === 'session.create'))

  /** Calls a verb for a session id; the gateway answers as it did when the verb was recorded. */
  async function run(id: VerbId, session: string): Promise<{ outcome: string; requests: readonly SeenRequest[] }> {
    const recording = await context.recording(id)
    const { gateway, requests } = context.scripted(answersOf(recording, session))
    const { outcome, leaks } = await endingOf(() => perform(gateway, id, samples[id].input({ ...recording.fixtures, session })))
    check(`leaks of ${id} for "${session}"`, leaks, [])
    return { outcome, requests }
  }

  describe('paths', () => {
    for (const id of ids) {
      it(`${id}: a session id never leaves its place`, async () => {
        const { session } = (await context.recording(id)).fixtures
        const plain = await run(id, session)
        check('plain id', [plain.outcome, plain.requests.length > 0], ['ok', true])
        for (const [name, nasty] of context.pick(NASTY, 4, id)) {
          // creating without a name is another request, not a wrong one
          if (nasty === '' && id === 'session.create') continue
          const { outcome, requests } = await run(id, nasty)
          if (outcome === 'invalid_request') {
            // other requests before it are fine, as long as the id stays inside its segment
            const before = plain.requests.slice(0, Math.min(requests.length, plain.requests.length - 1)).map(shapeOf)
            const named = before.map((one) => replaceDeep(one, session, nasty))
            const same = JSON.stringify(requests.map(shapeOf)) === JSON.stringify(named)
            check(`requests for ${name}`, requests.map(shapeOf), same ? named : before)
          } else {
            check(name, [outcome, requests.map(shapeOf)], ['ok', plain.requests.map((one) => replaceDeep(shapeOf(one), session, nasty))])
          }
        }
      })
    }

    it('refuses what cannot stand in a path', async () => {
      const table = await context.scripted().gateway.operations()
      const inPath = Object.values(table.operations).filter(({ parameters }) => parameters?.some((one) => one.in === 'path'))
      check('operations with a path parameter', inPath.length > 0, true)
      for (const [turn, { id, parameters = [] }] of inPath.entries()) {
        const names = parameters.filter((one) => one.in === 'path').map(({ name }) => name)
        for (const nasty of context.pick(['..', '.', '', 'a\r\nb'], 1, turn)) {
          const { gateway, requests } = context.scripted()
          const call = gateway.call as (id: string, input: object) => Promise<unknown>
          const { outcome } = await endingOf(() => call(id, Object.fromEntries(names.map((name) => [name, nasty]))))
          check(`${id} with "${nasty}"`, [outcome, requests.length], ['invalid_request', 0])
        }
      }
    })
  })
}

/** A request with everything taken apart and decoded, so that one id can be compared with another. */
function shapeOf({ method, url, headers, body }: SeenRequest): object {
  const { search, hash } = new URL(url)
  // a plus stays a plus here: ids are never written as forms are
  const pairs =
    search === ''
      ? []
      : search
          .slice(1)
          .split('&')
          .map((pair) => pair.split('=').map(decodeURIComponent))
  return { method, segments: segmentsOf(url), pairs, hash, headers, body: bodyOf(body) }
}

function bodyOf(body: string | undefined): unknown {
  try {
    return body === undefined ? '' : JSON.parse(body)
  } catch {
    return body
  }
}
