import { afterEach, expect, test } from 'vitest'
import { connectControl } from '../control/remote.ts'
import { type EmulatorServer, type ServeOptions, serveEmulator } from './serve.ts'

const servers: EmulatorServer[] = []

async function serve(options?: ServeOptions): Promise<EmulatorServer> {
  const server = await serveEmulator(options)
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

test('a whole pairing over HTTP, on real time', async () => {
  const { url, gateways } = await serve()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  const { baseUrl, credentials } = gateways.waha
  const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
  const body = JSON.stringify({ name: 'default', start: true })
  expect((await fetch(`${baseUrl}/api/sessions`, { method: 'POST', headers, body })).status).toBe(201)
  // waits until the code is there
  const qr = await fetch(`${baseUrl}/api/default/auth/qr?format=raw`, { headers })
  const { value } = (await qr.json()) as { value: string }
  await connectControl(url).scan({ qr: value })
  const message = JSON.stringify({ session: 'default', chatId: '12025550199@c.us', text: 'Grüße' })
  const sent = await fetch(`${baseUrl}/api/sendText`, { method: 'POST', headers, body: message })
  expect(sent.status).toBe(201)
  expect((await connectControl(url).messages())[0]?.text).toBe('Grüße')
})

test('pictures and empty answers come through', async () => {
  const { gateways } = await serve({ timings: { starting: 0 } })
  const { baseUrl, credentials } = gateways.waha
  const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
  await fetch(`${baseUrl}/api/sessions`, { method: 'POST', headers, body: JSON.stringify({ name: 'default', start: true }) })
  const png = await fetch(`${baseUrl}/api/default/auth/qr`, { headers })
  expect(png.headers.get('content-type')).toBe('image/png')
  expect(new Uint8Array(await png.arrayBuffer()).subarray(1, 4)).toEqual(Uint8Array.of(0x50, 0x4e, 0x47))
  const gone = await fetch(`${baseUrl}/api/sessions/default`, { method: 'DELETE', headers })
  expect([gone.status, gone.headers.get('content-type'), await gone.text()]).toEqual([200, null, ''])
})

test('bodies are bounded', async () => {
  const { gateways } = await serve({ maxBodyBytes: 10 })
  const response = await fetch(`${gateways.wawp.baseUrl}/v2/session/info`, { method: 'POST', body: '12345678901' })
  expect(response.status).toBe(413)
})

test('a port in use is an error, and close frees it', async () => {
  const first = await serve()
  const port = Number(new URL(first.url).port)
  await expect(serveEmulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  await first.close()
  servers.length = 0
  expect((await serve({ port })).url).toBe(first.url)
})
