import type { Script } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { connect } from './fixtures/verb-case.ts'

const session = 'main'
const url = 'http://127.0.0.1:7400/hook'
const secret = 'topsecret1'
const list = (status = 'open') => ({
  status: 200,
  body: { status: true, code: 1000, message: 'OK', results: [{ items: [{ id: session, status }] }] },
})
const told = (webhookUrl?: unknown, webhookSecret = secret) => ({
  status: 200,
  body: { status: true, code: 1104, message: 'Session already open', results: [{ sessionId: session, webhookUrl, webhookSecret }] },
})
const configured = { status: 200, body: { status: true, code: 1000, message: 'Config updated', results: [{ sessionId: session }] } }

function warest(script: Script, attempts?: number) {
  const { warest: gateway, requests } = connect(script, attempts)
  const body = () => JSON.parse(requests.at(-1)?.body ?? 'null')
  return { webhook: gateway.webhook, requests, body }
}

describe('webhook verbs of WARest', () => {
  it('list the one webhook', async () => {
    const { webhook, requests } = warest([list(), told(url)])
    expect(await webhook.list({ session })).toMatchObject({ items: [{ session, id: url, url, events: [] }] })
    expect(requests.map((one) => `${one.method} ${one.url.replace(/^.*v1/, '')}`)).toEqual([
      'GET /session/list',
      'GET /session/create?sessionId=main',
    ])
    expect(await warest([list(), told('')]).webhook.list({ session })).toMatchObject({ items: [] })
  })

  it('set it where there is none', async () => {
    const { webhook, requests, body } = warest([list(), told(''), configured])
    expect(await webhook.create({ session, url, secret })).toMatchObject({ id: url, url })
    expect(requests.at(-1)).toMatchObject({ method: 'POST', url: 'http://warest.test/api/v1/session/main/config' })
    expect(body()).toEqual({ webhookUrl: url, webhookSecret: secret })
  })

  it('never take the place of another one', async () => {
    for (const there of [url, 'http://127.0.0.1:1/other']) {
      const { webhook, requests } = warest([list(), told(there), configured])
      await expect(webhook.create({ session, url, secret })).rejects.toMatchObject({ kind: 'conflict' })
      expect(requests).toHaveLength(2)
    }
  })

  it('change nothing when the answer does not tell what is there', async () => {
    const { webhook, requests } = warest([list(), told(undefined), configured])
    await expect(webhook.create({ session, url, secret })).rejects.toMatchObject({ kind: 'bad_response' })
    expect(requests).toHaveLength(2)
  })

  it('keep the secret when only the address changes, and the address when only the secret does', async () => {
    const moved = warest([list(), told(url), configured])
    await moved.webhook.update({ session, webhook: url, url: 'http://127.0.0.1:1/new' })
    expect(moved.body()).toEqual({ webhookUrl: 'http://127.0.0.1:1/new', webhookSecret: secret })
    const renewed = warest([list(), told(url), configured])
    await renewed.webhook.update({ session, webhook: url, secret: 'another1' })
    expect(renewed.body()).toEqual({ webhookUrl: url, webhookSecret: 'another1' })
  })

  it('remove it', async () => {
    const { webhook, body } = warest([list(), told(url), configured])
    expect(await webhook.delete({ session, webhook: url })).toMatchObject({ session, done: true })
    expect(body()).toEqual({ webhookUrl: '' })
  })

  it('leave a webhook alone that is not the one meant', async () => {
    for (const change of ['update', 'delete'] as const) {
      const { webhook, requests } = warest([list(), told('http://127.0.0.1:1/other'), configured])
      await expect(webhook[change]({ session, webhook: url })).rejects.toMatchObject({ kind: 'not_found' })
      expect(requests).toHaveLength(2)
    }
  })

  it.each(['stopped', 'logged_out'])('do not start a session that is %s to look', async (status) => {
    const { webhook, requests } = warest([list(status), told(url)])
    await expect(webhook.list({ session })).rejects.toMatchObject({ kind: 'conflict' })
    expect(requests).toHaveLength(1)
  })

  it('make no session that is misspelt', async () => {
    const { webhook, requests } = warest([list(), told(url)])
    await expect(webhook.list({ session: 'mian' })).rejects.toMatchObject({ kind: 'not_found' })
    expect(requests).toHaveLength(1)
  })

  it('refuse what the server cannot do or would take silently', async () => {
    const bad = [
      [{ url, events: ['message.received'] }, 'unsupported', 'events'],
      [{ url, secret: 'short' }, 'invalid_request', 'secret'],
      [{ url: 'ftp://x' }, 'invalid_request', 'url'],
    ] as const
    for (const [input, kind, field] of bad) {
      const { webhook, requests } = warest([list(), told('')])
      await expect(webhook.create({ session, ...input })).rejects.toMatchObject({ kind, field })
      expect(requests).toEqual([])
    }
  })

  it('do not repeat what may have been done', async () => {
    const made = warest([list(), told(''), 'lost'], 3)
    await expect(made.webhook.create({ session, url, secret })).rejects.toMatchObject({ kind: 'unknown_outcome' })
    expect(made.requests).toHaveLength(3)
    const removed = warest([list(), told(url), 'lost'], 3)
    await expect(removed.webhook.delete({ session, webhook: url })).rejects.toMatchObject({ kind: 'unknown_outcome' })
    expect(removed.requests).toHaveLength(3)
    // the same address and secret again change nothing
    const changed = warest([list(), told(url), 'lost'], 3)
    await expect(changed.webhook.update({ session, webhook: url })).rejects.toMatchObject({ kind: 'network' })
    expect(changed.requests).toHaveLength(5)
  })
})
