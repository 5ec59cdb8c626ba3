import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connectControl } from '../control/remote.ts'
import { type EmulatorServer, serveEmulator } from './serve.ts'

let server: EmulatorServer
let port: number
beforeAll(async () => {
  server = await serveEmulator({ maxBodyBytes: 100_000 })
  port = Number(new URL(server.url).port)
})
afterAll(() => server.close())
afterEach(() => server.emulator.control.clearFaults())

const POSTS = ['/fault', '/account', '/stop-fault', '/clear-faults']
const GETS = ['/faults', '/fault-kinds']

/** What is answered to a request with any headers, which fetch would not let through. */
function ask(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asking = request({ port, host: '127.0.0.1', method, path: `/_emulator${path}`, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

describe('who must not use the faults does not', () => {
  test.each([...POSTS.map((path) => ['POST', path] as const), ...GETS.map((path) => ['GET', path] as const)])(
    '%s %s',
    async (method, path) => {
      const type = { 'content-type': 'application/json' }
      const body = method === 'POST' ? '{"fault":"lost","state":"banned","phone":"12025550100"}' : ''
      for (const headers of [{ host: 'evil.example' }, { origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
        expect(await ask(method, path, { ...type, ...headers }, body)).toMatchObject({ status: 403 })
      }
      if (method === 'POST') expect((await ask(method, path, { 'content-type': 'text/plain' }, body)).status).toBe(415)
      expect((await ask(method === 'POST' ? 'GET' : 'POST', path, type)).status).toBe(404)
      expect(await server.emulator.control.faults()).toEqual([])
    },
  )
})

test('malformed input is told, and never ends the server', async () => {
  const type = { 'content-type': 'application/json' }
  const odd: unknown[] = [
    null,
    1,
    [],
    '{',
    '',
    { fault: {} },
    { fault: '__proto__' },
    { fault: 'slow', delayMs: Number.POSITIVE_INFINITY },
    { id: '__proto__' },
  ]
  odd.push(
    { state: 'constructor' },
    { state: 'banned', phone: {} },
    { fault: 'error', headers: 5 },
    { status: 500, headers: { 'a b': 'c' } },
  )
  odd.push(
    { fault: 'redirect', location: 'x'.repeat(50_000) },
    { gateway: 'waha', session: { toString: 1 }, state: 'stuck' },
    { fault: ['lost'] },
  )
  for (const path of POSTS) {
    for (const one of odd) {
      const { status, text } = await ask('POST', path, type, typeof one === 'string' ? one : JSON.stringify(one))
      expect([status, status < 500], `${path} ${JSON.stringify(one)?.slice(0, 60)} ${text}`).toEqual([status, true])
      if (status !== 200) expect(JSON.parse(text)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
    }
    expect((await ask('POST', path, type, `{"a":"${'x'.repeat(200_000)}"}`)).status).toBe(413)
  }
  expect((await ask('GET', '/faults', {})).status).toBe(200)
})

test('there is an end to how many faults are kept', async () => {
  const { control } = server.emulator
  for (let count = 0; count < 1_000; count++) await control.fault({ fault: 'lost', operation: 'nothing.like.this' })
  await expect(control.fault({ fault: 'lost' })).rejects.toMatchObject({ code: 'conflict' })
})

describe('answers that come slowly', () => {
  const ping = () => fetch(`${server.gateways.waha.baseUrl}/ping`)

  test('drip piece by piece', async () => {
    await connectControl(server.url).fault({ fault: 'drip', bytesPerSecond: 100 })
    const response = await ping()
    const parts: Uint8Array[] = []
    for await (const part of response.body ?? []) parts.push(part)
    expect(parts.length).toBeGreaterThan(1)
    expect(JSON.parse(Buffer.concat(parts).toString())).toEqual({ message: 'pong' })
  })

  test('are as huge as they should be, and are JSON', async () => {
    for (const bytes of [1, 14, 15, 65_536, 3_000_001]) {
      await connectControl(server.url).fault({ fault: 'huge', bytes })
      const text = await (await ping()).text()
      // the shortest JSON with a text in it
      expect(text.length).toBe(Math.max(bytes, '{"padding":""}'.length))
      expect(typeof JSON.parse(text).padding).toBe('string')
    }
  })

  test('wait for whoever does not read, and end when they leave', async () => {
    await connectControl(server.url).fault({ fault: 'huge', bytes: 2_000_000_000 })
    const before = process.memoryUsage().rss
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET /waha/ping HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`))
    socket.pause()
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
    socket.destroy()
    expect((await ping()).status).toBe(200)
  })

  test('end when whoever reads leaves in the middle', async () => {
    await connectControl(server.url).fault({ fault: 'drip', bytesPerSecond: 1 })
    const leave = new AbortController()
    const reading = fetch(`${server.gateways.waha.baseUrl}/ping`, { signal: leave.signal }).then((response) => response.text())
    setTimeout(() => leave.abort(), 50)
    await expect(reading).rejects.toThrow()
    expect((await ping()).status).toBe(200)
  })
})
