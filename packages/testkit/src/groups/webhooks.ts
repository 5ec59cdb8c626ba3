import type { GatewayEvent, Page, Webhook } from '@wamux/core'
import { endingOf } from '../calling.ts'
import type { Kit } from '../kit.ts'
import { patiently } from '../live.ts'
import type { CaughtWebhook } from '../phones.ts'
import type { Runner } from '../runner.ts'
import { PHONE_JID, type Scene, scenes } from '../scene.ts'
import { HOOK_SECRET, HOOK_URL } from '../verb-samples.ts'

/** Webhooks are set up without touching those of others, arrive, and are read. */
export function webhooksGroup(runner: Runner, kit: Kit): void {
  const { check, subject } = kit
  const when = scenes(runner, kit)

  const urls = async ({ call }: Scene) => (await call<Page<Webhook>>('webhook.list')).items.map(({ url }) => url)

  /** Sets one up with a secret where the gateway signs. */
  async function setUp({ call, ending, live, session }: Scene, url: string): Promise<void> {
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
  async function delivered({ live }: Scene, type: GatewayEvent['type']): Promise<{ caught: CaughtWebhook; event: GatewayEvent }> {
    const { hooks } = live.test
    if (!hooks) throw new Error('the suite needs `hooks` of the test gateway to try this')
    return patiently(async () => {
      for (const caught of hooks.caught()) {
        const event = (await read(caught)).find((one) => one.type === type)
        if (event) return { caught, event }
      }
      throw new Error(`no ${type} among ${hooks.caught().length} deliveries`)
    })
  }

  runner.describe('webhooks', () => {
    when(['webhook.create', 'webhook.list'], 'sets a webhook up, changes it and takes it away', async (scene) => {
      check('before', await urls(scene), [])
      const made = await scene.call<Webhook>('webhook.create', { url: HOOK_URL })
      check('made', [made.url, made.session, made.id !== ''], [HOOK_URL, scene.session, true])
      check('listed', await urls(scene), [HOOK_URL])
      let { id } = made
      if (kit.has('webhook.update')) {
        const changed = await scene.call<Webhook>('webhook.update', { webhook: id, url: `${HOOK_URL}/other` })
        check('changed', [changed.url, await urls(scene)], [`${HOOK_URL}/other`, [`${HOOK_URL}/other`]])
        id = changed.id
      }
      if (!kit.has('webhook.delete')) return
      await scene.call('webhook.delete', { webhook: id })
      check('taken away', await urls(scene), [])
      check('once more', (await scene.ending('webhook.delete', { webhook: id })).outcome, 'not_found')
    })

    when(['webhook.create', 'webhook.list', 'webhook.delete'], 'leaves the webhooks of others as they are', async (scene) => {
      const first = await scene.call<Webhook>('webhook.create', { url: `${HOOK_URL}/first` })
      const second = await scene.ending('webhook.create', { url: `${HOOK_URL}/second` })
      // a gateway with one place says that it is taken
      if (second.outcome !== 'ok') check('outcome', ['conflict', 'unsupported'].includes(second.outcome), true)
      check('the first is there', (await urls(scene)).includes(`${HOOK_URL}/first`), true)
      await scene.call('webhook.delete', { webhook: first.id })
      check('what is left', await urls(scene), second.outcome === 'ok' ? [`${HOOK_URL}/second`] : [])
    })

    when('webhook.create', 'refuses an address that is none', async ({ ending, live }) => {
      for (const url of ['', 'nowhere', 'ftp://hooks.invalid']) {
        const before = live.exchanges.length
        const { outcome } = await ending('webhook.create', { url })
        check(`"${url}"`, [outcome, live.exchanges.length - before], ['invalid_request', 0])
      }
    })

    when('webhook.create', 'hears of a message, as a delivery that is genuine', async (scene) => {
      await setUp(scene, scene.live.test.hooks?.url ?? HOOK_URL)
      await scene.theirs('a message for the webhook')
      const { caught, event } = await delivered(scene, 'message.received')
      check('gateway and session', [event.gateway, event.session || scene.session], [kit.manifest.id, scene.session])
      const message = event.type === 'message.received' ? event.data.message : undefined
      check('message', [message?.text, message?.chat], ['a message for the webhook', PHONE_JID])
      check('time', event.at > 1_000_000_000_000, true)
      const again = (await read(caught)).find((one) => one.type === 'message.received')
      check('the same key each time', again?.dedupeKey, event.dedupeKey)
    })

    if (subject.unsignedWebhooks !== true) {
      when('webhook.create', 'takes nothing that was changed on the way', async (scene) => {
        await setUp(scene, scene.live.test.hooks?.url ?? HOOK_URL)
        await scene.theirs('genuine')
        const { caught } = await delivered(scene, 'message.received')
        const changed = { ...caught, body: caught.body.replace('genuine', 'forged!') }
        check('outcome', (await endingOf(() => read(changed))).outcome, 'auth')
      })
    }
  })
}
