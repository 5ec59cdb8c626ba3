import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type EmulatorServer, type ServeOptions, serveEmulator } from './serve.ts'

const servers: EmulatorServer[] = []

async function serve(options?: ServeOptions): Promise<{ readonly server: EmulatorServer; readonly port: number }> {
  const server = await serveEmulator({ timings: { starting: 0 }, ...options })
  servers.push(server)
  return { server, port: Number(new URL(server.url).port) }
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** The status of a request with any headers, which fetch would not let through. */
function statusOf(port: number, head: string, { method = 'GET', path = '/_emulator/state', body = '' } = {}): Promise<number> {
  return new Promise((resolve) => {
    let answer = ''
    const length = body === '' ? '' : `Content-Length: ${body.length}\r\n`
    const socket = connect(port, '127.0.0.1', () => socket.write(`${method} ${path} HTTP/1.1\r\n${head}${length}\r\n${body}`, 'latin1'))
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (part) => {
      answer += part
      socket.destroy()
    })
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)))
  })
}

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n'
const PATHS = [
  '/_emulator/state',
  '/waha/api/sessions',
  '/wawp/v2/session/info',
  '/warest/server/info',
  '/sparkbot/v1/devices',
  '/',
  '/_emulator/files/x',
]

describe('Host', () => {
  const FOREIGN = [
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    'evil-localhost:PORT',
    '192.168.1.1:PORT',
    '0.0.0.0:PORT',
    '[::2]:PORT',
    '127.0.0.1@evil.example:PORT',
    '',
    ':PORT',
    '[::1',
    '127.0.0.1:PORT, evil.example',
  ]
  const OWN = [
    '127.0.0.1:PORT',
    'localhost:PORT',
    'LOCALHOST:PORT',
    'localhost',
    '127.0.0.2:PORT',
    '[::1]:PORT',
    'localhost.:PORT',
    'my.localhost:PORT',
  ]

  test.each(PATHS)('a foreign one is refused at %s', async (path) => {
    const { port } = await serve()
    for (const name of FOREIGN) {
      const host = `Host: ${name.replace('PORT', String(port))}\r\n`
      expect(await statusOf(port, host, { path }), name).toBeOneOf([400, 403])
      expect(await statusOf(port, host + UPGRADE, { path: '/waha/ws' }), name).toBeOneOf([400, 403])
    }
    expect(await statusOf(port, `Host: 127.0.0.1:${port}\r\n`, { path: `http://evil.example${path}` })).toBe(403)
  })

  test('names of this machine are taken', async () => {
    const { port } = await serve()
    for (const name of OWN) expect(await statusOf(port, `Host: ${name.replace('PORT', String(port))}\r\n`), name).toBe(200)
    expect(await statusOf(port, `Host: 127.0.0.1:${port}\r\n${UPGRADE}`, { path: '/waha/ws' })).toBe(101)
  })

  test('names that the server was given are taken', async () => {
    const { port } = await serve({ host: '0.0.0.0', allowHosts: ['emulator'] })
    expect(await statusOf(port, `Host: emulator:${port}\r\n`)).toBe(200)
    // the address that the socket came in at
    expect(await statusOf(port, `Host: 127.0.0.1:${port}\r\n`)).toBe(200)
    expect(await statusOf(port, `Host: 192.0.2.1:${port}\r\n`)).toBe(403)
    expect(await statusOf(port, `Host: other:${port}\r\n`)).toBe(403)
  })
})

describe('Origin', () => {
  test.each(PATHS)('a foreign one is refused at %s', async (path) => {
    const { port } = await serve()
    const host = `Host: 127.0.0.1:${port}\r\n`
    const origins = [
      'http://evil.example',
      'null',
      `http://127.0.0.1:${port + 1}`,
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      'file://',
      '%',
    ]
    for (const origin of origins) {
      const head = `${host}Origin: ${origin}\r\n`
      for (const method of ['GET', 'POST', 'OPTIONS']) expect(await statusOf(port, head, { path, method }), `${method} ${origin}`).toBe(403)
      expect(await statusOf(port, head + UPGRADE, { path: '/waha/ws' }), origin).toBe(403)
    }
    // an image or link of another page has no Origin
    for (const site of ['cross-site', 'same-site']) expect(await statusOf(port, `${host}Sec-Fetch-Site: ${site}\r\n`, { path })).toBe(403)
  })

  test('the own one is taken', async () => {
    const { port } = await serve()
    const head = `Host: 127.0.0.1:${port}\r\nOrigin: http://127.0.0.1:${port}\r\nSec-Fetch-Site: same-origin\r\n`
    expect(await statusOf(port, head)).toBe(200)
    expect(await statusOf(port, head + UPGRADE, { path: '/waha/ws' })).toBe(101)
  })
})

