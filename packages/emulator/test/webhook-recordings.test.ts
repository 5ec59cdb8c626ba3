import { expect, test } from 'vitest'
import { createEmulator } from '../src/emulator.ts'
import { shapeOf, webhooksOf } from './recorded.ts'

const ME = '12132132130'
const KEY = 'test-key-123'

test("WAHA's webhooks have the recorded shapes", async () => {
  const emulator = createEmulator({
    waha: { edition: 'core' },
    credentials: { waha: { apiKey: KEY } },
    timings: { starting: 2, connecting: 2, server: 2, device: 4, read: 8 },
  })
  const api = async (method: string, path: string, body?: unknown) => {
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json' }
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    return (await emulator.fetch(`${emulator.gateways.waha.baseUrl}${path}`, init)).text()
  }
  const rest = () => new Promise((resolve) => setTimeout(resolve, 30))
  await emulator.control.phone({ phone: ME, name: '' })
  const config = { metadata: { 'user.id': '42' }, webhooks: [{ url: 'http://127.0.0.1:1/', events: ['*'] }] }
  await api('PUT', '/api/sessions/default', { config })
  await api('POST', '/api/sessions/default/start')
  await rest()
  await emulator.control.scan({ gateway: 'waha', session: 'default', phone: ME })
  await rest()
  const sent = JSON.parse(await api('POST', '/api/sendText', { session: 'default', chatId: '11111111111@c.us', text: 'hello' })) as {
    key: { id: string }
  }
  await rest()
  await api('PUT', '/api/reaction', { session: 'default', messageId: `true_11111111111@c.us_${sent.key.id}`, reaction: '👍' })
  await rest()
  await api('POST', '/api/sessions/default/stop')
  await rest()
  await api('POST', '/api/sessions/default/start')
  await rest()
  await emulator.control.unlink({ gateway: 'waha', session: 'default' })
  await rest()
  const bodies = (await emulator.control.deliveries()).map(
    ({ body }) => JSON.parse(body) as { event: string; payload: { status?: string } },
  )
  emulator.close()

  const recorded = webhooksOf('waha')
  expect(recorded).toHaveLength(6)
  for (const { event, body } of recorded) {
    const { status } = body.payload as { status?: string }
    const found = bodies.find((one) => one.event === event && one.payload.status === status)
    expect([...shapeOf(found)].sort(), `${event} ${status ?? ''}`).toEqual([...shapeOf(body)].sort())
  }
})
