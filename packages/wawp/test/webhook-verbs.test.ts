import { describe, expect, it } from 'vitest'
import { failure, request, SESSION as session, TOKEN, verbs } from './fixtures/stubbed.ts'

const url = 'https://example.com/hook'
const theirs = { url: 'https://app.wawp.net/api/webhook/t0ps3cret', events: ['message', 'message.ack'], is_active: 1 }
const ours = { url, events: ['message.any'], is_active: 0 }
const list = { status: 200, body: { webhooks: [theirs, ours], systemConfig: { url: theirs.url } } }
const ok = { status: 200, body: { success: true } }
const listed = request('GET /v2/session/webhook')

describe('webhook', () => {
  it('list: all of a session, the vendor`s too', async () => {
    const { run, calls } = verbs([list])
    expect(await run('webhook.list', {})).toEqual({
      items: [
        { session, id: theirs.url, url: theirs.url, events: theirs.events, active: true, raw: theirs },
        { session, id: url, url, events: ['message.any'], active: false, raw: ours },
      ],
      raw: list.body,
    })
    expect(calls()).toEqual([listed])
  })

  it.each([[], { webhooks: {} }, { webhooks: [5, null, {}, { url: 5 }] }])('list: %j is an empty one', async (body) => {
    expect(await verbs([{ status: 200, body }]).run('webhook.list', {})).toMatchObject({ items: [] })
  })

  it('create: with the words of the gateway, once it is clear that there is none', async () => {
    const { run, calls } = verbs([list, ok])
    const made = await run('webhook.create', { url: `${url}/2`, events: ['message.received', 'session.status'], secret: 'k3y' })
    const events = ['message', 'session.status']
    expect(calls()).toEqual([listed, request('POST /v2/webhook/set', { body: { url: `${url}/2`, events, hmac: 'k3y' } })])
    expect(made).toEqual({ session, id: `${url}/2`, url: `${url}/2`, events, raw: ok.body })
  })

  it('create: without events all that there are', async () => {
    const { run, calls } = verbs([list, ok])
    await run('webhook.create', { url: `${url}/2` })
    const { body } = calls()[1] as { body: { events: string[] } }
    expect(body).not.toHaveProperty('hmac')
    expect(body.events).toEqual(expect.arrayContaining(['message.any', 'session.status', 'group.v2.join', 'label.chat.added']))
  })

  it('create: never changes one that is there', async () => {
    const { run, calls } = verbs([list, ok])
    expect(await failure(run('webhook.create', { url: theirs.url }))).toMatchObject({ kind: 'conflict', operation: 'webhook.create' })
    expect(calls()).toEqual([listed])
  })

  it('update: leaves it off when it is off, and sends only what changes', async () => {
    const { run, calls } = verbs([list, ok])
    const changed = await run('webhook.update', { webhook: url, events: ['presence.updated'] })
    expect(calls()).toEqual([listed, request('PATCH /v2/webhook/update', { body: { url, is_active: 0, events: ['presence.update'] } })])
    expect(changed).toEqual({ session, id: url, url, events: ['presence.update'], active: false, raw: ok.body })
    const other = verbs([list, ok])
    await other.run('webhook.update', { webhook: theirs.url, url: theirs.url, secret: 'k3y' })
    expect(other.calls()[1]).toEqual(request('PATCH /v2/webhook/update', { body: { url: theirs.url, is_active: 1, hmac: 'k3y' } }))
  })

  it('update: another address is a new webhook in place of the old one, with all that it had', async () => {
    const signed = { ...ours, hmac: 'k3y', retries: { delay: 5, attempts: 3 } }
    const { run, calls } = verbs([{ status: 200, body: { webhooks: [theirs, signed] } }, ok])
    const changed = await run('webhook.update', { webhook: url, url: `${url}/2` })
    const kept = { events: ['message.any'], is_active: 0, retries: { delay: 5, attempts: 3 }, hmac: 'k3y' }
    expect(calls()).toEqual([
      listed,
      request('POST /v2/webhook/set', { body: { url: `${url}/2`, ...kept } }),
      request('DELETE /v2/webhook/delete', { body: { url } }),
    ])
    expect(changed).toEqual({ session, id: `${url}/2`, url: `${url}/2`, events: ['message.any'], active: false, raw: ok.body })
  })

  it('update: another address and a new secret, which need not be known', async () => {
    const { run, calls } = verbs([list, ok])
    await run('webhook.update', { webhook: url, url: `${url}/2`, secret: 'k3y', events: ['message.ack'] })
    const body = { url: `${url}/2`, events: ['message.ack', 'message.ack.group'], is_active: 0, hmac: 'k3y' }
    expect(calls()[1]).toEqual(request('POST /v2/webhook/set', { body }))
  })

  it('update: does not lose a secret that is not told, nor another webhook', async () => {
    const { run, calls } = verbs([list])
    expect(await failure(run('webhook.update', { webhook: url, url: `${url}/2` }))).toMatchObject({ kind: 'unsupported', field: 'url' })
    expect(await failure(run('webhook.update', { webhook: url, url: theirs.url }))).toMatchObject({ kind: 'conflict' })
    expect(await failure(run('webhook.update', { webhook: url, url: 'nowhere' }))).toMatchObject({ kind: 'invalid_request', field: 'url' })
    expect(calls()).toEqual([listed, listed])
  })

  it('delete: that one and no other', async () => {
    const { run, calls } = verbs([list, ok])
    expect(await run('webhook.delete', { webhook: url })).toEqual({ session, done: true, raw: ok.body })
    expect(calls()).toEqual([listed, request('DELETE /v2/webhook/delete', { body: { url } })])
  })

  it.each(['webhook.update', 'webhook.delete'] as const)(
    '%s: not_found for one that is not there, without showing its address',
    async (id) => {
      const { run, calls } = verbs([list, ok])
      const error = await failure(run(id, { webhook: 'https://example.com/t0ps3cret' }))
      expect(error).toMatchObject({ kind: 'not_found', operation: id })
      expect(JSON.stringify(error)).not.toContain('t0ps3cret')
      expect(calls()).toEqual([listed])
    },
  )

  it.each([
    [{ url: 'example.com' }, 'invalid_request', 'url'],
    [{ url: 'file:///etc/hosts' }, 'invalid_request', 'url'],
    [{ url, events: [] }, 'invalid_request', 'events'],
    [{ url, secret: '' }, 'invalid_request', 'secret'],
    [{ url, events: ['chat.updated'] }, 'unsupported', 'events'],
    [{ url, events: ['message.received', 'no.such'] }, 'unsupported', 'events'],
  ])('create %j', async (input, kind, field) => {
    const { run, requests } = verbs([list])
    const error = await failure(run('webhook.create', input))
    expect([error.kind, error.field, requests.length]).toEqual([kind, field, 0])
  })

  it('says when the plan has no webhooks', async () => {
    const no = { status: 403, body: { status: 403, code: 'subscription_required', message: 'Upgrade' } }
    expect(await failure(verbs([no]).run('webhook.list', {}))).toMatchObject({ kind: 'permission', code: 'subscription_required' })
  })

  it('shows neither token nor key when it fails', async () => {
    const { run } = verbs(({ method, body = '' }) =>
      method === 'GET' ? list : { status: 400, body: { message: `cannot handle ${body}` } },
    )
    const error = await failure(run('webhook.create', { url: `${url}/2`, secret: 'wh00k-k3y' }))
    const shown = `${error.message} ${JSON.stringify(error)} ${error.stack}`
    expect(shown).toContain('cannot handle')
    expect(shown).not.toContain('wh00k-k3y')
    expect(shown).not.toContain(JSON.stringify(TOKEN).slice(1, -1))
  })
})