describe('bodies of the control', () => {
  test('are JSON', async () => {
    const { server, port } = await serve()
    const post = (type: string | undefined, body: string) =>
      statusOf(port, `Host: 127.0.0.1:${port}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}`, {
        method: 'POST',
        path: '/_emulator/message',
        body,
      })
    const body = JSON.stringify({ from: '12025550100', to: '12025550101', text: 'Hi' })
    for (const type of ['text/plain', 'text/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'application/jsonx', '']) {
      expect(await post(type, body), type).toBe(415)
    }
    expect(await post(undefined, body)).toBe(415)
    expect(await server.emulator.control.messages()).toEqual([])
    for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON'])
      expect(await post(type, body), type).toBe(200)
    expect(await server.emulator.control.messages()).toHaveLength(3)
    // nothing to read
    expect((await fetch(`${server.url}/_emulator/reset`, { method: 'POST' })).status).toBe(200)
  })
})

describe('webhooks', () => {
  /** Where an event goes, and what became of it. */
  async function deliver(
    url: string,
    options: ServeOptions = {},
  ): Promise<{ readonly state: string | undefined; readonly error: string | undefined }> {
    const { server } = await serve(options)
    const { baseUrl, credentials } = server.gateways.waha
    const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
    const config = { webhooks: [{ url, events: ['*'], retries: { attempts: 0 } }] }
    const body = JSON.stringify({ name: 'default', start: false, config })
    expect((await fetch(`${baseUrl}/api/sessions`, { method: 'POST', headers, body })).status).toBe(201)
    await server.emulator.control.event({ gateway: 'waha', session: 'default', event: 'made.up' })
    const ended = async () => (await server.emulator.control.deliveries()).find(({ state }) => state !== 'waiting')
    while (!(await ended())) await new Promise((resolve) => setTimeout(resolve, 5))
    const delivery = await ended()
    return { state: delivery?.state, error: delivery?.error }
  }

  const FOREIGN = [
    'http://hooks.invalid/',
    'http://169.254.169.254/latest',
    'http://10.0.0.1/',
    'http://0.0.0.0:9/',
    'http://[::]:9/',
    'http://[fe80::1]/',
    'http://localhost.evil.invalid/',
    'file:///etc/hosts',
    'http://127.0.0.1.evil.invalid/',
  ]

  test.each(FOREIGN)('to %s are refused', async (url) => {
    const { state, error } = await deliver(url)
    expect(state).toBe('failed')
    expect(error).toContain('allowWebhooksTo')
  })

  test.each(['http://127.0.0.1:PORT/', 'http://localhost:PORT/', 'http://127.1:PORT/'])('to %s go out', async (url) => {
    const receiver = await serve()
    const { state, error } = await deliver(url.replace('PORT', String(receiver.port)))
    // the receiver knows no such path, but it was asked
    expect({ state, error }).toEqual({ state: 'failed', error: undefined })
  })

  test('go where they are allowed to, and are not led elsewhere', async () => {
    for (const allowWebhooksTo of [['hooks.invalid'], ['HOOKS.invalid'], ['hooks.invalid:80'], ['*']]) {
      expect(await deliver('http://hooks.invalid/', { allowWebhooksTo })).toEqual({ state: 'failed', error: undefined })
    }
    expect((await deliver('http://hooks.invalid:81/', { allowWebhooksTo: ['hooks.invalid:80'] })).error).toContain('allowWebhooksTo')
    expect((await deliver('http://x.hooks.invalid/', { allowWebhooksTo: ['hooks.invalid'] })).error).toContain('allowWebhooksTo')
  })
})
