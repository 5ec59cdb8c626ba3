import { hmacHex } from '@wamux/core/webhooks'
import { afterEach, describe, expect, it } from 'vitest'
import { closeEmulators, OTHER, opened, PHONE, SUBJECTS, WEBHOOK_URL } from './trigger-rig.ts'

afterEach(closeEmulators)

describe.each(Object.values(SUBJECTS))('$gateway trigger', (subject) => {
  it('registers at the gateway, takes what comes from there, and takes itself away', async () => {
    const { emulator, fake, hook, deliver, sent, plugin, session } = await opened(subject)
    expect(await hook('checkExists')).toBe(false)
    expect(await hook('create')).toBe(true)
    expect(await hook('checkExists')).toBe(true)
    // WAHA restarts the session for it
    await plugin.session.waitFor({ session, intervalMs: 5 })
    expect(fake.staticData.secret).toMatch(/^[0-9a-f]{64}$/)

    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Hello n8n' })
    await expect.poll(() => sent('Hello n8n')).not.toEqual([])
    const [delivery] = await sent('Hello n8n')
    if (!delivery) throw new Error('nothing was delivered')
    const { pathname, search } = new URL(delivery.url)
    const request = { headers: { ...delivery.headers }, body: delivery.body, url: pathname + search }
    const first = await deliver(request)
    expect(first.status).toBe(204)
    expect(first.items).toHaveLength(1)
    expect(first.items[0]?.json).toMatchObject({ event: 'message.received', gateway: subject.gateway, message: { text: 'Hello n8n' } })
    // a repeated delivery starts nothing
    expect(await deliver(request)).toMatchObject({ status: 204, items: [] })

    expect(await hook('delete')).toBe(true)
    expect(await hook('checkExists')).toBe(false)
    expect(fake.staticData).toEqual({})
    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Nobody listens' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await sent('Nobody listens')).toEqual([])
  })

  it('refuses what is not the gateway’s with 401', async () => {
    const { emulator, hook, deliver, sent, plugin, session } = await opened(subject)
    await hook('create')
    await plugin.session.waitFor({ session, intervalMs: 5 })
    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Hello n8n' })
    await expect.poll(() => sent('Hello n8n')).not.toEqual([])
    const [delivery] = await sent('Hello n8n')
    if (!delivery) throw new Error('nothing was delivered')
    const { pathname, search } = new URL(delivery.url)
    const good = { headers: { ...delivery.headers }, body: delivery.body, url: pathname + search }
    const unsigned = Object.fromEntries(Object.entries(good.headers).filter(([name]) => !/hmac|signature/i.test(name)))
    const refused = { status: 401, items: [] }
    expect(await deliver({ ...good, headers: unsigned, url: pathname })).toMatchObject(refused)
    // SparkBot signs nothing, and Wawp perhaps not the body
    if (subject.gateway === 'waha' || subject.gateway === 'warest') {
      expect(await deliver({ ...good, body: good.body.replace('Hello', 'Hullo') })).toMatchObject(refused)
    }
    expect((await deliver(good)).status).toBe(204)
  })
})

describe('WAHA trigger', () => {
  it('leaves webhooks of others as they are', async () => {
    const { hook, session, plugin } = await opened(SUBJECTS.waha)
    await plugin.webhook.create({ session, url: OTHER })
    await hook('create')
    const both = await plugin.webhook.list({ session })
    expect(both.items.map(({ url }) => url)).toEqual([OTHER, WEBHOOK_URL])
    await hook('delete')
    const left = await plugin.webhook.list({ session })
    expect(left.items.map(({ url }) => url)).toEqual([OTHER])
  })

  it('refuses an old delivery', async () => {
    const { hook, fake, deliver } = await opened(SUBJECTS.waha)
    await hook('create')
    const at = (time: number) =>
      JSON.stringify({ id: `evt_${time}`, timestamp: time, session: 'default', event: 'session.status', payload: { status: 'WORKING' } })
    const signed = async (body: string) => ({
      headers: { 'x-webhook-hmac': await hmacHex('sha512', String(fake.staticData.secret), body) },
      body,
    })
    expect((await deliver(await signed(at(Date.now() - 3_600_000)))).status).toBe(401)
    expect((await deliver(await signed(at(Date.now())))).status).toBe(204)
  })

  it.each(['chatIds', 'people'])('%s by number meets a person who writes under a LID, once a delivery told who it is', async (option) => {
    const [number, hidden, stranger] = ['+49 1511 2345678', '123456789012345@lid', '223456789012345@lid']
    const { hook, fake, deliver } = await opened(SUBJECTS.waha, { nodeOptions: { [option]: [number] } })
    await hook('create')
    const written = async (id: string, from: string, more: object = {}) => {
      const key = { remoteJid: from, fromMe: false, id, ...more }
      const payload = { id: `false_${from}_${id}`, timestamp: 1_700_000_000, from, fromMe: false, body: 'Hi', _data: { key } }
      const body = JSON.stringify({ id: `evt_${id}`, timestamp: Date.now(), session: 'default', event: 'message', payload })
      const headers = { 'x-webhook-hmac': await hmacHex('sha512', String(fake.staticData.secret), body) }
      const { status, items } = await deliver({ headers, body })
      expect(status).toBe(204)
      return items.length
    }
    expect(await written(`${option}1`, hidden)).toBe(0)
    expect(await written(`${option}2`, hidden, { remoteJidAlt: '4915112345678@s.whatsapp.net' })).toBe(1)
    expect(await written(`${option}3`, hidden)).toBe(1)
    expect(await written(`${option}4`, stranger)).toBe(0)
  })
})

it('a message that comes by number and by LID starts a workflow once', async () => {
  const { hook, fake, deliver } = await opened(SUBJECTS.waha)
  await hook('create')
  const [number, hidden] = ['4915112345678@s.whatsapp.net', '123456789012345@lid']
  const written = async (id: string, from: string, more: object = {}) => {
    const payload = {
      id: `false_${from.replace('s.whatsapp.net', 'c.us')}_${id}`,
      from,
      body: 'Hi',
      _data: { key: { remoteJid: from, id, ...more } },
    }
    const body = JSON.stringify({ id: `evt_${id}_${from}`, timestamp: Date.now(), session: 'default', event: 'message', payload })
    const { items } = await deliver({ headers: { 'x-webhook-hmac': await hmacHex('sha512', String(fake.staticData.secret), body) }, body })
    return items.length
  }
  expect(await written('A', hidden, { remoteJidAlt: number })).toBe(1)
  // the delivery does not tell again who that is
  expect(await written('B', hidden)).toBe(1)
  expect(await written('B', number)).toBe(0)
  expect(await written('C', number)).toBe(1)
})

describe('WARest trigger', () => {
  it('does not take the place of a webhook that is there', async () => {
    const { hook, session, plugin } = await opened(SUBJECTS.warest)
    await plugin.webhook.create({ session, url: OTHER, secret: 'secret-of-others' })
    await expect(hook('create')).rejects.toMatchObject({ message: expect.stringContaining('webhook already') })
    expect((await plugin.webhook.list({ session })).items.map(({ url }) => url)).toEqual([OTHER])
  })
})
