import { type GatewayResponse, systemClock, type VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { readFailure } from '../src/errors.ts'
import { operations } from '../src/generated/operations.ts'
import { failure, verbs } from './fixtures/scripted.ts'

const C = '4915112345678@c.us'
const TEXT = ['message.sendText', { to: C, text: 'Hi' }] as const
const GROUP = ['group.create', { subject: 'Club', participants: [C] }] as const
const GET_GROUP = ['group.get', { group: '1203@g.us' }] as const
const LEAVE = ['group.leave', { group: '1203@g.us' }] as const
const GET = ['message.get', { chat: C, message: 'true_x_AB' }] as const
const CHECK = ['contact.check', { phone: '+4915112345678' }] as const
const CODE = ['session.requestPairingCode', { phone: '+4915112345678' }] as const
const STICKER = ['message.sendSticker', { to: C, file: { url: 'https://x.test/a.webp' } }] as const
const ADD = ['group.addParticipants', { group: '1203@g.us', participants: [C] }] as const
const EDIT = ['message.edit', { chat: C, message: 'AB', text: 'Hi' }] as const
const APPROVE = ['group.approve', { group: '1203@g.us', participants: [C] }] as const

/** WAHA's body for everything that an engine throws. */
const thrown = (message: string, data?: unknown) => ({ statusCode: 500, exception: { message, name: 'Error', ...(data ? { data } : {}) } })

const answered = (status: number, data: unknown): GatewayResponse => ({
  status,
  data,
  text: JSON.stringify(data),
  contentType: 'application/json',
  headers: new Headers(),
})

type Call = readonly [VerbId, object]
type Row = readonly [call: Call, status: number, body: unknown, outcome: string, more?: object]

const rows: readonly Row[] = [
  // issue 13, "Outcomes": WEBJS since July 2026 answers with the parts of the id
  [TEXT, 201, { id: { fromMe: true, remote: C, id: '3EB0AA', $1: `true_${C}_3EB0AA` } }, 'ok', { id: `true_${C}_3EB0AA`, status: 'sent' }],
  [TEXT, 201, { id: { fromMe: true, remote: { _serialized: C }, id: '3EB0AA' } }, 'ok', { id: `true_${C}_3EB0AA` }],
  [TEXT, 201, { id: { fromMe: true, remote: C, id: '3EB0AA', _serialized: `true_${C}_3EB0AA` }, ack: 1 }, 'ok', { status: 'sent' }],
  // knowledge of acks: -1 ERROR, 0 PENDING, 1 SERVER, 2 DEVICE, 3 READ
  [TEXT, 201, { id: `true_${C}_AB`, ack: -1 }, 'server'],
  [TEXT, 201, { id: `true_${C}_AB`, ack: 0 }, 'ok', { status: 'queued' }],
  [TEXT, 201, { id: `true_${C}_AB`, ack: 1 }, 'ok', { status: 'sent' }],
  [TEXT, 201, { id: `true_${C}_AB`, ack: 2 }, 'ok', { status: 'sent' }],
  [TEXT, 201, { id: `true_${C}_AB`, ackName: 'ERROR' }, 'server'],
  [TEXT, 201, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 'ERROR' }, 'server'],
  [TEXT, 201, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 0 }, 'server'],
  [TEXT, 201, { id: `true_${C}_AB`, status: 'FAILED' }, 'server'],
  [TEXT, 201, { id: `true_${C}_AB`, ackName: 'failed' }, 'server'],
  [TEXT, 201, { id: `true_${C}_AB`, ack: '-3' }, 'server'],
  // NOWEB: Baileys' WebMessageInfo.status
  [TEXT, 201, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 'PENDING' }, 'ok', { id: `true_${C}_AB`, status: 'queued' }],
  [TEXT, 201, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 1 }, 'ok', { status: 'queued' }],
  [TEXT, 201, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 'SERVER_ACK' }, 'ok', { status: 'sent' }],
  [EDIT, 200, { key: { remoteJid: C, fromMe: true, id: 'AB' }, status: 'ERROR' }, 'server'],
  // answers that say nothing
  [TEXT, 201, {}, 'unknown_outcome'],
  [TEXT, 201, [], 'unknown_outcome'],
  [TEXT, 201, 'OK', 'unknown_outcome'],
  [TEXT, 201, undefined, 'unknown_outcome'],
  [STICKER, 201, {}, 'unknown_outcome'],
  [STICKER, 201, { id: `true_${C}_AB` }, 'ok', { id: `true_${C}_AB` }],
  // a 2xx that says no
  [TEXT, 200, { error: 'x' }, 'server'],
  [TEXT, 200, { error: { message: 'chat not found' } }, 'not_found'],
  [TEXT, 200, { status: false }, 'server'],
  [TEXT, 200, { status: false, message: 'session is not connected' }, 'conflict'],
  [TEXT, 200, { success: false, message: 'invalid chat' }, 'invalid_request'],
  [TEXT, 200, { success: false, message: 'too many requests' }, 'rate_limited'],
  // an `error` beside data is a fact about the data
  [TEXT, 201, { id: `true_${C}_AB`, error: null, ack: 1 }, 'ok', { status: 'sent' }],
  [CHECK, 200, {}, 'bad_response'],
  [CHECK, 200, { numberExists: 'yes' }, 'bad_response'],
  [CHECK, 200, { numberExists: false }, 'ok', { exists: false }],
  [CHECK, 200, { numberExists: true, chatId: '1@lid' }, 'ok', { exists: true, id: '1@lid' }],
  [CODE, 201, {}, 'unknown_outcome'],
  [CODE, 201, { code: 'ABCD-EFGH' }, 'ok', { code: 'ABCD-EFGH' }],
  [GROUP, 201, {}, 'unknown_outcome'],
  [GROUP, 201, { subject: 'Club' }, 'unknown_outcome'],
  [GROUP, 201, { id: '1203@g.us' }, 'ok', { id: '1203@g.us' }],
  [GET, 200, {}, 'bad_response'],
  [GET, 200, { body: 'Hi' }, 'bad_response'],
  [GET_GROUP, 200, {}, 'bad_response'],
  [['session.get', {}], 200, {}, 'bad_response'],
  [['session.list', {}], 200, undefined, 'bad_response'],
  [['chat.list', {}], 200, {}, 'bad_response'],
  [['chat.list', {}], 200, [], 'ok', { items: [] }],
  // participants: a code for each person, by LID with the number beside it (whatsmeow's JSON)
  [ADD, 200, [{ jid: C, status: '403' }], 'ok', { participants: [{ id: C, ok: false, reason: '403' }] }],
  [
    ADD,
    200,
    [{ JID: '2@lid', PhoneNumber: '4915112345678@s.whatsapp.net', Error: 403 }],
    'ok',
    { participants: [{ id: C, ok: false, reason: '403' }] },
  ],
  [ADD, 200, [{ JID: '2@lid', PhoneNumber: '4915112345678@s.whatsapp.net', Error: 0 }], 'ok', { participants: [{ id: C, ok: true }] }],
  [ADD, 200, 'Error: not-authorized', 'unknown_outcome'],
  // waha-2026-8: GroupJoinRequestResult
  [APPROVE, 200, [{ requesterId: C, success: false, error: 404 }], 'ok', { participants: [{ id: C, ok: false, reason: '404' }] }],
  [APPROVE, 200, [{ requesterId: C, success: true }], 'ok', { participants: [{ id: C, ok: true }] }],
  // waha-docs, "Reachout Timelock" and "Message Capping"
  [TEXT, 500, thrown('server returned error 463'), 'permission', { code: 'account_limited' }],
  [TEXT, 500, thrown('failed to send: server returned error 475'), 'permission', { code: 'account_limited' }],
  [TEXT, 500, thrown('no LID found for 4915112345678@s.whatsapp.net from server'), 'not_found'],
  [TEXT, 500, thrown('item-not-found', 404), 'not_found'],
  [TEXT, 500, thrown('The session is starting, please try again after few seconds'), 'conflict'],
  [TEXT, 500, thrown("The method is not implemented by 'NOWEB' engine. Check the docs"), 'unsupported'],
  // the protocol's words for a query that it refused; engines ask before they send (whatsmeow errors.go, Baileys assertNodeErrorFree)
  [TEXT, 500, thrown('forbidden', 403), 'permission'],
  [TEXT, 500, thrown('not-authorized', 401), 'permission'],
  [TEXT, 500, thrown('not-authorized'), 'permission'],
  [TEXT, 500, thrown('not-allowed', 405), 'permission'],
  [TEXT, 500, thrown('bad-request', 400), 'invalid_request'],
  [TEXT, 500, thrown('gone', 410), 'not_found'],
  [TEXT, 500, thrown('resource-limit', 419), 'permission'],
  [TEXT, 500, thrown('rate-overlimit', 429), 'rate_limited', { code: 'rate-overlimit', retryable: false }],
  [TEXT, 500, thrown('2 UNKNOWN: info query returned status 403: forbidden'), 'permission'],
  [TEXT, 500, thrown('2 UNKNOWN: info query returned status 429: rate-overlimit'), 'rate_limited'],
  [GROUP, 500, thrown('bad-request', 400), 'invalid_request'],
  [GROUP, 500, thrown('rate-overlimit', 429), 'rate_limited'],
  // waha#2094, #1714, #2214: GOWS through gRPC; waha#1881, wa-js#2816: browser engines
  [TEXT, 500, thrown('2 UNKNOWN: no LID found for 525500000000@s.whatsapp.net from server'), 'not_found'],
  [TEXT, 500, thrown('No LID for user'), 'not_found'],
  [TEXT, 500, thrown('Error: No LID for user'), 'not_found'],
  // waha#1992, #2219
  [TEXT, 500, thrown('2 UNKNOWN: server returned error 463'), 'permission', { code: 'account_limited' }],
  // a code whose meaning for a send was not seen leaves it open; a read, which can be repeated, is told the kind
  [TEXT, 500, thrown('conflict', 409), 'unknown_outcome'],
  [TEXT, 500, thrown('internal-server-error', 500), 'unknown_outcome'],
  [TEXT, 500, thrown('service-unavailable', 503), 'unknown_outcome'],
  // waha#1905: nobody says whether the message went out
  [TEXT, 500, thrown('Lid is missing in chat table'), 'unknown_outcome'],
  [GET_GROUP, 500, thrown('forbidden', 403), 'permission'],
  // no text with a source: a second send must not be invited
  [TEXT, 500, thrown('you are forbidden to be not-authorized here'), 'unknown_outcome'],
  [TEXT, 500, thrown('Precondition gone wrong'), 'unknown_outcome'],
  [TEXT, 500, thrown('reachout timelock refreshed, then: Timed Out'), 'unknown_outcome'],
  [TEXT, 500, thrown('message capping could not be read'), 'unknown_outcome'],
  [TEXT, 500, thrown('server returned error 403'), 'unknown_outcome'],
  [TEXT, 500, thrown('server returned error 4630'), 'unknown_outcome'],
  [TEXT, 500, thrown('Evaluation failed: message 3EB0 not found'), 'unknown_outcome'],
  [TEXT, 500, thrown('not on whatsapp'), 'unknown_outcome'],
  [TEXT, 500, thrown('operation not supported'), 'unknown_outcome'],
  [TEXT, 500, thrown('please try again'), 'unknown_outcome'],
  [TEXT, 500, thrown('Timed Out'), 'unknown_outcome'],
  // recorded: a refused group (noweb3), exception.data 406
  [GROUP, 500, thrown('not-acceptable', 406), 'invalid_request'],
  [GROUP, 500, thrown('internal', 406), 'invalid_request'],
  [LEAVE, 500, thrown('item-not-found', 404), 'not_found'],
  [GET_GROUP, 500, thrown("Group with id '1203@g.us' not found"), 'not_found'],
  // states and editions
  [CODE, 422, { error: 'Can request code only in SCAN_QR_CODE status' }, 'conflict'],
  [CODE, 500, thrown('Can request code only in SCAN_QR_CODE status'), 'conflict'],
  [TEXT, 422, { message: 'The session is starting, please try again' }, 'conflict'],
  [TEXT, 422, { message: 'The feature is not available in this edition' }, 'unsupported'],
  [TEXT, 500, thrown('Can not get screenshot for non chrome based engine.'), 'unsupported'],
  [['session.create', { session: 'default' }], 422, { message: "Session 'default' already exists. Use PUT to update it." }, 'conflict'],
  // an older server: Nest's answer for a path that it does not have
  [
    STICKER,
    404,
    { message: 'Cannot POST /api/sendSticker', error: 'Not Found', statusCode: 404 },
    'unsupported',
    { hint: 'It needs WAHA 2026.8.2.' },
  ],
  [APPROVE, 404, { message: 'Cannot POST /api/main/groups/x', statusCode: 404 }, 'unsupported'],
  [['chat.list', {}], 404, { message: 'Cannot GET /api/v1/api/main/chats', statusCode: 404 }, 'unsupported'],
]

