import { createHmac } from 'node:crypto'
import type { CaughtWebhook, PhoneFile, PhoneMessage, TestGateway, TestPhones } from '@wamux/testkit'

interface Device {
  readonly id: string
  state: 'disconnected' | 'connected' | 'logged_in'
  jid: string
  code: string
  webhook: { url: string; secret: string }
}

const BASE = 'http://gowa.test'
const HOOK = 'http://hooks.test/gowa'
const USER = 'tester'
const PASSWORD = 'a test password'
const KINDS: Readonly<Record<string, string>> = { image: 'image', video: 'video', audio: 'audio', file: 'document' }

const success = (message: string, results: unknown = null) => Response.json({ code: 'SUCCESS', message, results })
const failure = (status: number, code: string, message: string) => Response.json({ code, message, results: null }, { status })

/**
 * GOWA in memory, as far as this plugin uses it: devices, pairing, sends and webhooks, with the answers that its public document and routes
 * show. It is what the conformance suite runs against; nothing listens on a port.
 */
export function openGowaServer(): TestGateway {
  const devices = new Map<string, Device>()
  const messages: PhoneMessage[] = []
  const files = new Map<string, Uint8Array>()
  const caught: CaughtWebhook[] = []
  let count = 0

  const view = ({ id, state, jid }: Device) => ({ id, display_name: '', state, jid, created_at: '2026-02-11T10:52:29Z' })
  const unknown = (id: string) => failure(500, 'INTERNAL_SERVER_ERROR', `device ${id} not found`)

  async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    const file = files.get(pathname)
    if (file) return new Response(new Uint8Array(file))
    if (request.headers.get('authorization') !== `Basic ${btoa(`${USER}:${PASSWORD}`)}`)
      return new Response('Unauthorized', { status: 401 })
    if (pathname.startsWith('/statics/'))
      return new Response(new Uint8Array([137, 80, 78, 71]), { headers: { 'content-type': 'image/png' } })
    const [, root, name = '', ...act] = pathname.split('/').map(decodeURIComponent)
    if (root === 'send') return send(name, request)
    if (name === '')
      return request.method === 'GET' ? success('List devices', devices.size === 0 ? null : [...devices.values()].map(view)) : add(request)
    const device = devices.get(name)
    if (request.method === 'DELETE') {
      devices.delete(name)
      return success('Device removed')
    }
    if (!device) return unknown(name)
    return actOn(device, `${request.method} ${act.join('/')}`, request, searchParams)
  }

  async function add(request: Request): Promise<Response> {
    const { device_id: id = `device-${++count}` } = (await request.json()) as { device_id?: string }
    if (devices.has(id)) return failure(500, 'INTERNAL_SERVER_ERROR', `device ${id} already exists`)
    const device: Device = { id, state: 'disconnected', jid: '', code: '', webhook: { url: '', secret: '' } }
    devices.set(id, device)
    return success('Device added', view(device))
  }

  async function actOn(device: Device, act: string, request: Request, query: URLSearchParams): Promise<Response> {
    const { id, webhook } = device
    const paired = device.jid !== ''
    switch (act) {
      case 'GET ':
        return success('Device info', view(device))
      case 'GET login':
      case 'POST login/code':
        if (paired) return failure(400, 'ALREADY_LOGGED_IN', 'You already logged in :)')
        device.state = 'connected'
        device.code = 'ABCD-1234'
        return act === 'GET login'
          ? success('Login success', { device_id: id, qr_link: `${BASE}/statics/qrcode/scan-qr-1.png`, qr_duration: 30 })
          : success('Login with code started', { device_id: id, pair_code: device.code, phone: query.get('phone') })
      case 'POST logout':
        Object.assign(device, { state: 'disconnected', jid: '' })
        return success('Logout requested')
      case 'POST reconnect':
        return success('Reconnect requested')
      case 'GET status':
        return success('Device status', { device_id: id, is_connected: device.state !== 'disconnected', is_logged_in: paired })
      case 'PATCH webhook': {
        const body = (await request.json()) as { webhook_url: string; webhook_secret?: string }
        Object.assign(webhook, { url: body.webhook_url, secret: body.webhook_secret ?? 'secret' })
        return success('Device webhook updated', {
          device_id: id,
          webhook_url: webhook.url,
          webhook_secret: webhook.secret,
          webhook_events: '',
        })
      }
      default:
        return success('Device webhook retrieved', {
          device_id: id,
          webhook_url: webhook.url,
          webhook_secret: webhook.secret,
          webhook_events: '',
        })
    }
  }

  async function send(kind: string, request: Request): Promise<Response> {
    const id = request.headers.get('x-device-id') ?? ''
    const device = devices.get(id)
    if (!device)
      return failure(404, 'DEVICE_NOT_FOUND', 'device not found; create a device first from /api/devices or provide a valid X-Device-Id')
    if (device.state !== 'logged_in') return failure(500, 'INTERNAL_SERVER_ERROR', 'you are not logged in')
    const read = kind === 'message' ? await request.json() : Object.fromEntries(await request.formData())
    const body = read as Record<string, string | File | undefined>
    const media = await mediaOf(body[kind])
    const message = deliver(digits(device.jid), digits(String(body.phone)), {
      type: KINDS[kind] ?? 'text',
      text: String(body.message ?? body.caption ?? ''),
      ...(media ? { media } : {}),
      ...(body.reply_message_id ? { replyTo: String(body.reply_message_id) } : {}),
    })
    return success('Success', { message_id: message.id, status: 'Message sent' })
  }

  async function mediaOf(file: string | File | undefined): Promise<PhoneMessage['media']> {
    if (!(file instanceof File)) return undefined
    return keep(new Uint8Array(await file.arrayBuffer()), file.type, file.name)
  }

  function keep(bytes: Uint8Array, mimetype: string, filename: string): { mimetype: string; filename: string; url: string } {
    const path = `/media/${++count}`
    files.set(path, bytes)
    return { mimetype, filename, url: BASE + path }
  }

  function deliver(from: string, to: string, content: Pick<PhoneMessage, 'type' | 'text'> & Partial<PhoneMessage>): PhoneMessage {
    const message: PhoneMessage = { id: `3EB0${String(++count).padStart(16, '0')}`, from, to, ack: 'DEVICE', ...content }
    messages.push(message)
    for (const device of devices.values()) if (digits(device.jid) === to && device.webhook.url !== '') post(device, message)
    return message
  }

  function post({ jid, webhook }: Device, { id, from, text }: PhoneMessage): void {
    const sender = `${from}@s.whatsapp.net`
    const payload = {
      id,
      chat_id: sender,
      from: sender,
      from_name: 'Tester',
      timestamp: '2026-02-11T10:52:29Z',
      is_from_me: false,
      body: text,
    }
    const body = JSON.stringify({ event: 'message', device_id: jid, payload })
    const signature = createHmac('sha256', webhook.secret).update(body).digest('hex')
    caught.push({ url: webhook.url, headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` }, body })
  }

  function pair(id: string, code?: string): { phone: string } {
    const device = devices.get(id)
    if (device?.state !== 'connected' || (code !== undefined && code !== device.code)) throw new Error(`device ${id} cannot be paired`)
    const phone = '12025550100'
    Object.assign(device, { state: 'logged_in', jid: `${phone}@s.whatsapp.net` })
    return { phone }
  }

  const phones: Partial<TestPhones> = {
    message: async ({ from, to, text = '' }) => deliver(from, to, { type: 'text', text }),
    messages: async ({ phone }) => messages.filter(({ to }) => phone === undefined || to === phone),
    phone: async () => {},
    file: async ({ base64, mimetype, filename }: PhoneFile) => keep(Uint8Array.from(Buffer.from(base64, 'base64')), mimetype, filename),
  }

  return {
    config: {
      baseUrl: BASE,
      username: USER,
      password: PASSWORD,
      fetch: (url: string, init: RequestInit) => handle(new Request(url, init)),
    },
    scan: (session) => pair(session),
    enterCode: (session, code) => pair(session, code),
    phones,
    hooks: { url: HOOK, caught: () => caught },
  }
}

function digits(jid: string): string {
  return jid.replace(/@.*$/, '')
}
