import { type VerbId, verbIds, verbSafety } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { answersOf, withFault } from '../../recording/recording.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'
import { effectOf } from './safety.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

/** Answers that say nothing about what was asked. */
const EMPTY: readonly string[] = ['{}', '[]', 'null', '"OK"', '']
/** Answers that say that it failed, whatever HTTP says. */
const FAILED: readonly string[] = [
  '{"error":"x"}',
  '{"status":false}',
  '{"status":false,"message":"WhatsApp refused"}',
  '{"success":false}',
]

interface Claims {
  readonly done?: unknown
  readonly deleted?: unknown
  readonly state?: unknown
  readonly id?: unknown
  readonly code?: unknown
  readonly exists?: unknown
  readonly link?: unknown
  readonly status?: unknown
  readonly participants?: unknown
}

/** A result is built only from what the gateway said: no success is invented out of an answer that says nothing, or no. */
export function outcomesGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  /** Calls a verb whose deciding request is answered with a 200 and this body. */
  async function answered(id: VerbId, index: number, body: string) {
    const recording = await context.recording(id)
    const headers = body === '' ? {} : JSON_TYPE
    const replies = withFault(answersOf(recording), index, { status: 200, headers, body })
    const { gateway } = context.scripted(replies)
    let result: unknown
    const ending = await endingOf(async () => {
      result = await perform(gateway, id, samples[id].input(recording.fixtures))
    })
    return { ...ending, result }
  }

  const verbs = verbIds().filter((id) => context.has(id) && !id.endsWith('.waitFor'))

  describe('outcomes', () => {
    for (const id of verbs) {
      it(`${id}: an answer that says nothing is no success`, async () => {
        const index = await effectOf(context, id)
        for (const body of EMPTY) {
          const { outcome, result } = await answered(id, index, body)
          if (outcome === 'ok') check(`claims out of ${body || 'an empty body'}`, invented(id, body, result), [])
          else if (verbSafety[id] === 'send' || (verbSafety[id] === 'create' && context.manifest.capabilities[id] === 'native'))
            check(body, outcome, 'unknown_outcome')
          else check(`${body}: ${outcome}`, ['bad_response', 'unknown_outcome', 'not_found', 'conflict'].includes(outcome), true)
        }
      })

      // its answer is a file, which may have any content
      if (id === 'message.downloadMedia') continue
      it(`${id}: an answer that says no is a failure, and a definite one`, async () => {
        const index = await effectOf(context, id)
        for (const body of FAILED) {
          const { outcome } = await answered(id, index, body)
          check(`${body}: ${outcome}`, ['ok', 'unknown_outcome', 'network', 'timeout'].includes(outcome), false)
        }
      })
    }
  })
}

/** What a result claims although the answer did not say it. */
function invented(id: VerbId, body: string, result: unknown): string[] {
  const { done, deleted, state, participants, ...claims } = result as Claims
  // these claim no more than that HTTP said yes
  if (done === true || deleted === true) return []
  const named = (['id', 'code', 'exists', 'link', 'status'] as const).filter((name) => claims[name] !== undefined)
  const persons = Array.isArray(participants) ? (participants as { ok?: unknown }[]).filter(({ ok }) => ok === true) : []
  // what removes or lets in persons may answer without a body, as what is only done
  const people = persons.length > 0 && verbSafety[id] === 'send' && body !== '' ? ['participants'] : []
  const states = state !== undefined && state !== 'unknown' && !(id === 'session.stop' && body === '') ? ['state'] : []
  const lists = ['items', 'sessions', 'requests', 'labels'].filter((name) => name in (result as object) && !['[]', '{}'].includes(body))
  return [...named, ...people, ...states, ...lists]
}
