import { describe, expect, it } from 'vitest'
import { createEmulator } from '../../emulator.ts'

const ME = '12025550100'

/** A connected session, and a way to ask the face. */
async function connected() {
  const emulator = createEmulator({ timings: { starting: 0, connecting: 0 } })
  const { baseUrl, credentials } = emulator.gateways.waha
  const headers = { 'x-api-key': String((credentials as { apiKey?: string }).apiKey), 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body?: object) => {
    const response = await emulator.fetch(`${baseUrl}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    const text = await response.text()
    return { status: response.status, data: text === '' ? undefined : JSON.parse(text) }
  }
  await ask('POST', '/api/sessions', { name: 'default', start: true })
  await emulator.control.scan({ gateway: 'waha', session: 'default', phone: ME })
  return { emulator, ask }
}

describe('apps', () => {
  it('are made, read, changed and deleted, one of a kind for each session', async () => {
    const { ask } = await connected()
    const app = { id: 'a1', session: 'default', app: 'chatwoot', enabled: true, config: { url: 'http://x.test' } }
    expect(await ask('POST', '/api/apps', app)).toEqual({ status: 201, data: app })
    expect((await ask('POST', '/api/apps', { ...app, id: 'a2' })).status).toBe(422)
    expect((await ask('POST', '/api/apps', { ...app, id: 'a3', session: 'ghost' })).status).toBe(422)
    expect((await ask('POST', '/api/apps', { ...app, id: 'a4', app: 'constructor' })).status).toBe(400)
    expect(await ask('PUT', '/api/apps/a1', { ...app, config: { url: 'http://y.test' } })).toMatchObject({
      status: 200,
      data: { config: { url: 'http://y.test' } },
    })
    expect((await ask('GET', '/api/apps?session=default')).data).toMatchObject([{ id: 'a1', config: { url: 'http://y.test' } }])
    expect((await ask('GET', '/api/apps?session=other')).data).toEqual([])
    expect((await ask('DELETE', '/api/apps/a1')).status).toBe(200)
    expect((await ask('GET', '/api/apps/a1')).status).toBe(404)
  })

  it('for numbers list what the session wrote with, until it is to be forgotten', async () => {
    const { emulator, ask } = await connected()
    const cache = '/api/apps/brazilian-phone-numbers/default/cache'
    expect((await ask('GET', `${cache}/stats`)).status).toBe(422)
    await ask('POST', '/api/apps', { id: 'br', session: 'default', app: 'brazilian-phone-numbers', enabled: true, config: {} })
    for (const from of ['5511987654321', '12025550177']) await emulator.control.message({ from, to: ME, text: 'Hi' })
    await expect
      .poll(async () => (await ask('GET', `${cache}/memory`)).data)
      .toMatchObject([{ key: '5511987654321', chatId: '5511987654321@c.us' }])
    expect((await ask('GET', `${cache}/stats`)).data).toEqual({ memory: { total: 1 }, db: { total: 1, verified: 1 } })
    expect((await ask('GET', `${cache}/db`)).data).toMatchObject([{ key: '5511987654321', verified: true }])
    expect((await ask('DELETE', `${cache}/purge`)).data).toEqual({ deleted: 1 })
    expect((await ask('GET', `${cache}/memory`)).data).toEqual([])
  })
})

describe('settings of groups', () => {
  it.each([
    ['member-add-mode', 'membersCanAddNewMember', false],
    ['member-share-history-mode', 'membersCanShareHistory', true],
    ['membership-approval', 'newMembersApprovalRequired', false],
  ])('%s are read back', async (path, name, before) => {
    const { ask } = await connected()
    const { data } = await ask('POST', '/api/default/groups', { name: 'Club', participants: [{ id: '12025550177@c.us' }] })
    const place = `/api/default/groups/${encodeURIComponent(data.id)}/settings/security/${path}`
    expect(await ask('GET', place)).toEqual({ status: 200, data: { [name]: before } })
    expect((await ask('PUT', place, { [name]: !before })).status).toBe(200)
    expect(await ask('GET', place)).toEqual({ status: 200, data: { [name]: !before } })
    expect((await ask('GET', '/api/default/groups/1@g.us/settings/security/member-add-mode')).status).toBe(500)
  })
})

it('channels are found by words, page by page', async () => {
  const { ask } = await connected()
  for (const name of ['Daily News', 'Weather', 'Old news']) await ask('POST', '/api/default/channels', { name })
  const search = (more: object) =>
    ask('POST', '/api/default/channels/search/by-text', { text: 'news', categories: [], limit: 1, startCursor: '', ...more })
  const first = await search({})
  expect(first.data).toMatchObject({ page: { hasNextPage: true, hasPreviousPage: false }, channels: [{ name: 'Daily News' }] })
  expect((await search({ startCursor: first.data.page.endCursor })).data).toMatchObject({
    page: { hasNextPage: false },
    channels: [{ name: 'Old news' }],
  })
})
