import { type Fetch, verbIds, verbSafety } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { prepare } from '../../context/fixtures.ts'
import { endingOf, perform } from '../../running/call-verb.ts'
import { openLive } from '../../running/live-gateway.ts'
import { samples } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

/** Every send whose effect happened and whose answer was lost: unknown, and never done twice. */
export function lostSendsGroup({ describe, it }: Runner, context: SuiteContext): void {
  const { check } = context
  const sends = verbIds().filter((id) => context.has(id) && verbSafety[id] === 'send')

  describe('lost answers', () => {
    for (const id of sends) {
      it(`${id}: it happened, the answer was lost, and it did not happen twice`, async () => {
        const index = await context.effectOf(id)
        const test = await context.subject.gateway()
        const loser = loseAnswer((test.config.fetch ?? globalThis.fetch) as Fetch)
        try {
          const live = openLive({ ...test, config: { ...test.config, fetch: loser.fetch } }, context.create)
          const fixtures = await prepare(live, id)
          const before = (await test.phones?.messages?.({})) ?? []
          loser.arm(index)
          const { outcome } = await endingOf(() => perform(live.gateway, id, samples[id].input(fixtures)))
          check('outcome', outcome, 'unknown_outcome')
          check('requests with an effect', loser.lost(), 1)
          // by now a second copy would have arrived
          await new Promise((resolve) => setTimeout(resolve, 100))
          const after = (await test.phones?.messages?.({})) ?? []
          check('messages at most', after.length - before.length <= 1, true)
        } finally {
          await test.close?.()
        }
      })
    }
  })
}

/** A fetch whose armed request is performed and never answered. */
function loseAnswer(perform: Fetch): { readonly fetch: Fetch; arm(index: number): void; lost(): number } {
  let wait = -1
  let target: string | undefined
  let lost = 0
  return {
    async fetch(url, init) {
      const request = `${init.method} ${url}`
      const response = await perform(url, init)
      if (wait === 0) target = request
      if (wait >= 0) wait -= 1
      if (request !== target) return response
      lost += 1
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }),
      })
    },
    arm(index) {
      wait = index
    },
    lost: () => lost,
  }
}
