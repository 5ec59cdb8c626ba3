import { hmacHex } from '@wamux/core/webhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { closeEmulators, OTHER, opened, PHONE, SUBJECTS, WEBHOOK_URL } from './trigger-rig.ts'

afterEach(closeEmulators)

const SUBJECT_LIST = Object.values(SUBJECTS)
const urlFor = (id: string, kind = 'webhook') => `https://n8n.test/${kind}/${id}/webhook`

function forget(staticData: Record<string, unknown>): void {
  for (const name of Object.keys(staticData)) delete staticData[name]
}

describe.each(SUBJECT_LIST)('$gateway: what a workflow keeps was overwritten', (subject) => {
  it('and deliveries are taken all the same', async () => {
    const { emulator, hook, fake, deliver, sent, plugin, session } = await opened(subject)
    await hook('create')
    forget(fake.staticData)
    await plugin.session.waitFor({ session, intervalMs: 5 })
    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Hello n8n' })
    await expect.poll(() => sent('Hello n8n')).not.toEqual([])
    const [delivery] = await sent('Hello n8n')
    const { pathname, search } = new URL(delivery?.url ?? '')
    const request = { headers: { ...delivery?.headers }, body: delivery?.body ?? '', url: pathname + search }
    expect(await deliver(request)).toMatchObject({ status: 204, items: [{ json: { event: 'message.received' } }] })
  })

  it('and the webhook is found, brought up to date, and removed', async () => {
    const { hook, fake, urls } = await opened(subject)
    await hook('create')
    forget(fake.staticData)
    expect(await hook('checkExists')).toBe(false)
    await hook('create')
    expect(await urls()).toHaveLength(1)
    forget(fake.staticData)
    await hook('delete')
    expect(await urls()).toEqual([])
  })
})

describe.each(SUBJECT_LIST)('$gateway: the webhook', (subject) => {
  it('is repaired when somebody took it away', async () => {
    const { hook, urls, plugin, session } = await opened(subject)
    await hook('create')
    const [webhook] = (await plugin.webhook.list({ session })).items
    await plugin.webhook.delete({ session, webhook: webhook?.id ?? '' })
    expect(await hook('checkExists')).toBe(false)
    await hook('create')
    expect(await urls()).toHaveLength(1)
    expect(await hook('checkExists')).toBe(true)
  })

  it('has another secret for each node and each credential', async () => {
    const { place, setup } = await opened(subject)
    const secrets = new Set<unknown>()
    const { credentials, baseUrl } = { credentials: setup.credentials, baseUrl: setup.credentials.baseUrl }
    for (const own of [{}, { webhookId: '2' }]) {
      const { hook, fake } = place({ ...own, webhookUrl: urlFor(own.webhookId ?? '1') })
      await hook('create')
      secrets.add(fake.staticData.secret)
      await hook('delete')
    }
    expect(secrets.size).toBe(2)
    expect(JSON.stringify([...secrets])).not.toContain(String(Object.values({ ...credentials, baseUrl }).at(-1)))
  })

  it('under an address that n8n no longer has is removed', async () => {
    const { place, urls } = await opened(subject)
    const staticData = {}
    await place({ staticData, webhookUrl: 'https://old.test/webhook/1/webhook' }).hook('create')
    // WARest has room for one only
    if (subject.gateway === 'warest') return
    await place({ staticData }).hook('create')
    expect((await urls()).map((url) => url.replace(/\?.*/, ''))).toEqual([WEBHOOK_URL])
  })

  it('of a session that is gone stops neither deactivation nor a change to another session', async () => {
    const { place } = await opened(subject)
    const { hook, fake } = place()
    await hook('create')
    const gone = async () => Response.json({ message: 'Session not found', status: false }, { status: 404 })
    expect(await place({ staticData: { ...fake.staticData }, fetch: gone }).hook('delete')).toBe(true)
    const moved = place({ staticData: { ...fake.staticData, session: 'gone', url: 'https://old.test/webhook/1/webhook' } })
    expect(await moved.hook('create')).toBe(true)
  })

  it('is not touched by a copy of the workflow', async () => {
    const { place, urls } = await opened(subject)
    if (subject.gateway === 'warest') return
    const original = place({ webhookUrl: 'https://n8n-of-others.test/webhook/1/webhook' })
    await original.hook('create')
    const copy = place({ staticData: { ...original.fake.staticData, workflow: 'workflow-0' } })
    await copy.hook('create')
    expect(await urls()).toHaveLength(2)
    await copy.hook('delete')
    expect((await urls()).map((url) => new URL(url).host)).toEqual(['n8n-of-others.test'])
  })

  it('can be registered by a person: the gateway is not called', async () => {
    const { place, setup } = await opened(subject)
    const secret = 'typed-by-a-person-0123456789'
    const { hook, fake, deliver } = place({}, { registration: 'manual', secret })
    expect([await hook('checkExists'), await hook('create'), await hook('delete')]).toEqual([true, true, true])
    expect(fake.asked).toEqual([])
    expect(JSON.stringify(setup.credentials)).not.toContain(secret)
    expect((await deliver({ headers: {}, body: '{}' })).status).toBe(401)
    await expect(place({}, { registration: 'manual', secret: '' }).hook('create')).rejects.toMatchObject({
      message: expect.stringContaining('has to be filled in'),
    })
  })
})

