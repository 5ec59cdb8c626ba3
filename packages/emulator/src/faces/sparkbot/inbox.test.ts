import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../emulator.ts'

const ME = '12025550100'
const ADA = '12025550177'

/** A connected device with a chat, and a way to ask the face. */
async function connected() {
  const emulator = createEmulator({ timings: { starting: 0, connecting: 0, queue: 0 } })
  const { baseUrl, credentials } = emulator.gateways.sparkbot
  const headers = { token: String((credentials as { apiKey?: string }).apiKey), 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await emulator.fetch(`${baseUrl}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, data: text === '' ? undefined : JSON.parse(text) }
  }
  const { id } = (await ask('POST', '/devices', { alias: 'a' })).data
  await emulator.control.scan({ gateway: 'sparkbot', session: id, phone: ME })
  await emulator.control.message({ from: ADA, to: ME, text: 'Hi' })
  const chat = `/chat/${id}/chats/${ADA}@c.us`
  await expect.poll(async () => (await ask('GET', chat)).status).toBe(200)
  return { emulator, ask, id: id as string, chat, read: async () => (await ask('GET', chat)).data }
}

describe('chats of the inbox', () => {
  it('keep their status, owner, labels and notes', async () => {
    const { ask, chat, read } = await connected()
    expect(await read()).toMatchObject({ status: 'active' })
    await ask('PATCH', `${chat}/status`, { status: 'resolved' })
    await ask('PATCH', `${chat}/owner`, { agent: 'a'.repeat(24) })
    await ask('PATCH', `${chat}/labels`, ['vip', 'new'])
    const note = (await ask('POST', `${chat}/notes`, { message: 'Calls back' })).data
    expect(await read()).toMatchObject({
      status: 'resolved',
      owner: { agent: 'a'.repeat(24) },
      labels: ['vip', 'new'],
      stats: { notes: 1 },
    })
    await ask('PATCH', `${chat}/labels?remove=true`, ['vip'])
    await ask('DELETE', `${chat}/owner`)
    await ask('DELETE', `${chat}/notes`, { ids: [note.id] })
    const after = await read()
    expect(after).toMatchObject({ labels: ['new'], stats: { notes: 0 } })
    expect(after).not.toHaveProperty('owner')
    expect((await ask('PATCH', `${chat}/status`, { status: 'constructor' })).status).toBe(400)
  })

  it('are changed together', async () => {
    const { ask, id, read } = await connected()
    for (const action of ['pin', 'mute', 'resolve']) await ask('PATCH', `/chat/${id}/chats`, { action, chats: [`${ADA}@c.us`, '1@c.us'] })
    expect(await read()).toMatchObject({ status: 'resolved', meta: { isChatPinned: true, isChatMuted: true } })
    expect((await ask('PATCH', `/chat/${id}/chats`, { action: 'toString', chats: [] })).status).toBe(400)
    await ask('DELETE', `/devices/${id}/chats`, [`${ADA}@c.us`])
    expect((await ask('GET', `/chat/${id}/chats/${ADA}@c.us`)).status).toBe(404)
  })
})

it('contacts are made, changed, read back and deleted', async () => {
  const { ask, id } = await connected()
  const place = `/chat/${id}/contacts/${ADA}@c.us`
  await ask('POST', `/chat/${id}/contacts`, { phone: `+${ADA}`, name: 'Ada', email: 'ada@x.test' })
  await ask('PATCH', place, { companyName: 'Engines' })
  await ask('PUT', `${place}/metadata`, [{ key: 'a', value: '1' }])
  await ask('PATCH', `${place}/metadata`, [{ key: 'b', value: '2' }])
  await ask('PATCH', `${place}/subscription`, { status: 'exclude' })
  expect((await ask('GET', place)).data).toMatchObject({
    name: 'Ada',
    info: { email: 'ada@x.test', companyName: 'Engines' },
    metadata: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2' },
    ],
    subscription: { status: 'exclude' },
    meta: { isContact: true },
  })
  await ask('DELETE', place)
  expect((await ask('GET', place)).data).toMatchObject({ meta: { isContact: false } })
  expect((await ask('GET', place)).data).not.toHaveProperty('metadata')
})

it('channels are found by words, and changed by their owner', async () => {
  const { ask, id } = await connected()
  const made = (await ask('POST', `/devices/${id}/channels`, { name: 'Daily News' })).data
  await ask('PATCH', `/devices/${id}/channels/${made.wid}`, { name: 'Weekly News', description: 'all of it' })
  expect((await ask('PATCH', `/devices/${id}/channels`, { search: 'weekly' })).data).toMatchObject([
    { wid: made.wid, description: 'all of it' },
  ])
  expect((await ask('PATCH', `/devices/${id}/channels`, { search: 'daily' })).data).toEqual([])
})

it('what waits in a queue goes over to another number', async () => {
  const { ask, id, emulator } = await connected()
  const other = (await ask('POST', '/devices', { alias: 'b' })).data.id
  await ask('PUT', `/devices/${id}/queue`, { status: 'pause' })
  await emulator.control.scan({ gateway: 'sparkbot', session: other, phone: '12025550111' })
  await ask('POST', '/messages', { device: id, phone: `+${ADA}`, message: 'Later' })
  expect((await ask('PATCH', `/devices/${id}/queue`, { device: other })).status).toBe(200)
  await expect.poll(async () => (await emulator.control.messages({ phone: ADA })).map(({ text }) => text)).toContain('Later')
})

it('access of the team, numbers, receipts and posts', async () => {
  const { ask, id, emulator } = await connected()
  expect((await ask('PATCH', `/devices/${id}/team`, { id: 'm1' })).data).toMatchObject({ team: ['m1'] })
  expect((await ask('DELETE', `/devices/${id}/team`, { id: 'm1' })).data).toMatchObject({ team: [] })
  expect((await ask('POST', '/numbers/validate', { numbers: [`+${ADA}`, 'nonsense'] })).data.summary).toEqual({
    total: 2,
    valid: 1,
    invalid: 1,
  })
  const [message] = await emulator.control.messages({ phone: ME })
  expect((await ask('GET', `/chat/${id}/messages/${message?.id}/ackinfo`)).data).toMatchObject({ ack: expect.any(String) })
  expect((await ask('GET', `/chat/${id}/status/nothing`)).status).toBe(404)
  expect((await ask('GET', `/chat/${id}/files`)).data).toEqual([])
})
