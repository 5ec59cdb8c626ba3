import type { GatewayId } from '@wamux/emulator'
import type { ICredentialType, ILoadOptionsFunctions } from 'n8n-workflow'
import { afterEach, describe, expect, it } from 'vitest'
import { WamuxSparkbotApi } from '../credentials/WamuxSparkbotApi.credentials.ts'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { gatewayNodes } from '../src/gateways/gateway-nodes.ts'
import { listSearches } from '../src/lists/list-search.ts'
import { searchPages } from '../src/lists/search-pages.ts'
import { portableLists } from '../src/portable/list-search.ts'
import { connected } from './connected.ts'
import { fakeN8n } from './fake-n8n.ts'

const CREDENTIALS: Readonly<Record<GatewayId, ICredentialType>> = {
  sparkbot: new WamuxSparkbotApi(),
  waha: new WamuxWahaApi(),
  warest: new WamuxWarestApi(),
  wawp: new WamuxWawpApi(),
}

/** Parameter that says which session, and the list of sessions where there is one. */
const SESSIONS: Readonly<Record<GatewayId, { parameter: string; list?: string }>> = {
  sparkbot: { parameter: 'deviceId', list: 'device' },
  waha: { parameter: 'session', list: 'session' },
  warest: { parameter: 'sessionId', list: 'session' },
  wawp: { parameter: 'instance' },
}

const emulators: { close(): void }[] = []
afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.close()
})

async function opened(gateway: GatewayId) {
  const { emulator, baseUrl, credentials, plugin, sessions } = await connected(gateway, ['default'])
  emulators.push(emulator)
  const [session = ''] = sessions
  const setup = {
    fetch: (request: Request) => emulator.handle(request),
    credentialType: CREDENTIALS[gateway],
    credentials: { baseUrl, ...credentials, ...(gateway === 'wawp' ? { instanceId: session } : {}) },
  }
  const load = (parameters: Record<string, unknown>) => fakeN8n({ ...setup, parameters }).load
  const node = gatewayNodes[gateway]
  if (!node) throw new Error(`${gateway} has no node`)
  return { plugin, session, load, lists: listSearches(node) }
}

const values = async (
  list: ((this: ILoadOptionsFunctions, filter?: string) => Promise<{ results: { value: unknown }[] }>) | undefined,
  load: ILoadOptionsFunctions,
  filter?: string,
) => (await list?.call(load, filter))?.results.map(({ value }) => value)

describe.each(Object.keys(SESSIONS) as GatewayId[])('%s', (gateway) => {
  const { parameter, list } = SESSIONS[gateway]

  it('lists sessions and chats to choose from, and finds by a part of the name', async () => {
    const { plugin, session, load, lists } = await opened(gateway)
    const chosen = load({ [parameter]: { __rl: true, mode: 'list', value: session } })
    if (list) expect(await values(lists[list], load({}))).toEqual([session])
    await plugin.message.sendText({ session, to: '+12025550177', text: 'Hi' })
    await expect.poll(() => values(lists.chat, chosen)).toEqual([expect.stringContaining('12025550177')])
    expect(await values(lists.chat, chosen, '0177')).toHaveLength(1)
    expect(await values(lists.chat, chosen, 'nobody')).toEqual([])
  })

  it('lists groups', async () => {
    const { plugin, session, load, lists } = await opened(gateway)
    await plugin.group.create({ session, subject: 'Friends', participants: ['+12025550177'] })
    const chosen = load({ [parameter]: { __rl: true, mode: 'list', value: session } })
    const { results = [] } = (await lists.group?.call(chosen)) ?? {}
    expect(results).toEqual([{ name: 'Friends', value: expect.stringMatching(/@g\.us$/) }])
  })

  if (list) {
    it('lists nothing before a session is chosen', async () => {
      const { load, lists } = await opened(gateway)
      expect(await values(lists.chat, load({}))).toEqual([])
    })
  }
})

it('says why a list cannot be had', async () => {
  const fake = fakeN8n({
    fetch: async () => Response.json({ message: 'Unauthorized' }, { status: 401 }),
    credentialType: CREDENTIALS.waha,
    credentials: { baseUrl: 'http://waha.test', apiKey: 'wrong-key' },
    parameters: {},
  })
  const node = gatewayNodes.waha
  if (!node) throw new Error('no node')
  await expect(listSearches(node).session?.call(fake.load)).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '401' })
})

describe('a long list', () => {
  const chats = Array.from({ length: 350 }, (_, index) => ({
    id: `${4915000000000 + index}@c.us`,
    name: index === 320 ? 'Ada' : `Chat ${index}`,
  }))
  const setup = () => {
    const pages: string[] = []
    const fake = fakeN8n({
      async fetch(request) {
        const { searchParams } = new URL(request.url)
        const offset = Number(searchParams.get('offset'))
        pages.push(String(offset))
        return Response.json(chats.slice(offset, offset + Number(searchParams.get('limit'))))
      },
      credentialType: CREDENTIALS.waha,
      credentials: { baseUrl: 'http://waha.test', apiKey: 'a-key' },
      parameters: { gateway: 'waha', session: 'default' },
    })
    return { fake, pages }
  }
  const node = gatewayNodes.waha
  if (!node) throw new Error('no node')

  it.each([
    ['WAHA', listSearches(node).chat],
    ['the portable node', portableLists.chat],
  ])('is searched beyond its first page: %s', async (_name, search) => {
    const { fake, pages } = setup()
    expect((await search?.call(fake.load, 'ada'))?.results.map(({ name }) => name)).toEqual([expect.stringContaining('Ada')])
    expect(pages.length).toBeGreaterThan(2)
  })

  it('comes page by page without a filter', async () => {
    const { fake, pages } = setup()
    const first = await listSearches(node).chat?.call(fake.load)
    expect(first?.results).toHaveLength(100)
    const second = await listSearches(node).chat?.call(fake.load, '', String(first?.paginationToken))
    expect(second?.results[0]?.value).toBe(chats[100]?.id)
    expect(pages).toEqual(['0', '100'])
  })

  it('ends, however many pages there are', async () => {
    let calls = 0
    const load = async () => ({ items: [{ name: 'x', value: String(calls++) }], next: 'more' })
    expect(await searchPages('nobody', '0', load)).toEqual({ results: [], paginationToken: 'more' })
    expect(calls).toBe(20)
  })
})
