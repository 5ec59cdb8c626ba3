import { type Clock, type Fetch, type Gateway, type Page, systemClock, type Webhook } from '@wamux/core'
import { registerWebhook, unregisterWebhook } from '@wamux/core/registration'
import type { SuiteContext } from '../../context/context.ts'
import { type Scenario, scenarios } from '../../context/scenario.ts'
import { endingOf } from '../../running/call-verb.ts'
import { HOOK_URL } from '../../samples/verb-samples.ts'
import type { Runner } from '../../subject/runner.ts'

const VERBS = ['webhook.create', 'webhook.list', 'webhook.update', 'webhook.delete'] as const
const THEIRS = `${HOOK_URL}/theirs`
/** Requests after which a program ends. */
const KILLS = [2, 3]

/** Waits are shorter than elsewhere. */
const QUICK: Clock = { ...systemClock, after: (ms, callback) => systemClock.after(ms / 20, callback) }

/** Many webhooks of one session are set up and taken away at once, by programs that end in the middle as well: none is lost, none is left. */
export function registrationsGroup(runner: Runner, context: SuiteContext): void {
  const { check } = context
  const when = scenarios(runner, context)

  const listed = async ({ call }: Scenario) => (await call<Page<Webhook>>('webhook.list')).items.map(({ url }) => url).sort()
  const urls = (count: number) => Array.from({ length: count }, (_, index) => `${HOOK_URL}/own-${index}`)

  /** Sets all up at once; gives those that came about. A session that has room for one says `conflict` to the others. */
  async function registerAll({ session }: Scenario, gateway: Gateway, all: readonly string[], signal?: AbortSignal): Promise<string[]> {
    const options = { confirmAfterMs: 0, clock: QUICK, ...(signal ? { call: { signal } } : {}) }
    const endings = await Promise.all(all.map((url) => endingOf(registerWebhook(gateway, { session, url }, options))))
    if (signal) return []
    const done = all.filter((_, index) => endings[index]?.outcome === 'ok')
    check('other endings', [...new Set(endings.map(({ outcome }) => outcome).filter((one) => one !== 'ok'))], hasAll(done, all))
    check('some came about', done.length > 0, true)
    return done
  }

  function hasAll(done: readonly string[], all: readonly string[]): string[] {
    return done.length === all.length ? [] : ['conflict']
  }

  /** A webhook of somebody else, where there is room for several. */
  async function theirs({ call, ending }: Scenario): Promise<string[]> {
    const { id } = await call<Webhook>('webhook.create', { url: THEIRS })
    const second = await ending('webhook.create', { url: `${THEIRS}/2` })
    if (second.outcome === 'ok') return [THEIRS, `${THEIRS}/2`]
    await call('webhook.delete', { webhook: id })
    return []
  }

  async function takeAway(scenario: Scenario, all: readonly string[], others: readonly string[]): Promise<void> {
    const { gateway, session } = scenario
    await Promise.all(all.map((url) => unregisterWebhook(gateway, { session, urls: [url] }, { confirmAfterMs: 0, clock: QUICK })))
    check('left', await listed(scenario), [...others].sort())
  }

  runner.describe('webhooks of many programs', () => {
    for (const count of [2, 10]) {
      when(VERBS, `${count} are created at once, and none is lost`, async (scenario) => {
        const all = urls(count)
        const endings = await Promise.all(all.map((url) => scenario.ending('webhook.create', { url })))
        const done = all.filter((_, index) => endings[index]?.outcome === 'ok')
        check('listed', await listed(scenario), done.sort())
        check(
          'outcomes',
          endings.map(({ outcome }) => outcome).filter((one) => one !== 'ok' && one !== 'conflict'),
          [],
        )
        check('all, or the one that there is room for', [1, count].includes(done.length), true)
      })

      when(VERBS, `${count} are registered at once, twice over, and taken away at once`, async (scenario) => {
        const others = await theirs(scenario)
        const all = urls(count)
        const done = await registerAll(scenario, scenario.gateway, [...all, ...all])
        check('listed', await listed(scenario), [...new Set(done), ...others].sort())
        await takeAway(scenario, all, others)
      })

      when(VERBS, `${count} are registered by a program that is ended in the middle, and then again`, async (scenario) => {
        const others = await theirs(scenario)
        const all = urls(count)
        for (const kill of KILLS) {
          for (const reaches of [true, false]) {
            const { gateway, signal } = mortal(scenario, kill, reaches)
            await registerAll(scenario, gateway, all, signal)
            const done = await registerAll(scenario, scenario.gateway, all)
            check(`listed after ${kill}`, await listed(scenario), [...done, ...others].sort())
            await takeAway(scenario, all, others)
          }
        }
      })
    }

    when(VERBS, 'one that somebody takes away right after it came about is set up again', async (scenario) => {
      const { gateway, session, call } = scenario
      const url = `${HOOK_URL}/own`
      const stolen = registerWebhook(gateway, { session, url }, { confirmAfterMs: 1_000, clock: QUICK })
      while (!(await listed(scenario)).includes(url)) await new Promise((resolve) => setTimeout(resolve, 1))
      const [{ id } = { id: '' }] = (await call<Page<Webhook>>('webhook.list')).items
      await call('webhook.delete', { webhook: id })
      await stolen
      check('listed', await listed(scenario), [url])
    })
  })

  /**
   * A gateway of a program that ends at one of its requests.
   *
   * @param kill number of that request
   * @param reaches whether it gets to the server
   */
  function mortal({ live }: Scenario, kill: number, reaches: boolean): { gateway: Gateway; signal: AbortSignal } {
    const end = new AbortController()
    const fetch = (live.test.config.fetch ?? globalThis.fetch) as Fetch
    let count = 0
    const dying: Fetch = async (url, init) => {
      count += 1
      if (count < kill) return fetch(url, init)
      if (count === kill && reaches) await fetch(url, { ...init, signal: new AbortController().signal })
      end.abort()
      throw new TypeError('the program has ended')
    }
    return { gateway: context.create({ ...live.test.config, fetch: dying }), signal: end.signal }
  }
}