describe('what an answer becomes', () => {
  for (const [[id, input], status, body, outcome, more = {}] of rows) {
    it(`${id} ${JSON.stringify(input)} ${status} ${JSON.stringify(body)}: ${outcome}`, async () => {
      const { run, requests } = verbs([{ status, ...(body === undefined ? {} : { body }) }])
      if (outcome === 'ok') expect(await run(id, input)).toMatchObject(more)
      else expect(await failure(run(id, input))).toMatchObject({ kind: outcome, ...more })
      if (!id.includes('.list') && !id.includes('.get')) expect(requests).toHaveLength(1)
    })
  }

  /** Refusals in words, and what they are. */
  const refusals: readonly (readonly [text: string, kind: string])[] = [
    ['server returned error 463', 'permission'],
    ['server returned error 475', 'permission'],
    ['no LID found for 4915112345678@s.whatsapp.net from server', 'not_found'],
    ['No LID for user', 'not_found'],
    ['item-not-found', 'not_found'],
    ['gone', 'not_found'],
    ['not-authorized', 'permission'],
    ['forbidden', 'permission'],
    ['not-acceptable', 'invalid_request'],
    ['bad-request', 'invalid_request'],
    ['rate-overlimit', 'rate_limited'],
    ['Can request code only in SCAN_QR_CODE status', 'conflict'],
    ['The session is starting, please try again after few seconds', 'conflict'],
    ['Can not get screenshot for non chrome based engine.', 'unsupported'],
    ["The method is not implemented by 'WPP' engine. Check the docs", 'unsupported'],
    ['This feature is not available in this edition', 'unsupported'],
  ]
  /** What engines, gateways and proxies put around the same words. */
  const wrappings: readonly ((text: string) => unknown)[] = [
    (text) => thrown(text),
    (text) => thrown(text.toUpperCase()),
    (text) => thrown(`Error: ${text}`),
    (text) => thrown(`2 UNKNOWN: ${text}`),
    (text) => ({ statusCode: 500, message: text, error: 'Internal Server Error' }),
    (text) => ({ statusCode: 500, message: [text] }),
    (text) => ({ statusCode: 500, message: ['something else', text] }),
    (text) => ({ statusCode: 500, exception: { message: 'failed', exception: { message: text } } }),
    (text) => ({ statusCode: 500, exception: { name: 'Error', details: text, code: 2 } }),
    (text) => ({ response: { message: text } }),
    (text) => ({ error: { message: text } }),
    (text) => ({ error: { response: { data: { message: text } } } }),
    (text) => ({ message: JSON.stringify({ exception: { message: text } }) }),
    (text) => ({ errors: [{ message: text }] }),
    (text) => text,
  ]

  it.each(refusals)('%s is a definite refusal, whatever it is wrapped in: %s', async (text, kind) => {
    for (const wrap of wrappings) {
      const { run, requests } = verbs([{ status: 500, body: wrap(text) }])
      const error = await failure(run(...TEXT))
      expect([wrap(text), error.kind, error.retryable, requests.length]).toEqual([wrap(text), kind, false, 1])
    }
  })

  it.each(refusals)('%s in what an answer repeats of the request says nothing', async (text) => {
    const body = { ...thrown('boom'), request: { method: 'POST', body: { text, message: text, error: { message: text } } } }
    expect((await failure(verbs([{ status: 500, body }]).run(...TEXT))).kind).toBe('unknown_outcome')
  })

  it('has no fewer cases than were asked for', () => expect(rows.length).toBeGreaterThanOrEqual(60))

  it('says what to do about a limited account', async () => {
    const error = await failure(verbs([{ status: 500, body: thrown('server returned error 463') }]).run(...TEXT))
    expect([error.hint, error.retryable]).toEqual([expect.stringMatching(/Do not log out, restart/), false])
  })
})

