import { createEmulator, type Emulator } from '../src/emulator.ts'
import type { Exchange } from './recorded.ts'
import type { Answer } from './replay-waha.ts'

const ADMIN = 'admin-key-123'
const USER = 'user-key-456'
const ME = '6281234567890'
const FRIEND = '6281111111111'
const OTHER = '6282222222222'
const GROUP = '120363000000000001@g.us'
const INVITE = 'AbCdEfGhIjKlMnOpQrStUv'
const SHOP = {
  email: 'a@shop.example',
  address: 'Jl. Demo 1',
  categories: ['Shopping'],
  description: 'Shop',
  websites: ['https://shop.example'],
}
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

interface Item {
  readonly id: string
  readonly status: string
  readonly me: unknown
  readonly lastConn: unknown
}

type Send = (request: Exchange['request']) => Promise<Answer>

/** Replays an exchange of WARest against a fresh emulator whose sessions were brought to the state that the recording implies. */
export async function replayWarest(exchange: Exchange): Promise<Answer> {
  const pending = exchange.name.endsWith('pair-code: pending')
  const emulator = createEmulator({
    credentials: { warest: { apiKey: ADMIN } },
    warest: { userKey: USER, ...(exchange.status === 429 ? { limits: limitsOf(exchange) } : {}) },
    // WhatsApp was out of reach: a session never got to its code
    timings: { starting: pending ? 1e9 : 2, connecting: 2, wait: pending ? 0 : 1_000, server: 0, device: 0, read: 0 },
    // a receiver that does not answer
    deliver: async () => {
      throw new Error('connect ECONNREFUSED 127.0.0.1:9')
    },
    ...(/preflight ok/.test(exchange.name) ? { deliver: async () => new Response('{}') } : {}),
  })
  try {
    const send = caller(emulator)
    await enter(emulator, send, exchange)
    const request = await named(emulator, send, exchange)
    if (exchange.status === 429) for (let count = 0; count < 5; count++) await send(request)
    return await send(request)
  } finally {
    emulator.close()
  }
}

function limitsOf({ name }: Exchange) {
  return name.includes('cooldown') ? { max: 100, windowMs: 60_000, cooldownMs: 3_000 } : { max: 4, windowMs: 60_000, cooldownMs: 0 }
}

function caller(emulator: Emulator): Send {
  return async ({ method, path, headers, body, raw }) => {
    const all = new Headers(headers)
    let content: string | FormData | undefined = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    if (all.get('content-type') === 'multipart/form-data') {
      all.delete('content-type')
      // the headers of uploads were not recorded
      all.set('x-warest-api-key', ADMIN)
      content = formOf(body as Readonly<Record<string, string>>)
    }
    const init = { method, headers: all, ...(content === undefined || method === 'GET' ? {} : { body: content }) }
    const response = await emulator.fetch(`${emulator.gateways.warest.baseUrl}${path}`, init)
    const type = response.headers.get('content-type')
    const text = await response.text()
    return { status: response.status, type, body: type?.includes('json') ? JSON.parse(text) : text }
  }
}

// files were recorded as `<file a.png image/png>`
function formOf(fields: Readonly<Record<string, string>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    const [, filename, type] = /^<file (\S+) (\S+)>$/.exec(value) ?? []
    if (filename === undefined || type === undefined) form.set(name, value)
    else form.set(name, new File([Uint8Array.from(atob(PNG), (one) => one.charCodeAt(0))], filename, { type }))
  }
  return form
}

const api = (method: string, path: string, body?: unknown): Exchange['request'] => {
  return { method, path: `/api/v1${path}`, headers: { 'X-WAREST-API-KEY': ADMIN, 'Content-Type': 'application/json' }, body }
}

