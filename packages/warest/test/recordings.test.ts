import { readFileSync } from 'node:fs'
import { type Clock, type ErrorKind, GatewayError, systemClock } from '@wamux/core'
import { createStubGateway, type SeenRequest, type StubAnswer } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWarest, type WarestGateway } from '../src/index.ts'

interface Recorded {
  readonly phase: string
  readonly name: string
  readonly request: { readonly method: string; readonly path: string; readonly body?: Record<string, unknown> }
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown }
}

interface Failure {
  readonly kind: ErrorKind
  readonly words?: RegExp
  readonly retryAfterMs?: number
  readonly hint?: RegExp
}
type Perform = (warest: WarestGateway, session: string) => Promise<unknown>
type Row = readonly [Perform, Failure | { readonly is: Readonly<Record<string, unknown>> }]

const LIST = '/api/v1/session/list'
// 42 s before the rate limit of the recording starts anew
const NOW = (1_795_222_381 - 42) * 1000
const clock: Clock = { now: () => NOW, after: systemClock.after }

const recordings = readFileSync(new URL('fixtures/sessions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const call = (id: string, input: (session: string) => object = () => ({})): Perform => {
  return (warest, session) => (warest.call as (id: string, input: object) => Promise<unknown>)(id, input(session))
}
const list: Perform = (warest) => warest.session.list()
const get: Perform = (warest, session) => warest.session.get({ session })
const hasAccount: Perform = async (warest, session) => ({ hasAccount: 'me' in (await warest.session.get({ session })) })
const create: Perform = (warest, session) => warest.session.create({ session })
const start: Perform = (warest, session) => warest.session.start({ session })
const qr: Perform = (warest, session) => warest.session.qr({ session })
const code: Perform = (warest, session) => warest.session.requestPairingCode({ session, phone: '+62 812-3456-7890' })
const logout: Perform = (warest, session) => warest.session.logout({ session })
const restart: Perform = (warest, session) => warest.session.restart({ session })
const remove: Perform = (warest, session) => warest.session.delete({ session })
// both settings: what is left out would be looked up before
const update: Perform = (warest, session) =>
  warest.session.update({ session, config: { webhookUrl: 'http://127.0.0.1:9/hook', webhookSecret: 'hook-secret-of-tests' } })
const sendText: Perform = (warest, session) => warest.message.sendText({ session, to: '+6281111111111', text: 'x' })
const ping = call('server.ping')
const info = call('server.info')
const devices = call('sessions.listDevices', (sessionId) => ({ sessionId }))

const fails = (kind: ErrorKind, words?: RegExp, more: Partial<Failure> = {}): Failure => ({ kind, ...(words ? { words } : {}), ...more })
const is = (result: Readonly<Record<string, unknown>>) => ({ is: result })

const disconnected = { session: 'main', state: 'disconnected', account: 'unknown' }
const connected = { session: 'main', state: 'connected', account: 'ok' }
const openWithAccount = { ...connected, me: { jid: '6281234567890:7@s.whatsapp.net', phone: '+6281234567890', name: 'Demo Shop' } }
const connecting = { session: 'main', state: 'connecting', account: 'unknown' }
const configured = { ...connecting, raw: expect.objectContaining({ message: 'Config updated' }) }
const stopped = { session: 'main', state: 'stopped', nextActions: ['start'] }
const pairing = { session: 'main', state: 'pairing', challenge: 'qr', nextActions: ['scan'] }
const qrCode = (seconds: number) => ({
  session: 'main',
  value: expect.stringMatching(/^2@\+JgxkKTngWAdjxvwN8.*,AAAA,BBBB,CCCC$/),
  expiresInMs: seconds * 1000,
})
const sent = { session: 'main', to: '6281111111111@c.us', id: '3EB00E5BC0A684C7AFE47F', status: 'sent' }
const ok = { status: 200 }
const tooMany = fails('rate_limited', /Too many requests/, { retryAfterMs: 42_000 })
const notOpen = fails('not_found', /Session not found/, { hint: /not open/ })

/** What each exchange has to become: written by hand from sections 3, 4, 8 and 12 of the knowledge page on WARest. */
const expectations: Readonly<Record<string, readonly Row[]>> = {
  'A: ping without key': [[ping, is(ok)]],
  'A: server info with non-admin key': [[info, fails('permission', /Admin only/)]],
  'A: server info without key': [[info, fails('auth', /Missing X-WAREST-API-KEY/)]],
  'A: session list: no key': [
    [list, fails('auth', /Missing/)],
    [get, fails('auth', /Missing/)],
    [qr, fails('auth', /Missing/)],
  ],
  'A: session list: wrong key': [[list, fails('auth', /Invalid X-WAREST-API-KEY/)]],
  'A: session list: Bearer ok': [[list, is({ sessions: [] })]],
  'A: session list: X-API-KEY ok': [[list, is({ sessions: [] })]],
  'A: session list: ?api_key ok': [[list, is({ sessions: [] })]],
  'A: session list: key is case-insensitive?': [[list, fails('auth', /Invalid/)]],
  'A: session list: empty': [
    [list, is({ sessions: [] })],
    [get, fails('not_found', /"main" does not exist/)],
    [start, fails('not_found')],
    [qr, fails('not_found')],
    [code, fails('not_found')],
  ],
  'A: session list after create': [
    [list, is({ sessions: [disconnected] })],
    [get, is(disconnected)],
    [create, fails('conflict', /exists already/)],
  ],
  'A: session create: other owner (403)': [
    [create, fails('permission', /Forbidden/)],
    [start, fails('permission', /Forbidden/)],
    [qr, fails('permission', /Forbidden/)],
  ],
  'A: session create via POST (404?)': [[create, fails('unsupported', /Cannot POST/)]],
  'A: pair-code: no phone': [[code, fails('invalid_request', /phone is required/)]],
  'A: pair-code: no sessionId': [[code, fails('invalid_request', /sessionId is required/)]],
  'A: pair-code: pending': [[code, fails('conflict', /not ready/, { hint: /again/ })]],
  'A: devices: unknown session': [[devices, fails('not_found', /Session not found/)]],
  'A: logout: no sessionId': [[logout, fails('invalid_request', /sessionId is required/)]],
  'A: logout: other owner': [[logout, fails('permission', /Forbidden/)]],
  'A: logout: wrong key': [[logout, fails('auth', /Invalid/)]],
  'A: logout: POST method': [[logout, fails('unsupported', /Cannot POST/)]],
  'A: logout ok': [[logout, is(stopped)]],
  'A: logout twice': [[logout, is(stopped)]],
  'A: config: set webhookUrl': [[update, is(configured)]],
  'A: config: set webhookUrl+secret': [[update, is(configured)]],
  'A: config: preflight fails': [[update, fails('invalid_request', /Webhook preflight failed/)]],
  'A: config: malformed JSON': [[update, fails('invalid_request', /Expected property name/)]],
  'A: reconnect: unknown': [[restart, fails('not_found', /Session not found/)]],
  'A: reconnect ok': [[restart, is({ session: 'main', state: 'starting' })]],
  'A: session list after reconnect': [[list, is({ sessions: [disconnected, { session: 'pair1', state: 'disconnected' }] })]],
  'A: delete: no sessionId': [[remove, fails('invalid_request', /sessionId is required/)]],
  'A: delete: unknown': [[remove, fails('not_found', /Session not found/)]],
  'A: delete via body': [[remove, is({ session: 'pair1', deleted: true })]],
  'A: unknown route': [[list, fails('unsupported', /Cannot GET/)]],
  'A: unknown route no key': [[list, fails('auth', /Missing/)]],
  'B: create -> QR': [
    [create, is(pairing)],
    [start, is(pairing)],
    [qr, is(qrCode(20))],
  ],
  'B: send before login': [[sendText, notOpen]],
  'B: list when open': [
    [list, is({ sessions: [openWithAccount] })],
    [get, is(openWithAccount)],
    [qr, fails('conflict', /connected already/)],
  ],
  'B: create when already open': [[start, is(connected)]],
  'C: Send Text: array recipients': [[sendText, fails('invalid_request', /'to' is required/)]],
  'C: Send Text: missing message': [[sendText, fails('invalid_request', /'message' is required/)]],
  'C: Send Text: invalid to': [[sendText, fails('invalid_request', /Invalid 'to' value/)]],
  'C: Send Text: unknown session': [[sendText, notOpen]],
  'C: Send Text: no sessionId': [[sendText, notOpen]],
  'C: Send Text: other tenant key (ownership not checked?)': [[sendText, is(sent)]],
  'C: Send Text: by phone instead of sessionId': [[sendText, notOpen]],
  'C: Ping': [[ping, is(ok)]],
  'C: Server Info': [[info, is(ok)]],
  'D: list before replaced': [[get, is(openWithAccount)]],
  'D: send while replaced': [[sendText, notOpen]],
  'D: reconnect after replaced': [[restart, is({ session: 'main', state: 'starting' })]],
  'D: create after reconnect (webhookUrl?)': [[start, is(connected)]],
  'D: config again': [[update, is(configured)]],
  // what the answer still calls `me` is the account before
  'D: list right after loggedOut by phone (401)': [
    [get, is(connecting)],
    [hasAccount, is({ hasAccount: false })],
  ],
  'D: list later after loggedOut': [[get, is(connecting)]],
  'D: create after loggedOut gives QR': [
    [start, is(pairing)],
    [qr, is(qrCode(20))],
  ],
  'D: list open again': [
    [get, is(openWithAccount)],
    [hasAccount, is({ hasAccount: true })],
  ],
  'D: logout while open': [[logout, is(stopped)]],
  'D: list after logout': [[get, is(stopped)]],
  'D: devices after logout': [
    [devices, is({ data: expect.objectContaining({ results: [expect.objectContaining({ name: 'Demo Shop' })] }) })],
  ],
  'D: create after logout -> new QR': [
    [start, is(pairing)],
    [qr, is(qrCode(7))],
  ],
  'D: pair-code for new session': [[code, is({ session: 'pair1', code: 'ABCD-1234' })]],
  'E: set webhook that answers 410': [[update, is(configured)]],
  'E: short secret (5 chars)': [[update, is(configured)]],
  'F: session/list #1': [[get, is(connecting)]],
  'F: session/list #3': [[get, is(connecting)]],
  'F: session/list #4': [[get, is(connecting)]],
  'F: send #2 same recipient (cooldown)': [[sendText, fails('rate_limited', /Recipient cooldown/, { retryAfterMs: 3_000 })]],
  'F: list until 429 #1': [[list, is({ sessions: [connecting, { session: 'pair1', state: 'connecting' }] })]],
  'F: list until 429 #2': [[get, is(connecting)]],
  'F: list until 429 #3': [[get, is(connecting)]],
  'F: list until 429 #5': [[list, tooMany]],
  'F: list until 429 #6': [[get, tooMany]],
  'F: list until 429 #7': [[qr, tooMany]],
  'F: list until 429 #8': [[start, tooMany]],
  'G: list after server restart': [[list, is({ sessions: [connecting, { session: 'pair1', state: 'connecting' }] })]],
  'G: logout': [[logout, is(stopped)]],
  'G: create by owner': [
    [create, is(pairing)],
    [qr, is(qrCode(9))],
  ],
}

// recorded with a method or path that no operation has
const OTHER_REQUESTS = ['A: session create via POST (404?)', 'A: logout: POST method', 'A: unknown route', 'A: unknown route no key']

const nameOf = ({ phase, name }: Recorded) => `${phase.slice(0, 1)}: ${name}`

describe('recorded answers of WARest', () => {
  it('are all expected to become something', () => {
    expect(Object.keys(expectations).sort()).toEqual(recordings.map(nameOf).sort())
    expect(Object.entries(expectations).filter(([, rows]) => rows.length === 0)).toEqual([])
  })

  for (const recorded of recordings) {
    const { request, response } = recorded
    for (const [index, [perform, expected]] of (expectations[nameOf(recorded)] ?? []).entries()) {
      it(`${nameOf(recorded)}: ${request.method} ${request.path}, ${response.status}${index > 0 ? `, ${index + 1}` : ''}`, async () => {
        const session = sessionOf(recorded)
        const { fetch, requests } = createStubGateway(answering(recorded, perform, session))
        const warest = createWarest({ baseUrl: 'http://warest.test', apiKey: 'admin-key-123', fetch, clock, retry: { maxDelayMs: 1 } })
        const result = await perform(warest, session).catch((error: unknown) => error)
        expectResult(result, expected)
        const looked = requests.filter((one) => pathOf(one) === LIST)
        const asked = looked.length === requests.length ? requests : requests.filter((one) => !looked.includes(one))
        if (!OTHER_REQUESTS.includes(nameOf(recorded))) {
          expect([asked.at(-1)?.method, pathOf(asked.at(-1))]).toEqual([request.method, request.path.split('?')[0]])
        }
        expect(requests.every(({ headers }) => headers['x-warest-api-key'] === 'admin-key-123')).toBe(true)
        expect(asked.length).toBe(1)
        expect(requests.length).toBeLessThanOrEqual(2)
      })
    }
  }
})

function expectResult(result: unknown, expected: Row[1]): void {
  if ('is' in expected) {
    if (result instanceof Error) throw result
    expect(result).toMatchObject(expected.is)
    return
  }
  const { kind, words, hint, retryAfterMs } = expected
  expect(GatewayError.is(result) ? result.kind : result).toBe(kind)
  const error = result as GatewayError
  if (words) expect(error.message).toMatch(words)
  if (hint) expect(error.hint).toMatch(hint)
  if (retryAfterMs !== undefined) expect(error.retryAfterMs).toBe(retryAfterMs)
}

/** Answers what was recorded; where a verb looks into the list first, the list has what the verb needs. */
function answering(recorded: Recorded, perform: Perform, session: string): (request: SeenRequest) => StubAnswer {
  const { status, headers, body } = recorded.response
  const items = perform === create ? [] : [{ id: session, status: 'connecting', me: null, pushName: null, lastConn: null }]
  const before: StubAnswer = { status: 200, body: { status: true, code: 1000, message: 'OK', results: [{ items }] } }
  const isList = recorded.request.path.split('?')[0] === LIST || OTHER_REQUESTS.slice(2).includes(nameOf(recorded))
  return (request) => (pathOf(request) === LIST && !isList ? before : { status, headers, body })
}

function pathOf(request: SeenRequest | undefined): string {
  return new URL(request?.url ?? 'http://nowhere.test').pathname
}

function sessionOf({ request }: Recorded): string {
  const named = new URL(request.path, 'http://warest.test').searchParams.get('sessionId') ?? request.body?.sessionId
  return typeof named === 'string' ? named : 'main'
}