describe('when a limited account may write again', () => {
  const NOW = 1_788_000_000_000
  const seconds = NOW / 1_000 + 90
  const timelock = (isActive: boolean, timeEnforcementEnds: unknown) => ({ enforcementType: 'DEFAULT', isActive, timeEnforcementEnds })
  const capping = (cappingStatus: string, cycleEnd: unknown) => ({ cappingStatus, totalQuota: 500, usedQuota: 500, cycleEnd })
  const text = 'server returned error 463'

  it.each([
    ['beside the exception', { ...thrown(text), reachoutTimelock: timelock(true, seconds) }, 90_000],
    ['of the account', { ...thrown(text), me: { id: C, reachoutTimelock: timelock(true, seconds) } }, 90_000],
    ['data of the exception', thrown(text, timelock(true, seconds)), 90_000],
    ['named in that data', thrown('server returned error 475', { messageCapping: capping('CAPPED', seconds) }), 90_000],
    ['the later of two', thrown(text, { messageCapping: capping('CAPPED', seconds), ...timelock(true, seconds + 10) }), 100_000],
    ['over', thrown(text, timelock(true, seconds - 100)), undefined],
    ['lifted', thrown(text, timelock(false, seconds)), undefined],
    ['only a warning', thrown(text, capping('FIRST_WARNING', seconds)), undefined],
    ['a cycle that is not known', thrown('server returned error 475', capping('CAPPED', 1)), undefined],
    ['no time', thrown(text, timelock(true, null)), undefined],
    ['nothing', thrown(text), undefined],
    ['another failure', thrown('item-not-found', 404), undefined],
  ])('%s', async (_where, body, retryAfterMs) => {
    expect((await readFailure(answered(500, body), 'messages.sendText', NOW))?.retryAfterMs).toBe(retryAfterMs)
  })

  it('is told by the error, and the send is not repeated', async () => {
    const clock = { ...systemClock, now: () => NOW }
    const { run, requests } = verbs([{ status: 500, body: thrown(text, timelock(true, seconds)) }], { clock })
    const error = await failure(run(...TEXT))
    expect([error.kind, error.code, error.retryAfterMs, error.retryable, requests.length]).toEqual([
      'permission',
      'account_limited',
      90_000,
      false,
      1,
    ])
  })
})

