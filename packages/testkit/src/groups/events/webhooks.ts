import type { GatewayEvent, Page, Webhook } from '@wamux/core'
import type { SuiteContext } from '../../context/context.ts'
import { PHONE_JID, type Scenario, scenarios } from '../../context/scenario.ts'
import { endingOf } from '../../running/call-verb.ts'
import { retryUntilDone } from '../../running/live-gateway.ts'
import { HOOK_SECRET, HOOK_URL } from '../../samples/verb-samples.ts'
import type { CaughtWebhook } from '../../subject/phones.ts'
import type { Runner } from '../../subject/runner.ts'

/** Webhooks can be created without changing those of others, they arrive, and `parseWebhook` reads them. */
export function webhooksGroup(runner: Runner, context: SuiteContext): void {
  const { check, subject } = context
  const when = scenarios(runner, context)

  const urls = async ({ call }: Scenario) => (await call<Page<Webhook>>('webhook.list')).items.map(({ url }) => url)

  /** Sets one up with a secret where the gateway signs. */
  async function setUp({ call, ending, live, session }: Scenario, url: string): Promise<void> {
    const { outcome } = await ending('webhook.create', { url, secret: HOOK_SECRET })
    if (outcome === 'unsupported') await call('webhook.create', { url })
    else check('outcome', outcome, 'ok')
    // a gateway may start the session anew with its changed settings
    await live.until(session, 'connected')
  }

  async function read(caught: CaughtWebhook): Promise<readonly GatewayEvent[]> {
    if (!subject.parseWebhook) throw new Error('the suite needs `parseWebhook` of the subject to try this')
    const { url, headers, body } = caught
    return subject.parseWebhook(new Request(url, { method: 'POST', headers, body }), { secrets: [HOOK_SECRET] })
  }

  /** The first delivery that has an event of this type, with it. */
  async function delivered({ live }: Scenario, type: GatewayEvent['type']): Promise<{ caught: CaughtWebhook; event: GatewayEvent }> {
    const { hooks } = live.test
    if (!hooks) throw new Error('the suite needs `hooks` of the test gateway to try this')
    return retryUntilDone(async () => {
      for (const caught of hooks.caught()) {
        const event = (await read(caught)).find((one) => one.type === type)
        if (event) return { caught, event }
      }
      throw new Error(`no ${type} among ${hooks.caught().length} deliveries`)
    })
  }

  runner.describe('webhooks', () => {
    when(['webhook.create', 'webhook.list'], 'sets a webhook up, changes it and takes it away', async (scenario) => {
      check('before', await urls(scenario), [])
      const made = await scenario.call<Webhook>('webhook.create', { url: HOOK_URL })
      check('made', [made.url, made.session, made.id !== ''], [HOOK_URL, scenario.session, true])
      check('listed', await urls(scenario), [HOOK_URL])
      let { id } = made
      if (context.has('webhook.update')) {
        const changed = await scenario.call<Webhook>('webhook.update', { webhook: id, url: `${HOOK_URL}/other` })
        check('changed', [changed.url, await urls(scenario)], [`${HOOK_URL}/other`, [`${HOOK_URL}/other`]])
        id = changed.id
      }
      if (!context.has('webhook.delete')) return
      await scenario.call('webhook.delete', { webhook: id })
      check('taken away', await urls(scenario), [])
      check('once more', (await scenario.ending('webhook.delete', { webhook: id })).outcome, 'not_found')
    })

    when(['webhook.create', 'webhook.list', 'webhook.delete'], 'leaves the webhooks of others as they are', async (scenario) => {
      const first = await scenario.call<Webhook>('webhook.create', { url: `${HOOK_URL}/first` })
      const second = await scenario.ending('webhook.create', { url: `${HOOK_URL}/second` })
      // a gateway with a single webhook answers that it is taken
      if (second.outcome !== 'ok') check('outcome', ['conflict', 'unsupported'].includes(second.outcome), true)
      check('the first is there', (await urls(scenario)).includes(`${HOOK_URL}/first`), true)
      await scenario.call('webhook.delete', { webhook: first.id })
      check('what is left', await urls(scenario), second.outcome === 'ok' ? [`${HOOK_URL}/second`] : [])
    })

    when('webhook.create', 'refuses an address that is none', async ({ ending, live }) => {
      for (const url of ['', 'nowhere', 'ftp://hooks.invalid']) {
        const before = live.exchanges.length
        const { outcome } = await ending('webhook.create', { url })
        check(`"${url}"`, [outcome, live.exchanges.length - before], ['invalid_request', 0])
      }
    })

    when('webhook.create', 'hears of a message, as a delivery that is genuine', async (scenario) => {
      await setUp(scenario, scenario.live.test.hooks?.url ?? HOOK_URL)
      await scenario.theirs('a message for the webhook')
      const { caught, event } = await delivered(scenario, 'message.received')
      check('gateway and session', [event.gateway, event.session || scenario.session], [context.manifest.id, scenario.session])
      const message = event.type === 'message.received' ? event.data.message : undefined
      check('message', [message?.text, message?.chat], ['a message for the webhook', PHONE_JID])
      check('time', event.at > 1_000_000_000_000, true)
      const again = (await read(caught)).find((one) => one.type === 'message.received')
      check('the same key each time', again?.dedupeKey, event.dedupeKey)
    })

    if (subject.unsignedWebhooks !== true) {
      when('webhook.create', 'takes nothing that was changed on the way', async (scenario) => {
        await setUp(scenario, scenario.live.test.hooks?.url ?? HOOK_URL)
        await scenario.theirs('genuine')
        const { caught } = await delivered(scenario, 'message.received')
        const changed = { ...caught, body: caught.body.replace('genuine', 'forged!') }
        check('outcome', (await endingOf(() => read(changed))).outcome, 'auth')
      })
    }
  })
}
