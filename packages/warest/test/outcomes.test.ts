import type { Reply } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { connect, type Perform } from './fixtures/verb-case.ts'

const session = 'main'
const to = '+6281111111111'
const url = 'http://127.0.0.1:7400/hook'
const json = (status: number, body: object): Reply => ({ status, body: { results: [], ...body } })
const list = (...ids: string[]) => json(200, { status: true, code: 1000, results: [{ items: ids.map((id) => ({ id, status: 'open' })) }] })

/** Verbs of each kind: of a chat, a group, the account and a session. */
const verbs: Readonly<Record<string, Perform>> = {
  'message.sendText': (w) => w.message.sendText({ session, to, text: 'x' }),
  'chat.list': (w) => w.chat.list({ session }),
  'chat.archive': (w) => w.chat.archive({ session, chat: to }),
  'group.list': (w) => w.group.list({ session }),
  'profile.get': (w) => w.profile.get({ session }),
  'session.list': (w) => w.session.list({}),
  'session.delete': (w) => w.session.delete({ session }),
}
const each = Object.entries(verbs)

describe('a session that the list lacks', () => {
  it.each([
    ['session.get', (w) => w.session.get({ session: 'ghost' })],
    ['session.start', (w) => w.session.start({ session: 'ghost' })],
    ['session.qr', (w) => w.session.qr({ session: 'ghost' })],
    ['session.requestPairingCode', (w) => w.session.requestPairingCode({ session: 'ghost', phone: to })],
    ['webhook.list', (w) => w.webhook.list({ session: 'ghost' })],
  ] satisfies [string, Perform][])('%s: is not found, with no HTTP status, as the server answered with 200', async (_, perform) => {
    const { warest, requests } = connect([list(session)])
    const error = await perform(warest).catch((reason) => reason)
    expect([error.kind, error.status, error.code]).toEqual(['not_found', undefined, undefined])
    expect(requests.map(({ method, url: asked }) => [method, new URL(asked).pathname])).toEqual([['GET', '/api/v1/session/list']])
  })
})

describe('the hint of a code', () => {
  const hints = [
    [1101, 'Messages and chats answer this also for a session that is not open: look at the list of sessions.'],
    [1106, 'The session is not open: look at the list of sessions, and scan its QR code.'],
  ] as const

  it.each(each)('%s: stands beside a 404 and a 409, and nowhere else', async (_, perform) => {
    for (const [code, hint] of hints) {
      const hintOf = async (status: number) => {
        const failed = await perform(connect([json(status, { status: false, code, message: 'x' })]).warest).catch((error) => error)
        return [status, failed.hint]
      }
      for (const status of [404, 409]) expect(await hintOf(status)).toEqual([status, expect.stringContaining(hint)])
      for (const status of [400, 403, 422, 500, 502, 503]) expect(await hintOf(status)).not.toEqual([status, expect.stringContaining(hint)])
    }
  })

  it('is that of the credentials where they were refused', async () => {
    const { warest } = connect([json(401, { status: false, code: 1101, message: 'x' })])
    await expect(warest.chat.list({ session })).rejects.toMatchObject({ kind: 'auth', hint: 'Check the credentials for WARest.' })
  })
})