describe('what an older server lacks', () => {
  const newer = Object.values(operations.operations).filter(({ since }) => since !== undefined)

  it('is marked in the table', () => expect(newer.length).toBeGreaterThanOrEqual(12))

  it.each(newer.map(({ id, method, path, since }) => [id, method, path, since] as const))('%s', async (id, method, path, since) => {
    const told = async (status: number, message: string) => readFailure(answered(status, { message, statusCode: status }), id, 0)
    expect(await told(404, `Cannot ${method} ${path}`)).toEqual({ kind: 'unsupported', hint: `It needs WAHA ${since}.`, refused: true })
    expect(await told(501, "The method is not implemented by 'NOWEB' engine.")).toEqual({
      kind: 'unsupported',
      hint: `Its engine may lack it; it needs WAHA ${since}.`,
    })
    expect(await told(404, 'Session not found')).toBeUndefined()
  })
})

describe('session.update', () => {
  const config = { webhooks: [{ url: 'https://x.test', hmac: { key: 'k' } }], noweb: { store: { enabled: true } }, debug: false }
  const session = { name: 'main', status: 'WORKING', config }

  const proxied = { ...config, proxy: { server: 'http://p.test:8080', username: 'u' }, client: { deviceName: 'x' }, metadata: { a: '1' } }

  it('changes what is given, leaves the rest and looks again', async () => {
    const { run, calls } = verbs([{ status: 200, body: session }])
    await run('session.update', { config: { metadata: { team: 'sales' }, noweb: { markOnline: false } } })
    const merged = { ...config, noweb: { store: { enabled: true }, markOnline: false }, metadata: { team: 'sales' } }
    expect(calls().map(([call]) => call)).toEqual(['GET /api/sessions/main', 'PUT /api/sessions/main', 'GET /api/sessions/main'])
    expect(calls()[1]).toEqual(['PUT /api/sessions/main', { config: merged }])
  })

  it.each([
    [{ debug: true }, { debug: true }],
    [{ metadata: { b: '2' } }, { metadata: { a: '1', b: '2' } }],
    [{ proxy: { password: 'p' } }, { proxy: { server: 'http://p.test:8080', username: 'u', password: 'p' } }],
    [{ client: { browserName: 'y' } }, { client: { deviceName: 'x', browserName: 'y' } }],
    [{ webhooks: [] }, { webhooks: [] }],
  ])('keeps webhooks, keys, store, metadata, proxy and client: %j', async (changes, changed) => {
    const { run, calls } = verbs([{ status: 200, body: { ...session, config: proxied } }])
    await run('session.update', { config: changes })
    expect(calls()[1]).toEqual(['PUT /api/sessions/main', { config: { ...proxied, ...changed } }])
  })

  it('tells the state as it is now, and what the server did not keep', async () => {
    const after = { ...session, status: 'STARTING', config: { ...config, debug: true } }
    const { run } = verbs([
      { status: 200, body: { ...session, config: proxied } },
      { status: 200, body: session },
      { status: 200, body: after },
    ])
    const info = await run('session.update', { config: { debug: true } })
    expect(info).toMatchObject({ state: 'starting', raw: after, reason: 'WAHA did not keep these settings: proxy, client, metadata.' })
  })

  it('goes by the answer of the change where it cannot look again', async () => {
    const { run } = verbs([
      { status: 200, body: session },
      { status: 200, body: session },
      { status: 500, body: {} },
    ])
    expect(await run('session.update', { config: { debug: true } })).toMatchObject({ state: 'connected', raw: session })
  })

  it.each(['***', '••••••••', '[redacted]', '<hidden>', 'ab******yz'])('writes no %s back', async (hidden) => {
    const masked = { ...config, webhooks: [{ url: 'https://x.test', hmac: { key: hidden } }] }
    const { run, requests } = verbs([{ status: 200, body: { ...session, config: masked } }])
    const error = await failure(run('session.update', { config: { debug: true } }))
    expect([error.kind, error.field, requests.length]).toEqual(['unsupported', 'config.webhooks[0].hmac.key', 1])
    const hook = verbs([{ status: 200, body: { ...session, config: masked } }])
    expect(await failure(hook.run('webhook.create', { url: 'https://y.test' }))).toMatchObject({ kind: 'unsupported' })
    expect(hook.requests).toHaveLength(1)
  })

  it('writes nothing where it cannot read', async () => {
    const { run, requests } = verbs([{ status: 200, body: {} }])
    expect(await failure(run('session.update', { config: { debug: true } }))).toMatchObject({ kind: 'bad_response' })
    expect(requests).toHaveLength(1)
  })
})

