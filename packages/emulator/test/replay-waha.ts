import { createEmulator, type Emulator } from '../src/emulator.ts'
import type { Exchange } from './recorded.ts'

const KEY = 'test-key-123'
const ME = '12132132130'
const FRIEND = '11111111111'

type Json = Readonly<Record<string, unknown>>
type Phase = 'removed' | 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'WORKING' | 'FAILED'

export interface Answer {
  readonly status: number
  readonly type: string | null
  readonly body: unknown
}

/** Replays an exchange of WAHA Core against a fresh emulator whose session was brought to the state that the recording implies. */
export async function replayWaha(exchange: Exchange): Promise<Answer> {
  const phase = phaseBefore(exchange)
  const still = phase === 'STARTING'
  const emulator = createEmulator({
    waha: { edition: 'core' },
    credentials: { waha: { apiKey: KEY } },
    timings: { starting: still ? 1e9 : 2, connecting: 2, wait: still ? 0 : 1_000, server: 0, device: 0, read: 0 },
  })
  try {
    const send = caller(emulator)
    await enter(emulator, send, phase, exchange)
    if (phase === 'WORKING') await remember(emulator, send, exchange)
    return await send(exchange.request)
  } finally {
    emulator.close()
  }
}

type Send = (request: Exchange['request']) => Promise<Answer>

function caller(emulator: Emulator): Send {
  return async ({ method, path, headers, body, raw }) => {
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const init = { method, headers: { ...headers }, ...(text === undefined || method === 'GET' ? {} : { body: text }) }
    const response = await emulator.fetch(`${emulator.gateways.waha.baseUrl}${path}`, init)
    const type = response.headers.get('content-type')
    const answered = await response.text()
    return { status: response.status, type, body: type?.includes('json') ? JSON.parse(answered) : answered }
  }
}