/** Brings the sessions to the state that the answer shows. */
async function enter(emulator: Emulator, send: Send, { name, request, status, body }: Exchange): Promise<void> {
  const { control } = emulator
  await control.phone({
    phone: ME,
    name: 'Demo Shop',
    about: 'Hey there! I am using WhatsApp.',
    picture: { base64: PNG, mimetype: 'image/png' },
  })
  for (const phone of [ME, FRIEND]) await control.phone({ phone, business: SHOP })
  await control.phone({ phone: '6281000000000', registered: false })
  const items = (body as { results?: readonly { items?: readonly Item[] }[] } | undefined)?.results?.[0]?.items
  if (items) {
    for (const item of items) await bring(emulator, send, item)
    return
  }
  const text = JSON.stringify(body)
  if (/pair1/.test(JSON.stringify(request)) && request.method === 'DELETE')
    return bring(emulator, send, { id: 'pair1', status: 'connecting', me: null, lastConn: null })
  if (name.includes('pair-code')) return
  if (/^warest A/.test(name)) {
    if (/twice/.test(name)) {
      await bring(emulator, send, { id: 'main', status: 'connecting', me: null, lastConn: null })
      await send(api('GET', '/session/logout?sessionId=main'))
    } else if (!/list|route|key/.test(name)) await bring(emulator, send, { id: 'main', status: 'connecting', me: null, lastConn: null })
    return
  }
  const waits = /before login|replaced$/.test(name) && status >= 400
  if (/create -> QR/.test(name)) return
  if (waits) return bring(emulator, send, { id: 'main', status: 'connecting', me: null, lastConn: null })
  await bring(emulator, send, { id: 'main', status: 'open', me: {}, lastConn: 1 })
  if (text.includes('7400/hook"'))
    await send(api('POST', '/session/main/config', { webhookUrl: 'http://127.0.0.1:7400/hook', webhookSecret: 'topsecret1' }))
  if (/after loggedOut/.test(name)) await control.unlink({ gateway: 'warest', session: 'main' })
  if (/after logout|create by owner/.test(name)) await send(api('GET', '/session/logout?sessionId=main'))
}

async function bring(emulator: Emulator, send: Send, { id, status, me, lastConn }: Item): Promise<void> {
  const { control } = emulator
  await send(api('GET', `/session/create?sessionId=${id}`))
  if (lastConn === null) return
  await control.scan({ gateway: 'warest', session: id, phone: ME })
  await reached(emulator, id, 'connected')
  if (status === 'open') return
  if (status === 'stopped' || me === null) await send(api('GET', `/session/logout?sessionId=${id}`))
  else await control.unlink({ gateway: 'warest', session: id })
  if (status === 'stopped') return
  if (me === null) {
    await send(api('POST', '/server/restart'))
    await send(api('GET', `/session/create?sessionId=${id}`))
  } else await reached(emulator, id, 'pairing')
}

async function reached(emulator: Emulator, id: string, phase: string): Promise<void> {
  const now = async () => (await emulator.control.state()).sessions.warest.find(({ session }) => session === id)?.state
  while ((await now()) !== phase) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** The request, with the names of the group and messages that exist in this emulator. */
async function named(emulator: Emulator, send: Send, { request, body }: Exchange): Promise<Exchange['request']> {
  const { control } = emulator
  // the emulator's password is the key
  let text = JSON.stringify(request).replace('secretpass123', ADMIN)
  const shown = JSON.stringify(body)
  const replace = (from: string, to: string) => {
    text = text.replaceAll(from, to)
  }
  if (text.includes(GROUP) || text.includes(INVITE) || shown.includes(GROUP)) {
    const joins = text.includes(INVITE) && request.method === 'POST'
    const owner = joins ? OTHER : ME
    const { id, invite } = await control.group({
      phone: owner,
      subject: 'Demo Group',
      participants: [owner === ME ? OTHER : FRIEND, FRIEND],
    })
    replace(GROUP, id)
    replace(INVITE, invite)
    if (!joins && request.method === 'GET') {
      await send(api('POST', '/group/description', { sessionId: 'main', groupId: id, groupDescription: 'A group' }))
      await send(api('POST', '/group/picture', { sessionId: 'main', groupId: id, picture: `data:image/png;base64,${PNG}` }))
    }
    if (request.path.includes('/chats')) await control.message({ from: FRIEND, to: id, text: `.ping @${ME}`, mentions: [ME] })
  }
  for (const id of ['3EB0AE23B94CCAF714337E']) {
    if (!text.includes(id)) continue
    const sent = await send(api('POST', '/messages/send/text', { sessionId: 'main', to: FRIEND, message: 'Hi' }))
    replace(id, (sent.body as { results: readonly { messageId: string }[] }).results[0]?.messageId ?? '')
  }
  if (text.includes('INCOMING') || (request.path.includes('/chats') && shown.includes(OTHER))) {
    const { id } = await control.message({ from: OTHER, to: ME, text: 'Hello' })
    text = text.replace(/INCOMING\d+/g, id)
  }
  return JSON.parse(text) as Exchange['request']
}