describe('a session', () => {
  it.each([
    [{ reachoutTimelock: { isActive: true, timeEnforcementEnds: 1_800_000_000 } }, { newChats: 'refused', until: 1_800_000_000_000 }],
    [{ messageCapping: { cappingStatus: 'CAPPED', cycleEnd: 1_800_000_000 } }, { newChats: 'refused', until: 1_800_000_000_000 }],
    [{ messageCapping: { cappingStatus: 'SECOND_WARNING', cycleEnd: null } }, { newChats: 'warned' }],
    [{ messageCapping: { cappingStatus: 'NONE', totalQuota: -1 } }, { newChats: 'allowed' }],
    [{ reachoutTimelock: { isActive: false, timeEnforcementEnds: null } }, { newChats: 'allowed' }],
    [{}, undefined],
  ])('tells its limits: %j', async (me, limits) => {
    const body = { name: 'main', status: 'WORKING', me: { id: '1@c.us', ...me } }
    expect((await verbs([{ status: 200, body }]).run('session.get')).limits).toEqual(limits)
  })

  it('that has failed is not started by a start', async () => {
    const started = { status: 422, body: { message: "Session 'main' is already started." } }
    const error = await failure(verbs([started, { status: 200, body: { name: 'main', status: 'FAILED' } }]).run('session.start'))
    expect(error).toMatchObject({ kind: 'conflict', hint: expect.stringContaining('session.restart') })
  })

  it('that exists already is to be started, not made', async () => {
    const body = { message: "Session 'default' already exists. Use PUT to update it." }
    const error = await failure(verbs([{ status: 422, body }]).run('session.create', { session: 'default' }))
    expect(error.hint).toContain('session.start')
  })

  it('is made with its config', async () => {
    const { run, calls } = verbs([{ status: 201, body: { name: 'main', status: 'STARTING' } }])
    await run('session.create', { config: { debug: true } })
    expect(calls()).toEqual([['POST /api/sessions', { name: 'main', start: true, config: { debug: true } }]])
  })
})