describe('a 404 of another server than WARest', () => {
  const elsewhere: readonly Reply[] = [
    { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><title>Not found</title></html>' },
    json(404, { message: 'Cannot GET /api/v1/session/list' }),
    json(404, { message: 'Cannot POST /api/v1/messages/send/text' }),
  ]
  it.each(each)('%s: asks whether the base URL is right', async (_, perform) => {
    for (const answer of elsewhere) {
      const hint = 'Is http://warest.test the base URL of WARest?'
      const kind = (answer as { body: unknown }).body instanceof Object ? 'unsupported' : 'not_found'
      await expect(perform(connect([answer]).warest)).rejects.toMatchObject({ kind, status: 404, hint })
    }
  })

  it('is none where the API itself says that something is not there', async () => {
    const error = await connect([json(404, { status: false, code: 8000, message: 'Chat not found' })])
      .warest.chat.list({ session })
      .catch((reason) => reason)
    expect([error.kind, error.hint]).toEqual(['not_found', undefined])
  })
})

describe('session.update', () => {
  const configured = json(200, { status: true, code: 1000, message: 'Config updated' })

  it.each([
    ['config.webhookURL', { webhookURL: url }],
    ['config.nope', { webhookUrl: url, nope: 1 }],
    ['config.toString', { toString: 1 }],
    ['config.__proto__', JSON.parse('{"__proto__":1}')],
    ['config', null],
    ['config', undefined],
    ['config', 5],
    ['config', 'webhookUrl'],
    ['config', [url]],
  ])('refuses %s, which the server would take and ignore: %j', async (field, config) => {
    const { warest, requests } = connect([configured])
    const error = await warest.session.update({ session, config }).catch((reason) => reason)
    expect([error.kind, error.field, error.reached]).toEqual(['invalid_request', field, 'no'])
    expect(error.message).toContain('webhookUrl, webhookSecret, preflight')
    expect(requests).toEqual([])
  })

  const there = json(200, { status: true, code: 1104, results: [{ sessionId: session, webhookUrl: url, webhookSecret: 'topsecret1' }] })
  const bodies = (requests: ReturnType<typeof connect>['requests']) =>
    requests.filter(({ url: asked }) => asked.endsWith('/config')).map(({ body }) => JSON.parse(body ?? ''))

  it('takes all settings that there are, and reads the state back', async () => {
    const { warest, requests } = connect([configured, list(session)])
    const config = { webhookUrl: url, webhookSecret: 'topsecret1', preflight: true }
    expect(await warest.session.update({ session, config })).toMatchObject({ session, state: 'connected', account: 'ok' })
    expect([bodies(requests), requests.length]).toEqual([[config], 2])
  })

  it('claims no state where it cannot be read back', async () => {
    const { warest } = connect([configured, json(500, { status: false, message: 'x' })])
    expect(await warest.session.update({ session, config: { webhookUrl: '' } })).toMatchObject({ session, state: 'unknown' })
  })

  // recorded: "config: set webhookUrl" without a secret answers with one that the server made up
  it.each([
    [{ preflight: true }, { webhookUrl: url, webhookSecret: 'topsecret1', preflight: true }],
    [{ webhookUrl: `${url}/2` }, { webhookUrl: `${url}/2`, webhookSecret: 'topsecret1' }],
    [{ webhookSecret: 'another' }, { webhookUrl: url, webhookSecret: 'another' }],
  ])('keeps what is not given: %j', async (config, sent) => {
    const { warest, requests } = connect([list(session), there, configured, list(session)])
    await warest.session.update({ session, config })
    expect(bodies(requests)).toEqual([sent])
  })

  it.each([1107, 1000])('changes nothing of one that stopped while its settings were looked up: the answer says %i', async (code) => {
    const started = json(code === 1107 ? 202 : 200, {
      status: true,
      code,
      results: [{ sessionId: session, webhookUrl: url, webhookSecret: 's' }],
    })
    const { warest, requests } = connect([list(session), started, configured, list(session)])
    const error = await warest.session.update({ session, config: { preflight: true } }).catch((reason) => reason)
    expect(error).toMatchObject({ kind: 'conflict', reached: 'yes', hint: expect.stringContaining('No setting was changed') })
    expect(bodies(requests)).toEqual([])
  })

  it('changes nothing of a stopped session, which does not tell what it has', async () => {
    const stopped = json(200, { status: true, results: [{ items: [{ id: session, status: 'stopped' }] }] })
    const { warest, requests } = connect([stopped])
    await expect(warest.session.update({ session, config: { preflight: true } })).rejects.toMatchObject({ kind: 'conflict' })
    expect(bodies(requests)).toEqual([])
  })
})

describe('the secret of a new webhook', () => {
  const there = json(200, { status: true, code: 1104, results: [{ sessionId: session, webhookUrl: '' }] })
  const made = (webhookSecret?: unknown) => json(200, { status: true, code: 1000, results: [{ sessionId: session, webhookSecret }] })
  const create = async (answer: Reply, more: { secret?: string } = {}) => {
    const { raw: _, ...told } = await connect([list(session), there, answer]).warest.webhook.create({ session, url, ...more })
    return told
  }
  const webhook = { session, id: url, url, events: [] }

  it('is told when the server made it up', async () => {
    expect(await create(made('madeup123'))).toEqual({ ...webhook, signed: true, secret: 'madeup123' })
  })

  it('is not repeated to who gave it, and not made up here', async () => {
    expect(await create(made('own-secret'), { secret: 'own-secret' })).toEqual(webhook)
    for (const none of [undefined, null, '', 5]) expect(await create(made(none))).toEqual(webhook)
  })
})

describe('an answer that says nothing, where the document promises `status: true`', () => {
  const group = '120363000000000001@g.us'
  const [chat, message] = [to, '3EB0AA']

  it.each([
    ['group.leave', 'unknown_outcome', (w) => w.group.leave({ session, group })],
    ['group.revokeInvite', 'unknown_outcome', (w) => w.group.revokeInvite({ session, group })],
    ['group.addParticipants', 'unknown_outcome', (w) => w.group.addParticipants({ session, group, participants: [to] })],
    ['message.edit', 'unknown_outcome', (w) => w.message.edit({ session, chat, message, text: 'Hi' })],
    ['message.react', 'unknown_outcome', (w) => w.message.react({ session, chat, message, emoji: '👍' })],
    ['message.revoke', 'unknown_outcome', (w) => w.message.revoke({ session, chat, message })],
    ['chat.clear', 'unknown_outcome', (w) => w.chat.clear({ session, chat })],
    ['session.delete', 'unknown_outcome', (w) => w.session.delete({ session })],
    ['message.star', 'bad_response', (w) => w.message.star({ session, chat, message })],
    ['message.markSeen', 'bad_response', (w) => w.message.markSeen({ session, chat })],
    ['chat.archive', 'bad_response', (w) => w.chat.archive({ session, chat })],
    ['group.setSubject', 'bad_response', (w) => w.group.setSubject({ session, group, subject: 'Club' })],
  ] satisfies [string, string, Perform][])('%s: %s', async (_, kind, perform) => {
    const headers = { 'content-type': 'application/json' }
    for (const body of [{}, [], 'null', '"OK"', undefined, { results: [] }]) {
      const { warest } = connect([{ status: 200, ...(body === undefined ? {} : { body, headers }) }])
      await expect(perform(warest), String(JSON.stringify(body))).rejects.toMatchObject({ kind })
    }
    await expect(perform(connect([json(200, { status: true, code: 1000, message: 'OK' })]).warest)).resolves.toBeDefined()
  })
})

it('claims no send that the answer denies, with or without an id', async () => {
  const answered = async (result: object) => {
    const { warest } = connect([{ status: 200, body: { status: true, code: 1000, results: [result] } }])
    return warest.message.sendText({ session, to, text: 'x' }).then(
      ({ status }) => status,
      ({ kind }) => kind,
    )
  }
  for (const status of ['FAILED', 'error', 'rejected', 'not sent', 'message was not sent', 'unsuccessful', 'Cancelled', 'media failed']) {
    for (const id of [{}, { messageId: 'A1' }]) expect(await answered({ ...id, status }), status).toBe('server')
  }
  for (const status of ['sent, but the log failed', 'Delivered with errors', 'accepted; thumbnail rejected']) {
    for (const id of [{}, { messageId: 'A1' }]) expect(await answered({ ...id, status }), status).toBe('unknown_outcome')
  }
  for (const status of ['sent', 'media success', 'sent, not yet delivered']) expect(await answered({ status })).toBe('sent')
  expect(await answered({ messageId: 'A1', status: 'pending' })).toBe('queued')
})
