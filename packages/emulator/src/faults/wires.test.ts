import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/caller.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { type EmulatorServer, serveEmulator } from '../server/serve.ts'

const TIMINGS = { starting: 0, connecting: 0 }
const hello = { session: 'default', chatId: '12025550101@c.us', text: 'hello' }

async function connect(emulator: Emulator): Promise<void> {
  await callerOf(emulator, 'waha')('POST', '/api/sessions', { name: 'default', start: true })
  await emulator.control.scan({ gateway: 'waha', session: 'default' })
}

describe('in process', () => {
  let emulator: Emulator

  beforeEach(async () => {
    emulator = createEmulator({ timings: TIMINGS })
    await connect(emulator)
  })
  afterEach(() => emulator.close())

  const send = () => {
    const { baseUrl, credentials } = emulator.gateways.waha
    const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
    return emulator.fetch(`${baseUrl}/api/sendText`, { method: 'POST', headers, body: JSON.stringify(hello) })
  }
  const sent = async () => (await emulator.control.messages()).length

  test('a lost answer is a network error, and the message was sent', async () => {
    await emulator.control.fault({ gateway: 'waha', operation: 'messages.sendText', lose: true, effect: true })
    await expect(send()).rejects.toMatchObject({ name: 'TypeError', cause: { code: 'ECONNRESET' } })
    expect(await sent()).toBe(1)
    expect((await send()).status).toBe(201)
  })

  test('a connection that breaks before leaves nothing behind', async () => {
    await emulator.control.fault({ lose: true })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(await sent()).toBe(0)
  })

  test('a status with headers and body, before or after the effect', async () => {
    await emulator.control.fault({ operation: 'messages.sendText', status: 429, headers: { 'retry-after': '3' }, body: 'slow down' })
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after'), await refused.text(), await sent()]).toEqual([429, '3', 'slow down', 0])
    await emulator.control.fault({ operation: 'messages.sendText', status: 502, effect: true, times: 2 })
    expect([(await send()).status, (await send()).status, (await send()).status]).toEqual([502, 502, 201])
    expect(await sent()).toBe(3)
  })

  test('an answer that breaks off', async () => {
    await emulator.control.fault({ operation: 'messages.sendText', cut: true })
    const answer = await send()
    expect(answer.status).toBe(201)
    await expect(answer.text()).rejects.toThrow('reset')
  })

  test('other gateways and operations are left alone', async () => {
    await emulator.control.fault({ gateway: 'wawp', lose: true })
    await emulator.control.fault({ operation: 'sessions.list', lose: true })
    expect((await send()).status).toBe(201)
    expect(await emulator.control.faults()).toHaveLength(2)
    await emulator.control.clearFaults()
    expect(await emulator.control.faults()).toEqual([])
  })

  test('what is probable follows the seed', async () => {
    await emulator.control.fault({ probability: 0.5, status: 503, times: 1_000 })
    const first = []
    for (let index = 0; index < 20; index++) first.push((await send()).status)
    expect(new Set(first)).toEqual(new Set([201, 503]))
    await emulator.control.reset()
    await connect(emulator)
    await emulator.control.fault({ probability: 0.5, status: 503, times: 1_000 })
    const second = []
    for (let index = 0; index < 20; index++) second.push((await send()).status)
    expect(second).toEqual(first)
  })

  test('nonsense is refused', async () => {
    for (const fault of [{ status: 99 }, { times: 0 }, { probability: 2 }, { delayMs: -1 }]) {
      await expect(emulator.control.fault(fault)).rejects.toMatchObject({ code: 'invalid' })
    }
  })
})

describe('served', () => {
  let server: EmulatorServer

  beforeEach(async () => {
    server = await serveEmulator({ timings: TIMINGS })
    await connect(server.emulator)
  })
  afterEach(() => server.close())

  const send = () => {
    const { baseUrl, credentials } = server.gateways.waha
    const headers = { 'x-api-key': credentials.apiKey, 'content-type': 'application/json' }
    return fetch(`${baseUrl}/api/sendText`, { method: 'POST', headers, body: JSON.stringify(hello) })
  }

  test('the socket is dropped, before an answer or in it', async () => {
    await server.emulator.control.fault({ operation: 'messages.sendText', lose: true, effect: true })
    await expect(send()).rejects.toThrow('fetch failed')
    expect(await server.emulator.control.messages()).toHaveLength(1)
    await server.emulator.control.fault({ operation: 'messages.sendText', cut: true })
    const answer = await send()
    expect(answer.status).toBe(201)
    await expect(answer.text()).rejects.toThrow()
  })
})
