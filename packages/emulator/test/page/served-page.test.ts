import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectControl, type EmulatorControl, GATEWAYS } from '../../src/index.ts'
import { createAssets, PAGE_POLICY } from '../../src/page/assets.ts'
import type { ChatRow, Conversation, MessageDetails, Overview, Part, PhoneRow, RequestDetails, RequestRow } from '../../src/page/types.ts'
import { type EmulatorServer, serveEmulator } from '../../src/server/serve.ts'
import { makeSession, pageCall } from './stage.ts'

const SHOP = '12025550110'
const ADA = '12025550121'
const AT_ONCE = { starting: 0, connecting: 0, queue: 0, server: 0, device: 0, read: 0, played: 0 }

let server: EmulatorServer
let control: EmulatorControl

beforeEach(async () => {
  server = await serveEmulator({ timings: AT_ONCE })
  control = connectControl(server.url)
})

afterEach(() => server.close())

async function look<Answer>(name: string, query: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/_emulator/page/${name}?${new URLSearchParams(query)}`)
  expect(response.status, `${name}: ${await response.clone().text()}`).toBe(200)
  return (await response.json()) as Answer
}

describe.each(GATEWAYS)('through the API of %s', (gateway) => {
  test('a session is made, scanned, written through, and all of it is logged', async () => {
    const session = await makeSession(server, gateway, 'default')
    await control.scan({ gateway, session, phone: SHOP })
    await pageCall(server.url, 'send', { gateway, session, to: ADA, text: 'Hello' })
    const { rows, total } = await look<Conversation>('messages', { phone: ADA, chat: SHOP })
    expect([total, rows[0]?.text, rows[0]?.via]).toEqual([1, 'Hello', { gateway, session }])
    const requests = await look<Part<RequestRow>>('requests')
    expect(requests.rows.every(({ own, status, operation }) => own && (status ?? 0) < 300 && operation !== '')).toBe(true)
    expect(requests.rows[0]?.operation).toBe('messages.sendText')
  })

  test('each action that it offers is one that its API has', async () => {
    const { gateways } = await look<Overview>('overview')
    const actions = gateways.find((one) => one.gateway === gateway)?.actions ?? []
    expect(actions).toContain('delete')
    for (const action of actions) {
      const session = await makeSession(server, gateway, `of-${action}`)
      await control.scan({ gateway, session })
      if (action === 'start' && actions.includes('stop')) await pageCall(server.url, 'session', { gateway, session, do: 'stop' })
      await pageCall(server.url, 'session', { gateway, session, do: action })
    }
    const { rows } = await look<Part<RequestRow>>('requests')
    expect(rows.filter(({ status, operation }) => operation === '' || status === undefined || status >= 300)).toEqual([])
  })

  test('a pairing code is asked for and typed', async () => {
    const session = await makeSession(server, gateway, 'coded')
    await pageCall(server.url, 'session', { gateway, session, do: 'code', phone: `+${ADA}` })
    const found = async () => (await look<Overview>('overview')).sessions.find((one) => one.session === session)
    const { code, codePhone } = (await found()) ?? {}
    expect(codePhone).toBe(ADA)
    await control.enterCode({ code: code ?? '' })
    expect(await found()).toMatchObject({ state: 'connected', phone: ADA })
  })
})

test('an action that a gateway lacks is refused, and nothing stands in for it', async () => {
  const session = await makeSession(server, 'warest', 'shop')
  await expect(pageCall(server.url, 'session', { gateway: 'warest', session, do: 'stop' })).rejects.toThrow('warest has restart, logout')
})

test('what a gateway refuses is said in its own words', async () => {
  const session = await makeSession(server, 'waha', 'default')
  const send = { gateway: 'waha', session, to: ADA, text: 'too early' }
  await expect(pageCall(server.url, 'send', send)).rejects.toThrow(/waha answers 422/)
})

test('shows phones, chats and messages with all that happened to them', async () => {
  await control.phone({ phone: SHOP, name: 'Shop' })
  const first = await control.message({ from: ADA, to: SHOP, text: 'x'.repeat(65_536) })
  const reply = await control.message({ from: SHOP, to: ADA, text: 'Yes', replyTo: first.id })
  await control.react({ phone: ADA, message: reply.id, emoji: '🎉' })
  await control.edit({ phone: SHOP, message: reply.id, text: 'Yes!' })
  const poll = await control.message({ from: ADA, to: SHOP, poll: { question: 'When?', options: ['now', 'later'], multiple: false } })
  await control.vote({ phone: SHOP, message: poll.id, options: ['later'] })
  const gone = await control.message({ from: ADA, to: SHOP, text: 'secret' })
  await control.revoke({ phone: ADA, message: gone.id })

  const phones = await look<Part<PhoneRow>>('phones')
  expect(phones.rows.map(({ name }) => name)).toContain('Shop')
  const chats = await look<Part<ChatRow>>('chats', { phone: SHOP })
  expect(chats.rows).toMatchObject([{ chat: `${ADA}@c.us`, kind: 'person', last: { revoked: true } }])
  const { rows } = await look<Conversation>('messages', { phone: SHOP, chat: ADA })
  expect(rows).toMatchObject([
    { mine: false, length: 65_536 },
    { mine: true, edited: true, text: 'Yes!', reply: { id: first.id }, reactions: [{ emoji: '🎉', mine: false }], ack: 3 },
    { poll: { options: [{ votes: [] }, { votes: ['You'], mine: true }] } },
    { revoked: true, text: '' },
  ])
  expect((rows[0]?.text ?? '').length).toBeLessThan(2_000)
  const whole = await look<MessageDetails>('message', { phone: SHOP, id: first.id })
  expect(whole.text).toHaveLength(65_536)
})

test('gives any part of a long conversation, the oldest first', async () => {
  for (let index = 0; index < 120; index++) await control.message({ from: ADA, to: SHOP, text: String(index) })
  const texts = async (query: Record<string, string>) => {
    const { rows, offset, total } = await look<Conversation>('messages', { phone: SHOP, chat: ADA, ...query })
    return [total, offset, rows[0]?.text, rows.at(-1)?.text]
  }
  expect(await texts({})).toEqual([120, 70, '70', '119'])
  expect(await texts({ offset: '0', limit: '50' })).toEqual([120, 0, '0', '49'])
  expect(await texts({ offset: '100', limit: '50' })).toEqual([120, 100, '100', '119'])
  expect(await texts({ offset: '500', limit: '50' })).toEqual([120, 500, undefined, undefined])
})

test('looking makes no phones, and nothing that is not there', async () => {
  for (const query of ['chats?phone=12025550199', 'messages?phone=12025550199&chat=12025550110', 'qr?gateway=waha&session=x', 'chats']) {
    expect((await fetch(`${server.url}/_emulator/page/${query}`)).status, query).toBe(404)
  }
  expect((await control.state()).accounts).toEqual([])
  for (const query of ['phones?limit=many', 'operations?gateway=telegram', 'operations?gateway=__proto__']) {
    expect((await fetch(`${server.url}/_emulator/page/${query}`)).status, query).toBe(400)
  }
})

test('a request of a program is logged with its answer, without its key', async () => {
  const { baseUrl, credentials } = server.gateways.waha
  await fetch(`${baseUrl}/api/sessions?all=true`, { headers: { 'x-api-key': credentials.apiKey } })
  await control.fault({ gateway: 'waha', lose: true })
  await fetch(`${baseUrl}/api/sessions`, { headers: { 'x-api-key': credentials.apiKey } }).catch(() => {})
  const { rows } = await look<Part<RequestRow>>('requests')
  expect(rows.map(({ operation, status, own }) => [operation, status, own])).toEqual([
    ['sessions.list', 0, false],
    ['sessions.list', 200, false],
  ])
  const details = await look<RequestDetails>('request', { id: '1' })
  expect(details.responseBody.text).toBe('[]')
  expect(JSON.stringify(details)).not.toContain(credentials.apiKey)
  expect(await look<Part<RequestRow>>('requests', { only: 'errors' })).toMatchObject({ total: 1 })
  expect(await look<Part<RequestRow>>('requests', { search: 'sendText' })).toMatchObject({ total: 0 })
})

test('tells an open page what changed, and begins with everything', async () => {
  const end = new AbortController()
  const response = await fetch(`${server.url}/_emulator/page/changes`, { signal: end.signal })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  const heard = new Set<string>()
  const decoder = new TextDecoder()
  const wanted = ['reset', 'network', 'sessions', 'requests', 'faults']
  const acting = (async () => {
    await makeSession(server, 'waha', 'default')
    await control.message({ from: ADA, to: SHOP, text: 'Hi' })
    await control.fault({ lose: true })
  })()
  for await (const part of response.body ?? []) {
    for (const [, topics = '[]'] of decoder.decode(part).matchAll(/^data: (.*)$/gm)) for (const one of JSON.parse(topics)) heard.add(one)
    if (wanted.every((one) => heard.has(one))) break
  }
  await acting
  end.abort()
})

test('after a reset an open page hears of the new state', async () => {
  const end = new AbortController()
  const response = await fetch(`${server.url}/_emulator/page/changes`, { signal: end.signal })
  let text = ''
  let acted = 0
  for await (const part of response.body ?? []) {
    text += new TextDecoder().decode(part)
    const resets = text.split('"reset"').length - 1
    if (resets === 1 && acted === 0) {
      acted = 1
      await control.reset()
    }
    if (resets === 2 && acted === 1) {
      acted = 2
      await control.message({ from: ADA, to: SHOP, text: 'after it' })
    }
    if (acted === 2 && text.lastIndexOf('network') > text.lastIndexOf('"reset"')) break
  }
  end.abort()
})

describe('strangers', () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${server.url}/_emulator/page/forget`, { method: 'POST', headers, body: '{}' }).then(({ status }) => status)

  test('pages of others neither read nor act', async () => {
    const foreign = { origin: 'https://evil.example', 'content-type': 'application/json' }
    expect(await post(foreign)).toBe(403)
    expect(await post({ 'content-type': 'text/plain' })).toBe(415)
    expect(await post({ 'content-type': 'application/json' })).toBe(200)
    for (const path of ['/', '/_emulator/page/overview', '/_emulator/page/changes']) {
      expect((await fetch(`${server.url}${path}`, { headers: { 'sec-fetch-site': 'cross-site' } })).status, path).toBe(403)
    }
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'POST'])('%s is no way to look', async (method) => {
    for (const path of ['/', '/_emulator/page/overview']) expect((await fetch(`${server.url}${path}`, { method })).status).toBe(405)
  })

  test('a file that somebody sends runs nothing beside the page', async () => {
    const { url } = await control.file({ base64: btoa('<script>alert(1)</script>'), mimetype: 'text/html' })
    const { headers } = await fetch(url)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none';.*sandbox/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('built files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-page-'))
  const assets = () => createAssets(pathToFileURL(`${folder}/`))
  const status = async (name: string) => (await assets().answer(name)).status

  test('are served with a strict policy, and no other file is', async () => {
    expect(await status('index.html')).toBe(503)
    for (const name of ['index.html', 'app-1.js', 'note.md']) writeFileSync(join(folder, name), name)
    const page = await assets().answer('index.html')
    expect(page.headers['content-security-policy']).toBe(PAGE_POLICY)
    expect(PAGE_POLICY).not.toMatch(/unsafe|\*|https?:|data:/)
    expect(page.headers['cache-control']).toBe('no-cache')
    expect((await assets().answer('app-1.js')).headers['cache-control']).toContain('immutable')
    for (const name of ['note.md', '../package.json', '..%2fpackage.json', 'app-2.js', '', '.', 'toString']) {
      expect(await status(name), name).toBe(404)
    }
    rmSync(folder, { recursive: true })
  })
})