/** The state that the session must have had, so that the server answered as it did. */
function phaseBefore({ request: { method, path, body: sent }, status, body }: Exchange): Phase {
  const text = JSON.stringify(body)
  const { status: word, message } = (Array.isArray(body) ? (body[0] ?? {}) : (body ?? {})) as { status?: string; message?: string }
  if (/does not exist|Session not found|didn't find a session/.test(text)) return 'removed'
  if (/already exists|STOPPED/.test(text) && !/\/(stop|logout)$/.test(path)) return 'STOPPED'
  if (/The session is starting/.test(text)) return 'STARTING'
  if (/Unknown status - FAILED/.test(text)) return 'FAILED'
  const sessions = /^\/api\/sessions(?:\/[^/?]+)?(?:\/(\w+))?(?:\?.*)?$/.exec(path)
  if (!sessions) {
    if (/auth\/qr|screenshot/.test(path) && status === 200) return 'SCAN_QR_CODE'
    return status === 422 && word !== undefined && !message ? (word as Phase) : 'WORKING'
  }
  const [, act] = sessions
  if (path === '/api/sessions/start') return status === 201 ? 'removed' : 'WORKING'
  if (act === 'start') return status === 201 ? 'STOPPED' : 'WORKING'
  if (act === 'stop') return body === '' ? 'removed' : 'SCAN_QR_CODE'
  if (act === 'logout') return word === 'STOPPED' ? 'STOPPED' : 'SCAN_QR_CODE'
  if (act === 'me') return body === '' ? 'SCAN_QR_CODE' : 'WORKING'
  if (act === 'restart') return 'WORKING'
  if (method === 'PUT') return word === 'STARTING' ? 'WORKING' : 'STOPPED'
  if (method === 'POST') return 'removed'
  if (method === 'GET' && path.startsWith('/api/sessions?') && text === '[]') return 'removed'
  if (method === 'GET') return text === '[]' ? 'STOPPED' : ((word as Phase | undefined) ?? 'STOPPED')
  return sent === undefined ? 'STOPPED' : 'WORKING'
}

const api = (method: string, path: string, body?: unknown): Exchange['request'] => {
  return { method, path, headers: { 'X-Api-Key': KEY, 'Content-Type': 'application/json' }, body }
}

/** Brings the session `default`, which Core has from its start, to a state; with the config and account that the recording shows. */
async function enter(emulator: Emulator, send: Send, phase: Phase, { request, body }: Exchange): Promise<void> {
  const control = emulator.control
  if (phase === 'removed') {
    await send(api('DELETE', '/api/sessions/default'))
    return
  }
  const shown = (Array.isArray(body) ? body[0] : body) as { config?: Json | null; me?: unknown } | null
  const configured = request.method === 'PUT' ? undefined : shown?.config
  if (configured) await send(api('PUT', '/api/sessions/default', { config: configured }))
  // the stand-in for WhatsApp had no names, and no keys of the app state
  await control.phone({ phone: ME, name: '', appState: false })
  if (phase === 'STOPPED') return
  await send(api('POST', '/api/sessions/default/start'))
  if (phase === 'STARTING') return
  await reached(emulator, 'pairing')
  if (phase === 'SCAN_QR_CODE') return
  if (phase === 'FAILED' && !shown?.me) {
    await control.crash({ gateway: 'waha', session: 'default' })
    return
  }
  await control.scan({ gateway: 'waha', session: 'default', phone: ME })
  await reached(emulator, 'connected')
  if (phase === 'FAILED') await control.unlink({ gateway: 'waha', session: 'default' })
}

async function reached(emulator: Emulator, phase: string): Promise<void> {
  while ((await emulator.control.state()).sessions.waha[0]?.state !== phase) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** Lets the messages exist that the exchange names, and those that it shows. */
async function remember(emulator: Emulator, send: Send, { request, body, status }: Exchange): Promise<void> {
  const { control } = emulator
  for (const phone of ['11111111000', '12132139000']) await control.phone({ phone, registered: false })
  const text = `${decodeURIComponent(request.path)} ${JSON.stringify(request.body ?? {})}`
  const named = new Set([...text.matchAll(/(?:true|false)_(\S+?@\S+?)_(3EB0[0-9A-F]+)/g)].map(([, chat = '', id = '']) => `${chat} ${id}`))
  for (const one of named) {
    const [chatId, id] = one.split(' ')
    const isPoll = /poll/i.test(request.path)
    if (isPoll) await send(api('POST', '/api/sendPoll', { session: 'default', chatId, id, poll: { name: 'q', options: ['a', 'b'] } }))
    else await send(api('POST', '/api/sendText', { session: 'default', chatId, id, text: 'hello' }))
    if (JSON.stringify(body).includes('"reactions"')) {
      await send(api('PUT', '/api/reaction', { session: 'default', messageId: `true_${chatId}_${id}`, reaction: '👍' }))
    }
  }
  if (status !== 200 || !Array.isArray(body)) return
  for (const item of [...(body as Json[])].reverse()) {
    const message = (item.lastMessage ?? (typeof item.ack === 'number' ? item : undefined)) as Json | undefined
    const chatId = String(message?.from ?? item.id)
    if (!/@(c\.us|s\.whatsapp\.net|lid)$/.test(chatId)) continue
    const bare = String(message?.id ?? '').split('_')[2]
    const forwarded = JSON.stringify(message ?? {}).includes('isForwarded')
    const id = bare === undefined ? {} : { id: bare }
    if (message?.source === 'app' && message.fromMe)
      await control.message({ from: ME, to: chatId.endsWith('@lid') ? FRIEND : chatId, text: String(message.body) })
    else {
      if (chatId.endsWith('@lid')) continue
      if (forwarded) {
        await send(api('POST', '/api/sendText', { session: 'default', chatId, text: 'hello', id: '3EB0AA' }))
        await send(api('POST', '/api/forwardMessage', { session: 'default', chatId, messageId: `true_${chatId}_3EB0AA`, ...id }))
      } else await send(api('POST', '/api/sendText', { session: 'default', chatId, text: String(message?.body ?? 'hello'), ...id }))
      if (JSON.stringify(message ?? {}).includes('"reactions"')) {
        await send(api('PUT', '/api/reaction', { session: 'default', messageId: `true_${chatId}_${bare}`, reaction: '👍' }))
      }
    }
  }
}
