import type { Fetch } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

/** `limits.perSession` holds up requests of the session that has too many, and of no other one. */
export function limitsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context

  describe('limits per session', () => {
    for (const verb of ['message.sendText', 'chat.list'] as const) {
      if (!context.has(verb)) continue
      it(`hold up ${verb} of the same session, and of no other`, async () => {
        const { fixtures } = await context.recording(verb)
        let open = 0
        let most = 0
        let goOn = () => {}
        const bothSent = new Promise<void>((resolve) => {
          goOn = resolve
        })
        const fetch: Fetch = async () => {
          open += 1
          most = Math.max(most, open)
          if (open === 2) goOn()
          await bothSent
          // what is not held up is sent meanwhile
          await new Promise((resolve) => setTimeout(resolve, 20))
          open -= 1
          return new Response('{"message":"no"}', { status: 403, headers: { 'content-type': 'application/json' } })
        }
        const gateway = context.create({ ...context.stubConfig(), fetch, limits: { perSession: { concurrency: 1 } } })
        const call = (session: string) => endingOf(() => perform(gateway, verb, samples[verb].input({ ...fixtures, session })))
        const endings = await Promise.all(['one', 'one', 'one', 'other'].map(call))
        check('most requests at once', most, 2)
        check('endings', new Set(endings.map(({ outcome }) => outcome)), new Set(['permission']))
      })
    }
  })
}
