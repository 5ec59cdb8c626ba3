import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/scripted.ts'

const theirs = {
  url: 'https://other.test/hook',
  events: ['message'],
  hmac: { key: 'their-key' },
  retries: { policy: 'exponential', attempts: 3 },
  customHeaders: [{ name: 'x-a', value: 'b' }],
  unknown: { kept: true },
}
const ours = { url: 'https://our.test/hook?token=t', events: ['*'] }
const config = { metadata: { 'user.id': '42' }, noweb: { store: { enabled: true } }, brandNew: [1], webhooks: [theirs, ours] }

/** A WAHA that keeps the config it is given. */
function keeping(start: object | null) {
  let present: unknown = start
  const told = verbs(({ method, body }) => {
    if (method === 'PUT') present = (JSON.parse(body ?? '') as { config: unknown }).config
    return { status: 200, body: { name: session, status: 'STOPPED', config: present } }
  })
  return { ...told, kept: () => present }
}

describe('webhooks', () => {
  it('are listed', async () => {
    const { waha, calls } = keeping(config)
    const { items } = await waha.webhook.list({ session })
    expect(items).toEqual([
      { session, id: theirs.url, url: theirs.url, events: ['message'], signed: true, raw: theirs },
      { session, id: ours.url, url: ours.url, events: ['*'], signed: false, raw: ours },
    ])
    expect(calls()).toEqual([[`GET /api/sessions/${session}`]])
    expect((await keeping(null).waha.webhook.list({ session })).items).toEqual([])
  })

  it('are added, and all else stays as it is', async () => {
    const { waha, calls, kept } = keeping(config)
    const made = { url: 'https://new.test/', events: ['message.any', 'message.ack', 'message.ack.group'], hmac: { key: 'new-key' } }
    const types = ['message.received', 'message.sent', 'message.ack'] as const
    const webhook = await waha.webhook.create({ session, url: made.url, events: types, secret: 'new-key' })
    expect(webhook).toEqual({ session, id: made.url, url: made.url, events: made.events, signed: true, raw: made })
    expect(calls()).toEqual([
      [`GET /api/sessions/${session}`],
      [`PUT /api/sessions/${session}`, { config: { ...config, webhooks: [theirs, ours, made] } }],
    ])
    expect(kept()).toEqual({ ...config, webhooks: [theirs, ours, made] })
  })

  it('are added to a session without a config', async () => {
    const { waha, kept } = keeping(null)
    await waha.webhook.create({ session, url: 'https://new.test/' })
    expect(kept()).toEqual({ webhooks: [{ url: 'https://new.test/', events: ['*'] }] })
  })

  it('are changed in what is given', async () => {
    const { waha, kept } = keeping(config)
    await waha.webhook.update({ session, webhook: theirs.url, events: ['session.status'] })
    expect(kept()).toEqual({ ...config, webhooks: [{ ...theirs, events: ['session.status'] }, ours] })
    await waha.webhook.update({ session, webhook: ours.url, url: 'https://our.test/2', secret: 's' })
    const changed = { url: 'https://our.test/2', events: ['*'], hmac: { key: 's' } }
    expect(kept()).toEqual({ ...config, webhooks: [{ ...theirs, events: ['session.status'] }, changed] })
  })

  it('are removed', async () => {
    const { waha, kept } = keeping(config)
    expect(await waha.webhook.delete({ session, webhook: theirs.url })).toMatchObject({ session, done: true })
    expect(kept()).toEqual({ ...config, webhooks: [ours] })
  })

  it('are not changed where it is not clear which is meant, or what', async () => {
    const twice = { webhooks: [ours, { ...ours, events: ['message'] }] }
    const cases = [
      [config, 'webhook.create', { url: ours.url }, 'conflict'],
      [config, 'webhook.create', { url: 'ftp://x.test' }, 'invalid_request'],
      [config, 'webhook.create', { url: 'https://x.test', events: [] }, 'invalid_request'],
      [config, 'webhook.create', { url: 'https://x.test', events: ['contact.updated', 'message.received'] }, 'unsupported'],
      [config, 'webhook.create', { url: 'https://x.test', secret: '' }, 'invalid_request'],
      [config, 'webhook.update', { webhook: 'https://nobody.test' }, 'not_found'],
      [config, 'webhook.update', { webhook: ours.url, url: theirs.url }, 'conflict'],
      [twice, 'webhook.update', { webhook: ours.url, secret: 's' }, 'conflict'],
      [config, 'webhook.delete', { webhook: 'https://nobody.test' }, 'not_found'],
      [twice, 'webhook.delete', { webhook: ours.url }, 'conflict'],
      [null, 'webhook.delete', { webhook: ours.url }, 'not_found'],
    ] as const
    for (const [start, id, input, kind] of cases) {
      const { run, requests, kept } = keeping(start)
      const error = await failure(run(id, input))
      expect([id, input, error.kind]).toEqual([id, input, kind])
      expect(requests.filter(({ method }) => method !== 'GET')).toEqual([])
      expect(kept()).toBe(start)
      // an address may hold a token
      expect(JSON.stringify(error)).not.toContain('token=t')
    }
  })
})