describe('WAHA: several triggers of one session', () => {
  const NUMBERS = Array.from({ length: 10 }, (_, index) => String(index + 1))

  it('published at once are all registered, and unpublished at once all gone', async () => {
    const { place, setup, urls, plugin, session } = await opened(SUBJECTS.waha)
    await plugin.webhook.create({ session, url: OTHER })
    // a change takes as long as a real one
    const slowly = async (request: Request) => {
      const answer = await setup.fetch(request)
      if (request.method === 'PUT') await new Promise((resolve) => setTimeout(resolve, 30))
      return answer
    }
    const nodes = NUMBERS.map((webhookId) => place({ webhookId, webhookUrl: urlFor(webhookId), fetch: slowly }))
    await Promise.all(nodes.map(({ hook }) => hook('create')))
    expect((await urls()).toSorted()).toEqual([OTHER, ...NUMBERS.map((id) => urlFor(id))].toSorted())
    expect(await Promise.all(nodes.map(({ hook }) => hook('checkExists')))).toEqual(NUMBERS.map(() => true))
    await Promise.all(nodes.slice(1).map(({ hook }) => hook('delete')))
    expect((await urls()).toSorted()).toEqual([OTHER, urlFor('1')].toSorted())
  })

  it.each(['before', 'after'])('stay, when another program writes an older list %s we read it back', async (when) => {
    const { place, setup, urls, session } = await opened(SUBJECTS.waha)
    const url = `${setup.credentials.baseUrl}/api/sessions/${session}`
    const headers = { 'x-api-key': String(setup.credentials.apiKey), 'content-type': 'application/json' }
    const body = JSON.stringify({ config: { webhooks: [{ url: OTHER, events: ['message'] }] } })
    const statuses: number[] = []
    let changes = 0
    const raced = async (request: Request) => {
      const answer = await setup.fetch(request)
      if (request.method === 'PUT') changes += 1
      if (statuses.length === 0 && changes === 1 && (when === 'before' || request.method === 'GET')) {
        statuses.push((await setup.fetch(new Request(url, { method: 'PUT', headers, body }))).status)
      }
      return answer
    }
    await place({ fetch: raced }).hook('create')
    expect((await urls()).toSorted()).toEqual([WEBHOOK_URL, OTHER].toSorted())
    expect({ changes, statuses }).toEqual({ changes: 2, statuses: [200] })
  })

  it('are registered although the answer was lost', async () => {
    const { place, setup, urls } = await opened(SUBJECTS.waha)
    let lost = 0
    const losing = async (request: Request) => {
      const answer = await setup.fetch(request)
      if (request.method === 'PUT' && lost++ === 0) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      return answer
    }
    expect(await place({ fetch: losing }).hook('create')).toBe(true)
    expect(await urls()).toEqual([WEBHOOK_URL])
  })

  it('take what was signed with the key that the credential had before', async () => {
    const { place } = await opened(SUBJECTS.waha)
    const { hook, fake } = place({ webhookId: '77' })
    await hook('create')
    const old = String(fake.staticData.secret)
    const changed = place({
      webhookId: '77',
      staticData: fake.staticData,
      credentials: { baseUrl: 'http://waha.test', apiKey: 'a-new-key' },
    })
    const body = JSON.stringify({ id: 'evt_1', timestamp: Date.now(), session: 'default', event: 'session.status', payload: {} })
    const signed = async (secret: string) => ({ headers: { 'x-webhook-hmac': await hmacHex('sha512', secret, body) }, body })
    expect((await changed.deliver(await signed(old))).status).toBe(204)
    expect((await changed.deliver(await signed('another'))).status).toBe(401)
    expect(changed.fake.logged).toEqual([expect.stringContaining('refused a delivery with 401')])
  })
})

describe('WARest: one webhook for a session', () => {
  it('serves the test of a published workflow, and then the published one again', async () => {
    const { place, urls } = await opened(SUBJECTS.warest)
    const published = place()
    await published.hook('create')
    const test = place({ mode: 'manual', webhookUrl: urlFor('1', 'webhook-test'), staticData: published.fake.staticData })
    await test.hook('create')
    expect(await urls()).toEqual([urlFor('1', 'webhook-test')])
    expect(published.fake.staticData.url).toBe(WEBHOOK_URL)
    await test.hook('delete')
    expect(await urls()).toEqual([WEBHOOK_URL])
    expect(await published.hook('checkExists')).toBe(true)
  })

  it('is taken back when n8n ended during the test', async () => {
    const { place, urls } = await opened(SUBJECTS.warest)
    const published = place()
    await published.hook('create')
    await place({ mode: 'manual', webhookUrl: urlFor('1', 'webhook-test') }).hook('create')
    expect(await published.hook('checkExists')).toBe(false)
    await published.hook('create')
    expect(await urls()).toEqual([WEBHOOK_URL])
  })

  it('of another node is left alone', async () => {
    const { place, urls } = await opened(SUBJECTS.warest)
    await place().hook('create')
    await expect(place({ webhookId: '2', webhookUrl: urlFor('2') }).hook('create')).rejects.toThrow()
    expect(await urls()).toEqual([WEBHOOK_URL])
  })
})

describe('a large delivery', () => {
  const large = async (megabytes: number, secret: string) => {
    const body = JSON.stringify({
      timestamp: Date.now(),
      event: 'message',
      session: 'default',
      payload: { body: 'x'.repeat(megabytes * 2 ** 20) },
    })
    return { headers: { 'x-webhook-hmac': await hmacHex('sha512', secret, body) }, body }
  }

  it('is taken up to 16 MB, and to what the options say', async () => {
    const { place } = await opened(SUBJECTS.waha)
    const { hook, fake, deliver } = place()
    await hook('create')
    const secret = String(fake.staticData.secret)
    expect((await deliver(await large(5, secret))).status).toBe(204)
    const strict = place({ staticData: fake.staticData }, { nodeOptions: { largestDelivery: 2 } })
    const refused = await strict.deliver(await large(3, secret))
    expect(refused).toMatchObject({ status: 413, text: expect.stringMatching(/larger than 2 MB.*"Largest Delivery"/) })
    expect(strict.fake.logged[0]).toContain('Largest Delivery')
  })
})
