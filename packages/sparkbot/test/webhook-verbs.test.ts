import { describe, expect, it } from 'vitest'
import { failure, SESSION, verbs } from './fixtures/stubbed.ts'

const hook = { id: 'bbbbbbbbbbbbbbbbbbbbbbbb', url: 'https://x.test/in', status: 'active', device: SESSION }

describe('webhook.create', () => {
  it('looks for one with that address first, over all pages', async () => {
    const page = Array.from({ length: 200 }, (_, index) => ({ id: `w${index}`, url: `https://x.test/${index}` }))
    const { run, calls } = verbs([
      { status: 200, body: page },
      { status: 200, body: [] },
      { status: 201, body: hook },
    ])
    const made = await run('webhook.create', { url: 'https://x.test/in', events: ['message.sent', 'message.edited', 'message.revoked'] })
    const events = ['message:out:new', 'message:out:sent', 'message:update']
    expect(made).toEqual({ session: SESSION, id: hook.id, url: hook.url, events, active: true, signed: false, raw: hook })
    expect(calls()).toEqual([
      { call: 'GET /webhooks', query: { page: '0', size: '200' } },
      { call: 'GET /webhooks', query: { page: '1', size: '200' } },
      { call: 'POST /webhooks', body: { name: 'wamux', url: 'https://x.test/in', events, device: SESSION } },
    ])
  })

  it('asks for all events when none are named', async () => {
    const { run, calls } = verbs([
      { status: 200, body: [] },
      { status: 201, body: { id: 'bbbbbbbbbbbbbbbbbbbbbbbb' } },
    ])
    await run('webhook.create', { url: 'https://x.test/in' })
    expect(calls()[1]).toMatchObject({ body: { events: expect.arrayContaining(['number:session', 'message:in:new', 'status:update']) } })
    expect((calls()[1] as { body: { events: string[] } }).body.events.length).toBe(13)
  })

  it('does not make a second one for an address, and does not show it', async () => {
    const { run, requests } = verbs([{ status: 200, body: [{ ...hook, url: 'https://x.test/in?token=hush' }] }])
    const error = await failure(run('webhook.create', { url: 'https://x.test/in?token=hush' }))
    expect([error.kind, error.field, requests.length]).toEqual(['conflict', 'url', 1])
    expect(JSON.stringify(error)).not.toContain('hush')
  })

  it('another number may have the same address', async () => {
    const other = { ...hook, device: { id: 'cccccccccccccccccccccccc' } }
    const { run, requests } = verbs([
      { status: 200, body: [other] },
      { status: 201, body: hook },
    ])
    await run('webhook.create', { url: hook.url })
    expect(requests.length).toBe(2)
  })
})
