import { readFileSync } from 'node:fs'
import { type ErrorKind, GatewayError } from '@wamux/core'
import { createStubGateway, type Reply } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createWaha, type WahaGateway } from '../src/index.ts'

interface Recorded {
  readonly run: string
  readonly id: string
  readonly request: { readonly method: string; readonly path: string; readonly body?: Record<string, unknown> }
  /** Absent where the server never answered. */
  readonly response?: { readonly status: number; readonly contentType: string | null; readonly body: unknown }
}

type Perform = (waha: WahaGateway, session: string) => Promise<unknown>
type Expectation = ErrorKind | readonly [ErrorKind, words: RegExp] | Readonly<Record<string, unknown>>

const recordings = readFileSync(new URL('fixtures/sessions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const call = (id: string, input: (session: string) => object, options: object = {}): Perform => {
  return (waha, session) => (waha.call as (id: string, input: object, options: object) => Promise<unknown>)(id, input(session), options)
}

const list: Perform = (waha) => waha.session.list()
const get: Perform = (waha, session) => waha.session.get({ session })
const create: Perform = (waha, session) => waha.session.create({ session })
const createStopped: Perform = (waha, session) => waha.session.create({ session, start: false })
const update: Perform = (waha, session) => waha.session.update({ session, config: {} })
const remove: Perform = (waha, session) => waha.session.delete({ session })
const start: Perform = (waha, session) => waha.session.start({ session })
const stop: Perform = (waha, session) => waha.session.stop({ session })
const restart: Perform = (waha, session) => waha.session.restart({ session })
const logout: Perform = (waha, session) => waha.session.logout({ session })
const qr: Perform = (waha, session) => waha.session.qr({ session })
const qrImage: Perform = (waha, session) => waha.session.qr({ session, format: 'image' })
const code: Perform = (waha, session) => waha.session.requestPairingCode({ session, phone: '+12132132130' })
const sendText: Perform = (waha, session) => waha.message.sendText({ session, to: '11111111111@c.us', text: 'hello' })
const sendToGroup: Perform = (waha, session) => waha.message.sendText({ session, to: '120363000000000000@g.us', text: 'hello' })
const qrJson = call('auth.getQr', (session) => ({ session, format: 'image' }), { accept: 'application/json' })
const me = call('sessions.me', (session) => ({ session }))
const version = call('server.version', () => ({}))
const oldVersion = call('server.versionDeprecated', () => ({}))
const oldStart = call('sessions.startDeprecated', (name) => ({ name }))
const oldStop = call('sessions.stopDeprecated', (name) => ({ name }))
const oldLogout = call('sessions.logoutDeprecated', (name) => ({ name }))

const stopped = { session: 'default', state: 'stopped', nextActions: ['start'] }
const starting = { session: 'default', state: 'starting' }
const failed = { session: 'default', state: 'failed', nextActions: ['restart', 'logout'] }
const nothing = { session: 'default', state: 'unknown', raw: undefined }
const wrongState = (state: string): Expectation => ['conflict', new RegExp(`session is ${state}`)]
const onlyDefault = /support only 'default' session/

/** What each exchange has to become: written by hand from sections 3 and 4 of the knowledge page on WAHA. */
const expectations: Readonly<Record<string, readonly [Perform, Expectation]>> = {
  'noweb/version': [oldVersion, { data: { version: '2026.2.1', engine: 'NOWEB' } }],
  'noweb/server-version': [version, { data: { version: '2026.2.1', engine: 'NOWEB' } }],
  'noweb/auth-wrong': [list, ['auth', /Unauthorized/]],
  'noweb/wrong-method': [list, ['unsupported', /Cannot PATCH/]],
  'noweb/list-initial': [list, { sessions: [] }],
  'noweb/list-initial-all': [list, { sessions: [stopped] }],
  'noweb/list-bad-query': [list, ['invalid_request', /all must be a boolean value/]],
  'noweb/list-expand': [list, ['unsupported', /Apps are disabled/]],
  'noweb/list-expand-bad': [list, ['invalid_request', /each value in expand/]],
  'noweb/get-stopped': [get, stopped],
  'noweb/sendText-stopped': [sendText, wrongState('STOPPED')],
  'noweb/create-exists': [create, ['conflict', /already exists/]],
  'noweb/get-deleted': [get, ['not_found', /Session not found/]],
  'noweb/stop-deleted': [stop, stopped],
  'noweb/restart-deleted': [restart, 'not_found'],
  'noweb/logout-deleted': [logout, 'not_found'],
  'noweb/put-deleted': [update, 'not_found'],
  'noweb/create-unknown-prop': [create, nothing],
  'noweb/create-bad-types': [create, ['invalid_request', /name must be a string/]],
  'noweb/create-bad-name': [create, ['invalid_request', /alphanumeric/]],
  'noweb/create-no-body': [create, ['unsupported', onlyDefault]],
  'noweb/create-malformed-json': [create, ['invalid_request', /Unexpected end of JSON input/]],
  'noweb/create-text-body': [create, ['unsupported', onlyDefault]],
  'noweb/create-other-name': [createStopped, ['unsupported', onlyDefault]],
  'noweb/create': [create, nothing],
  'noweb/create-duplicate': [create, nothing],
  'noweb/get-created': [get, 'not_found'],
  'noweb/put': [update, 'not_found'],
  'noweb/start': [start, 'not_found'],
  'noweb/list-starting': [list, { sessions: [] }],
  'noweb/get-starting': [get, 'not_found'],
  'noweb/me-starting': [me, ['not_found', /start it first/]],
  'noweb/qr-image': [qrImage, ['not_found', /does not exist/]],
  'noweb/qr-json': [qrJson, ['not_found', /does not exist/]],
  'noweb/qr-raw': [qr, ['not_found', /does not exist/]],
  'noweb/sendText-starting': [sendText, ['not_found', /does not exist/]],
  'noweb/sendText-empty': [sendText, ['invalid_request', /Session name is required/]],
  'noweb/sendText-unknown-session': [sendText, ['not_found', onlyDefault]],
  'noweb/logout': [logout, 'not_found'],
  'noweb/stop': [stop, stopped],
  'noweb/get-after-stop': [get, 'not_found'],
  'noweb/list-after-stop-all': [list, { sessions: [] }],
  'noweb/unknown-stop': [stop, ['not_found', onlyDefault]],
  'noweb/unknown-restart': [restart, ['not_found', onlyDefault]],
  'noweb/unknown-logout': [logout, ['not_found', onlyDefault]],
  'noweb/unknown-put': [update, ['not_found', onlyDefault]],
  'noweb/unknown-qr': [qr, ['not_found', onlyDefault]],
  'noweb/deprecated-start': [oldStart, { status: 201, data: { status: 'STARTING' } }],
  'noweb/deprecated-start-again': [oldStart, ['conflict', /already started/]],
  'noweb/deprecated-stop': [oldStop, { status: 201, data: undefined }],
  'noweb/deprecated-stop-noname': [oldStop, ['invalid_request', /Session name is required/]],
  'noweb/deprecated-logout': [oldLogout, { status: 201, data: undefined }],
  'noweb/list-end-all': [list, { sessions: [] }],
  'noweb/delete-running': [remove, { session: 'default', deleted: true }],
  // the state is looked at again after the change
  'noweb2/put-config': [update, { session: 'default', state: 'pairing', nextActions: ['scan'] }],
  'noweb2/start': [start, starting],
  'noweb2/list-running': [list, { sessions: [starting] }],
  'noweb2/qr-image-starting': [qrImage, wrongState('STARTING')],
  'noweb2/qr-json-starting': [qrJson, wrongState('STARTING')],
  'noweb2/qr-raw-starting': [qr, wrongState('STARTING')],
  // it may have made a code: the document calls it a `create`
  'noweb2/request-code-empty': [code, 'unknown_outcome'],
  'noweb2/sendText-starting': [sendText, ['conflict', /session is (STARTING|FAILED)/]],
  'noweb2/sendText-no-chat': [sendText, ['conflict', /session is (STARTING|FAILED)/]],
  'noweb2/sendText-bad-types': [sendText, ['conflict', /session is (STARTING|FAILED)/]],
  'noweb2/get-after-a-while': [get, failed],
  'noweb2/restart': [restart, starting],
  'noweb2/get-after-restart': [get, starting],
  'noweb2/logout-running': [logout, starting],
  'noweb2/stop': [stop, stopped],
  'noweb2/stop-again': [stop, stopped],
  'noweb2/get-after-stop': [get, stopped],
  'noweb2/list-after-stop': [list, { sessions: [] }],
  'noweb2/list-after-stop-all': [list, { sessions: [stopped] }],
  'noweb2/logout-stopped': [logout, stopped],
  'noweb2/restart-stopped': [restart, starting],
  'noweb2/concurrent-stop-a': [stop, stopped],
  'noweb2/concurrent-start-a': [start, { session: 'default', state: 'pairing', challenge: 'qr' }],
  'noweb2/stop-end': [stop, stopped],
  'noweb2/create-exists': [create, ['conflict', /already exists/]],
  'noweb2/delete': [remove, { session: 'default', deleted: true, raw: undefined }],
  'noweb2/create-after-delete-no-start': [createStopped, nothing],
  'noweb2/get-after-create-no-start': [get, 'not_found'],
  'noweb2/create-after-delete-start': [create, starting],
  'noweb2/delete-running': [remove, { session: 'default', deleted: true }],
  'noweb3/start': [start, starting],
  'noweb3/get-scan': [get, { session: 'default', state: 'pairing', challenge: 'qr', nextActions: ['scan'] }],
  'noweb3/start-while-scan': [start, { session: 'default', state: 'pairing', challenge: 'qr' }],
  'noweb3/me-scan': [me, { status: 200, data: undefined }],
  'noweb3/qr-image-json': [qrJson, { data: { mimetype: 'image/png', data: expect.stringMatching(/^iVBORw0KGgo/) } }],
  'noweb3/qr-raw-png-accept': [qr, { session: 'default', value: expect.stringMatching(/^2@fake-ref-/) }],
  'noweb3/qr-format-bad': [
    qrImage,
    { session: 'default', image: { mimetype: 'image/png', data: expect.objectContaining({ length: 3728 }) } },
  ],
  'noweb3/sendText-scan': [sendText, wrongState('SCAN_QR_CODE')],
  'noweb3/qr-raw-2': [qr, { session: 'default', value: expect.stringMatching(/^2@fake-ref-/) }],
  'noweb3/me-working': [me, { data: { id: '12132132130@c.us' } }],
  'noweb3/start-while-working': [start, { session: 'default', state: 'pairing' }],
  'noweb3/qr-working': [qr, wrongState('WORKING')],
  'noweb3/sendText': [sendText, { to: '11111111111@c.us', id: 'true_11111111111@c.us_3EB09D947BEB1677A90154', status: 'queued' }],
  'noweb3/sendText-group': [sendToGroup, ['not_found', /item-not-found/]],
  // 500 is WAHA's word for everything, also for what went wrong after sending
  'noweb3/sendText-bad-chat': [sendText, ['unknown_outcome', /JID decoded/]],
  'noweb3/sendText-no-text': [sendText, ['unknown_outcome', /Cannot read prop/]],
  'noweb3/stop-working': [stop, stopped],
  'noweb3/get-after-remote-unlink': [get, { ...failed, me: { jid: '12132132130@c.us', phone: '+12132132130' } }],
  'noweb3/get-after-remote-unlink-9s': [get, failed],
  'noweb3/restart-after-unlink': [restart, starting],
  'noweb3/get-after-unlink-restart': [get, failed],
}

const nameOf = ({ run, id }: Recorded) => `${run}/${id}`

describe('recorded answers of WAHA', () => {
  it('are all expected to become something', () => {
    expect(Object.keys(expectations).sort()).toEqual(recordings.map(nameOf).sort())
  })

  const scan = recordings.find((one) => nameOf(one) === 'noweb3/get-scan')
  for (const recorded of recordings) {
    const [perform, expected] = expectations[nameOf(recorded)] ?? []
    it(`${nameOf(recorded)}: ${recorded.request.method} ${recorded.request.path}, ${recorded.response?.status ?? 'no answer'}`, async () => {
      // what comes after the recorded answer is a look at the session
      // an update reads the config first
      const before = perform === update ? [replyOf(scan)] : []
      const { fetch, requests: all } = createStubGateway([...before, replyOf(recorded), replyOf(scan)])
      const waha = createWaha({ baseUrl: 'http://waha.test', apiKey: 'test-key-123', fetch, timeoutMs: recorded.response ? 5_000 : 50 })
      const result = await perform?.(waha, sessionOf(recorded)).catch((error: unknown) => error)
      expectResult(result, expected)
      const requests = all.slice(before.length)
      // the server refused PATCH; no operation has it
      if (nameOf(recorded) !== 'noweb/wrong-method') expect(requests[0]?.method).toBe(recorded.request.method)
      expect(new URL(requests[0]?.url ?? '').pathname).toBe(recorded.request.path.split('?')[0])
      expect(requests[0]?.headers['x-api-key']).toBe('test-key-123')
      const { status } = recorded.response ?? {}
      const looksAgain = (perform === start && status === 422) || (perform === update && status === 200)
      expect(requests.length).toBe(looksAgain ? 2 : 1)
    })
  }
})

function expectResult(result: unknown, expected: Expectation | undefined): void {
  const [kind, words] = typeof expected === 'string' ? [expected] : Array.isArray(expected) ? expected : []
  if (kind === undefined) {
    if (result instanceof Error) throw result
    expect(result).toMatchObject(expected as object)
    return
  }
  expect(GatewayError.is(result) ? result.kind : result).toBe(kind)
  if (words) expect((result as GatewayError).message).toMatch(words)
}

function sessionOf({ request }: Recorded): string {
  const { session, name } = request.body ?? {}
  const [, named] = /^\/api\/sessions\/([^/?]+)/.exec(request.path) ?? /^\/api\/([^/]+)\/auth\//.exec(request.path) ?? []
  const found = [session, name, named].find((one) => typeof one === 'string' && !['start', 'stop', 'logout'].includes(one))
  return typeof found === 'string' ? found : 'default'
}

function replyOf(recorded: Recorded | undefined): Reply {
  if (!recorded?.response) return 'silent'
  const { status, contentType, body } = recorded.response
  const headers: Record<string, string> = contentType === null ? {} : { 'content-type': contentType }
  return { status, headers, body: bytesOf(body) ?? body }
}

// of binary answers only length and head were kept
function bytesOf(body: unknown): Uint8Array | undefined {
  const { base64_len: length, head } = (typeof body === 'object' && body !== null ? body : {}) as { base64_len?: number; head?: string }
  if (length === undefined || head === undefined) return undefined
  const bytes = new Uint8Array(length)
  bytes.set(head.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [])
  return bytes
}
