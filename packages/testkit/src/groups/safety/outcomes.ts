import { type VerbId, verbIds, verbSafety } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { answersOf, withFault } from '../../recording/recording.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const JSON_TYPE = 'application/json'

/** Answers without any fact about what the caller asked for. */
const EMPTY: readonly string[] = ['{}', '[]', 'null', '"OK"', '', '{"data":null}', '{"result":null}', '{"results":[]}']
/** Answers that say that it failed, whatever HTTP says. */
const FAILED: readonly string[] = [
  '{"error":"x"}',
  '{"status":false}',
  '{"status":false,"message":"WhatsApp refused"}',
  '{"success":false}',
  '{"success":false,"message":"x"}',
  '{"success":"false","message":"x"}',
  '{"ok":false}',
  '{"ok":false,"description":"x"}',
  '{"result":false}',
  '{"status":"error"}',
  '{"status":"ERROR","message":"x"}',
  '{"status":"failed","reason":"x"}',
  '{"statusCode":500}',
  '{"statusCode":500,"message":"x","error":"Internal Server Error"}',
  '{"status":500,"message":"x"}',
  '{"code":502,"message":"x"}',
  '{"error":{"message":"x"}}',
  '{"errors":["x"]}',
  '{"errors":[{"message":"x"}]}',
  '{"data":{"error":"x"}}',
  '{"data":{"success":false}}',
  '{"response":{"message":"x","statusCode":500}}',
  '{"exception":{"message":"x"}}',
  '[{"error":"x"}]',
]

/** Failures that name a status which says nothing about what was done. */
const LEFT_OPEN = /50[02]/

/** Pages of a proxy or a login form, with the media types they come under. */
const PAGES: readonly (readonly [type: string, body: string])[] = [
  ['text/html', '<html><body>Log in</body></html>'],
  ['text/html; charset=utf-8', '<!DOCTYPE html><title>502 Bad Gateway</title>'],
  ['application/json', '<!doctype html><h1>Sign in</h1>'],
  ['text/plain', '<!DOCTYPE html><html></html>'],
  ['', '\n<html><head></head></html>'],
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
  async function answered(id: VerbId, index: number, body: string, type: string | undefined = JSON_TYPE) {
    const recording = await context.recording(id)
    const headers: Record<string, string> = body === '' || type === '' ? {} : { 'content-type': type }
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
        const index = await context.effectOf(id)
        for (const body of context.pick(EMPTY, 2, id)) {
          const { outcome, result } = await answered(id, index, body)
          if (outcome === 'ok')
            check(`claims out of ${body || 'an empty body'}`, invented(id, body, result, context.subject.answeringVerbs), [])
          else if (verbSafety[id] === 'send' || (verbSafety[id] === 'create' && context.manifest.capabilities[id] === 'native'))
            check(body, outcome, 'unknown_outcome')
          else check(`${body}: ${outcome}`, ['bad_response', 'unknown_outcome', 'not_found', 'conflict'].includes(outcome), true)
        }
      })

      // its answer is a file, which may have any content
      if (id === 'message.downloadMedia') continue
      it(`${id}: an answer that says no is a failure, and a definite one`, async () => {
        const index = await context.effectOf(id)
        for (const body of context.pick(FAILED, 3, id)) {
          const { outcome } = await answered(id, index, body)
          const open = LEFT_OPEN.test(body) ? [] : ['unknown_outcome']
          check(`${body}: ${outcome}`, ['ok', 'network', 'timeout', ...open].includes(outcome), false)
        }
      })

      it(`${id}: a page of a proxy is no success`, async () => {
        const index = await context.effectOf(id)
        for (const [type, body] of context.pick(PAGES, 1, id)) {
          const { outcome } = await answered(id, index, body, type)
          check(`${type} ${body}: ${outcome}`, ['bad_response', 'unknown_outcome', 'network', 'server'].includes(outcome), true)
        }
      })
    }
  })
}

/** What a result claims although the answer did not say it. */
function invented(id: VerbId, body: string, result: unknown, answering: readonly VerbId[] = []): string[] {
  const { done, deleted, state, participants, ...claims } = result as Claims
  // these claim no more than that HTTP said yes, which is enough where the answer has nothing else to say
  if (done === true || deleted === true) return answering.includes(id) ? [done === true ? 'done' : 'deleted'] : []
  const named = (['id', 'code', 'exists', 'link', 'status'] as const).filter((name) => claims[name] !== undefined)
  const persons = Array.isArray(participants) ? (participants as { ok?: unknown }[]).filter(({ ok }) => ok === true) : []
  // what removes or lets in persons may answer without a body, as what is only done
  const people = persons.length > 0 && verbSafety[id] === 'send' && body !== '' ? ['participants'] : []
  const states = state !== undefined && state !== 'unknown' && !(id === 'session.stop' && body === '') ? ['state'] : []
  const lists = ['items', 'sessions', 'requests', 'labels'].filter(
    (name) => name in (result as object) && !['[]', '{}', '{"results":[]}'].includes(body),
  )
  return [...named, ...people, ...states, ...lists]
}
