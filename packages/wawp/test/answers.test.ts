import type { ErrorKind } from '@wamux/core'
import type { SeenRequest } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import type { WawpConfig, WawpGateway } from '../src/index.ts'
import { failure, gateway, SESSION, TOKEN } from './fixtures/stubbed.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const XML_TYPE = 'application/xml; charset=utf-8'
const message = { session: SESSION, to: '+12025550143', text: 'Hi' }

const json = (status: number, text: string, error: string) => JSON.stringify({ status, message: text, error })
const xml = (status: number, text: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><response><status>${status}</status><message>${text}</message><error>Error</error></response>`
const html = (text: string) => `<!DOCTYPE html><html><head><title>Error</title></head><body><h1>${text}</h1></body></html>`

describe('errors of Wawp', () => {
  // the statuses and forms that the page on stopping a session documents
  const documented: readonly [status: number, form: string, type: string, body: string, kind: ErrorKind][] = [
    [400, 'JSON', JSON_TYPE, json(400, 'instance_id is required', 'Bad Request'), 'invalid_request'],
    [400, 'XML', XML_TYPE, xml(400, 'instance_id is required'), 'invalid_request'],
    [400, 'text', 'text/plain', 'instance_id is required', 'invalid_request'],
    [401, 'JSON', JSON_TYPE, json(401, 'Invalid access token', 'Unauthorized'), 'auth'],
    [401, 'XML', XML_TYPE, xml(401, 'Invalid access token'), 'auth'],
    [404, 'JSON', JSON_TYPE, json(404, 'Session not found', 'Not Found'), 'not_found'],
    [404, 'XML', 'text/xml', xml(404, 'Session not found'), 'not_found'],
    [500, 'JSON', JSON_TYPE, json(500, 'Something broke', 'Internal Server Error'), 'server'],
    [500, 'HTML', 'text/html', html('Something broke'), 'server'],
    [502, 'JSON', JSON_TYPE, json(502, 'Upstream is away', 'Bad Gateway'), 'server'],
    [502, 'XML', XML_TYPE, xml(502, 'Upstream is away'), 'server'],
  ]
  const WORDS: Readonly<Record<number, string>> = {
    400: 'instance_id is required',
    401: 'Invalid access token',
    404: 'Session not found',
    500: 'Something broke',
    502: 'Upstream is away',
  }
  for (const [status, form, type, body, kind] of documented) {
    it(`${status} as ${form} is ${kind}`, async () => {
      const answer = { status, headers: { 'content-type': type }, body }
      const stop = await failure(gateway([answer]).wawp.session.stop({ session: SESSION }))
      expect([stop.kind, stop.status, stop.vendorMessage]).toEqual([kind, status, WORDS[status]])
      expect(stop.message).toContain(WORDS[status])
      const { wawp, requests } = gateway([answer])
      const send = await failure(wawp.message.sendText(message))
      expect([send.kind, requests.length]).toEqual([status >= 500 ? 'unknown_outcome' : kind, 1])
    })
  }

  const codes: readonly [code: string, status: number, kind: ErrorKind, hint: RegExp | undefined][] = [
    ['invalid_session', 404, 'not_found', /no longer linked/],
    ['invalid_instance', 400, 'not_found', undefined],
    ['invalid_access_token', 400, 'auth', /credentials/],
    ['quota_reached', 403, 'permission', /plan/],
    ['subscription_required', 403, 'permission', /paid/],
    ['bad_format', 422, 'invalid_request', undefined],
    ['wawp_upstream_error', 502, 'server', undefined],
  ]
  for (const [code, status, kind, hint] of codes) {
    it(`${code} is ${kind}, wherever it stands`, async () => {
      const bodies: [type: string, body: string][] = [
        [JSON_TYPE, JSON.stringify({ code, message: 'Words' })],
        [JSON_TYPE, JSON.stringify({ error: { code, message: 'Words' } })],
        [JSON_TYPE, JSON.stringify({ error: code, message: 'Words' })],
        [XML_TYPE, `<response><code>${code}</code><message>Words</message></response>`],
      ]
      for (const [type, body] of bodies) {
        const { wawp } = gateway([{ status, headers: { 'content-type': type }, body }])
        const error = await failure(wawp.session.get({ session: SESSION }))
        expect({ body, kind: error.kind, code: error.code, words: error.vendorMessage }).toEqual({ body, kind, code, words: 'Words' })
        if (hint) expect(error.hint).toMatch(hint)
      }
    })
  }

  // a 2xx says by itself that it failed: then nothing was sent
  const refusals: readonly [body: unknown, kind: ErrorKind, words: string][] = [
    [{ success: false, message: 'Instance is not connected' }, 'conflict', 'Instance is not connected'],
    [{ success: false, message: 'chatId is required' }, 'invalid_request', 'chatId is required'],
    [{ success: false, message: 'No such instance' }, 'not_found', 'No such instance'],
    [{ success: false, code: 'quota_reached', message: 'Enough' }, 'permission', 'Enough'],
    [{ success: false, error: { code: 'invalid_access_token', message: 'Who are you?' } }, 'auth', 'Who are you?'],
    [{ success: 'false', message: 'Too many requests' }, 'rate_limited', 'Too many requests'],
    [{ error: 'invalid_session' }, 'not_found', 'invalid_session'],
    [{ success: false, message: 'Hm' }, 'server', 'Hm'],
    [{ success: false }, 'server', 'the answer says that it failed'],
    [
      '<?xml version="1.0"?><response><success>false</success><message>Session not found</message></response>',
      'not_found',
      'Session not found',
    ],
  ]
  for (const [body, kind, words] of refusals) {
    it(`a 200 with ${JSON.stringify(body)} is ${kind}`, async () => {
      const headers = { 'content-type': typeof body === 'string' ? XML_TYPE : JSON_TYPE }
      const { wawp, requests } = gateway([{ status: 200, headers, body }], { retry: { attempts: 1 } })
      const error = await failure(wawp.message.sendText(message))
      expect([error.kind, error.status, error.vendorMessage, requests.length]).toEqual([kind, 200, words, 1])
    })
  }

  it('a 200 that only looks like a failure is none', async () => {
    for (const body of [
      { success: true, id: 'm1' },
      { id: 'm1', error: null },
      { id: 'm1', error: false },
      { id: 'm1', success: 'true' },
    ]) {
      const sent = await gateway([{ status: 200, body }]).wawp.message.sendText(message)
      expect([body, sent.id]).toEqual([body, 'm1'])
    }
  })

  it('never show the token', async () => {
    const echo = ({ url, body = '' }: SeenRequest) => `cannot handle ${url} ${body}`
    for (const credentials of ['body', 'query', 'header'] as const) {
      for (const [type, write] of [
        [JSON_TYPE, (words: string) => JSON.stringify({ status: 400, message: words })],
        [XML_TYPE, (words: string) => `<error><message><![CDATA[${words}]]></message></error>`],
        ['text/plain', (words: string) => words],
        ['text/html', (words: string) => `<html><body><p>${words.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}</p></body></html>`],
      ] as const) {
        const { wawp, requests } = gateway((request) => ({ status: 400, headers: { 'content-type': type }, body: write(echo(request)) }), {
          credentials,
        })
        const error = await failure(wawp.session.get({ session: SESSION }))
        expect(requests.some((request) => JSON.stringify(request).includes('c4n4ry'))).toBe(true)
        expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('c4n4ry')
        if (credentials !== 'header') expect(error.message).toContain('[redacted]')
      }
    }
  })
})

describe('credentials of Wawp', () => {
  // a session and a sent message in one
  const session = { name: 'wawp-12345678', status: 'WORKING', instance_id: SESSION, id: 'true_12025550143@c.us_AB' }

  async function ask(credentials: WawpConfig['credentials'], act: (wawp: WawpGateway) => Promise<unknown>): Promise<Asked> {
    const { wawp, requests } = gateway([{ status: 200, body: session }], credentials === undefined ? {} : { credentials })
    await act(wawp)
    const { url = '', headers = {}, body } = requests[0] ?? {}
    return {
      query: Object.fromEntries(new URL(url).searchParams),
      token: headers['access-token'],
      body: body === undefined ? undefined : JSON.parse(body),
    }
  }

  interface Asked {
    readonly query: object
    readonly token: string | undefined
    readonly body: unknown
  }

  const both = { instance_id: SESSION, access_token: TOKEN }
  const stop = (wawp: WawpGateway) => wawp.session.stop({ session: SESSION })
  const remove = (wawp: WawpGateway) => wawp.session.delete({ session: SESSION })
  const send = (wawp: WawpGateway) => wawp.message.sendText(message)
  const text = { chatId: '12025550143@c.us', message: 'Hi' }

  it('go into the JSON body', async () => {
    for (const place of [undefined, 'body'] as const) {
      expect(await ask(place, stop)).toEqual({ query: {}, token: undefined, body: both })
      expect(await ask(place, remove)).toEqual({ query: {}, token: undefined, body: both })
      expect(await ask(place, send)).toEqual({ query: {}, token: undefined, body: { ...both, ...text } })
    }
  })

  it('go into the query of a GET, which has no body', async () => {
    const me = (wawp: WawpGateway) => wawp.call('sessions.me', {})
    expect(await ask('body', me)).toEqual({
      query: { instance_id: 'FFFFFFFFFFFF', access_token: TOKEN },
      token: undefined,
      body: undefined,
    })
    expect(await ask('header', me)).toEqual({ query: { instance_id: 'FFFFFFFFFFFF' }, token: TOKEN, body: undefined })
  })

  it('go into the query when told so', async () => {
    expect(await ask('query', stop)).toEqual({ query: both, token: undefined, body: undefined })
    expect(await ask('query', send)).toEqual({ query: both, token: undefined, body: text })
  })

  it('go into a header when told so, the instance stays in the body', async () => {
    expect(await ask('header', stop)).toEqual({ query: {}, token: TOKEN, body: { instance_id: SESSION } })
    expect(await ask('header', send)).toEqual({ query: {}, token: TOKEN, body: { instance_id: SESSION, ...text } })
  })

  it('name no instance where one is made', async () => {
    const create = (wawp: WawpGateway) => wawp.session.create({ start: false })
    expect(await ask('body', create)).toEqual({ query: {}, token: undefined, body: { access_token: TOKEN } })
    expect(await ask('query', create)).toEqual({ query: { access_token: TOKEN }, token: undefined, body: undefined })
  })

  it('are for the configured instance unless a call names another', async () => {
    const get = (wawp: WawpGateway) => wawp.call('sessions.get', {})
    expect(await ask('body', get)).toMatchObject({ body: { instance_id: 'FFFFFFFFFFFF' } })
  })
})

describe('answers of Wawp', () => {
  const states: readonly [status: string, expected: object][] = [
    ['STOPPED', { state: 'stopped', account: 'unknown', nextActions: ['start'] }],
    ['STARTING', { state: 'starting' }],
    ['SCAN_QR_CODE', { state: 'pairing', challenge: 'qr', nextActions: ['scan'] }],
    ['WORKING', { state: 'connected', account: 'ok', nextActions: [] }],
    ['FAILED', { state: 'failed', nextActions: ['restart', 'logout'] }],
    ['MELTED', { state: 'unknown' }],
  ]
  for (const [status, expected] of states) {
    it(`${status} is ${JSON.stringify(expected)}`, async () => {
      const { wawp } = gateway([{ status: 200, body: { name: 'wawp-12345678', status, config: { webhooks: [], proxy: null } } }])
      expect(await wawp.session.get({ session: SESSION })).toMatchObject({ session: SESSION, ...expected })
    })
  }

  // which engine is behind an instance is not to be known
  const ids: readonly [engine: string, body: object, id: string | undefined][] = [
    ['WEBJS', { id: 'true_1@c.us_AB', _data: { id: { fromMe: true, _serialized: 'true_1@c.us_AB' } } }, 'true_1@c.us_AB'],
    ['WEBJS within', { _data: { id: { _serialized: 'true_1@c.us_CD' } } }, 'true_1@c.us_CD'],
    ['GOWS', { id: 'true_1@c.us_EF', _data: { Info: { ID: 'EF', IsFromMe: true } } }, 'true_1@c.us_EF'],
    ['GOWS within', { _data: { Info: { ID: 'EF' } } }, 'EF'],
    ['NOWEB', { key: { remoteJid: '1@s.whatsapp.net', fromMe: true, id: '3EB0' } }, 'true_1@c.us_3EB0'],
    ['the proxy', { sent: true, upstream_status: 201 }, undefined],
  ]
  for (const [engine, body, id] of ids) {
    it(`a message sent by ${engine} has the id ${id}`, async () => {
      const sent = await gateway([{ status: 200, body }]).wawp.message.sendText(message)
      expect([sent.id, sent.to, sent.raw]).toEqual([id, '12025550143@c.us', body])
    })
  }

  it('a QR code is text in JSON in base64', async () => {
    const body = { mimetype: 'application/json', data: btoa(JSON.stringify({ value: '2@abc,def', expiry: 1_795_222_381 })) }
    const { wawp, requests } = gateway([{ status: 200, body }])
    expect(await wawp.session.qr({ session: SESSION })).toMatchObject({ session: SESSION, value: '2@abc,def', raw: body })
    expect(requests[0]?.body).toContain('"format":"raw"')
  })

  it('a QR code may be a picture or plain text as well', async () => {
    const picture = { mimetype: 'image/png', data: btoa('\u0089PNG') }
    const image = { mimetype: 'image/png', data: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }
    expect(await gateway([{ status: 200, body: picture }]).wawp.session.qr({ session: SESSION })).toMatchObject({ image })
    expect(await gateway([{ status: 200, body: { value: '2@abc' } }]).wawp.session.qr({ session: SESSION })).toMatchObject({
      value: '2@abc',
    })
  })

  it('a pairing code goes with the digits of the number', async () => {
    const { wawp, requests } = gateway([{ status: 200, body: { code: 'ABCD-1234' } }])
    expect(await wawp.session.requestPairingCode({ session: SESSION, phone: '+1 202-555-0143' })).toMatchObject({ code: 'ABCD-1234' })
    expect(JSON.parse(requests[0]?.body ?? '')).toMatchObject({ instance_id: SESSION, phone_number: '12025550143' })
  })

  it('a new instance is started, and its id does not get lost when that fails', async () => {
    const created = { status: 200, body: { instance_id: SESSION, session_name: 'wawp-12345678' } }
    const good = gateway([created, { status: 200, body: { name: 'wawp-12345678', status: 'STARTING' } }])
    expect(await good.wawp.session.create({})).toMatchObject({ session: SESSION, state: 'starting', raw: created.body })
    expect(good.requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v2/session/create', '/v2/session/start'])
    expect(JSON.parse(good.requests[1]?.body ?? '')).toEqual({ instance_id: SESSION, access_token: TOKEN })
    const bad = gateway([created, { status: 400, body: { message: 'Not today' } }])
    const { session, state, reason } = await bad.wawp.session.create({})
    expect([session, state]).toEqual([SESSION, 'unknown'])
    expect(reason).toMatch(/not started.*Not today/)
    const full = gateway([{ status: 403, body: { code: 'quota_reached', message: 'No more instances' } }])
    expect((await failure(full.wawp.session.create({}))).kind).toBe('permission')
  })
})
