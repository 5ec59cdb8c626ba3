import type { ICredentialType } from 'n8n-workflow'
import { afterEach, describe, expect, it } from 'vitest'
import { WamuxSparkbotApi } from '../credentials/WamuxSparkbotApi.credentials.ts'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { WhatsAppGateway } from '../nodes/WhatsAppGateway/WhatsAppGateway.node.ts'
import { messageOperationNames } from '../src/composed/operation-names.ts'
import { gatewayNodes } from '../src/gateways/gateway-nodes.ts'
import { portableOperations } from '../src/portable/operations.ts'
import { connected } from './connected.ts'
import { fakeN8n } from './fake-n8n.ts'

const CREDENTIALS: Readonly<Record<string, ICredentialType>> = {
  sparkbot: new WamuxSparkbotApi(),
  waha: new WamuxWahaApi(),
  warest: new WamuxWarestApi(),
  wawp: new WamuxWawpApi(),
}
const GATEWAYS = ['sparkbot', 'waha', 'warest', 'wawp'] as const
const node = new WhatsAppGateway()

const emulators: { close(): void }[] = []
afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.close()
})

async function opened(gateway: (typeof GATEWAYS)[number]) {
  const { emulator, baseUrl, credentials, sessions } = await connected(gateway, ['default'])
  emulators.push(emulator)
  const fakeWith = (parameters: Record<string, unknown>) =>
    fakeN8n({
      fetch: (request) => emulator.handle(request),
      credentialType: CREDENTIALS[gateway] as ICredentialType,
      credentials: { baseUrl, ...credentials },
      parameters: { gateway, session: { __rl: true, mode: 'id', value: sessions[0] }, ...parameters },
    })
  const run = async (parameters: Record<string, unknown>) => (await node.execute?.call(fakeWith(parameters).execute))?.[0] ?? []
  return { emulator, run, fakeWith, session: sessions[0] }
}

it('knows every gateway and every operation that it offers', () => {
  const [gateways] = node.description.properties
  expect(((gateways?.options ?? []) as { value: string }[]).map(({ value }) => value).toSorted()).toEqual(
    Object.keys(gatewayNodes).toSorted(),
  )
  const offered = node.description.properties
    .filter(({ name }) => name === 'operation')
    .flatMap(({ displayOptions, options = [] }) =>
      (options as { value: string }[]).map(({ value }) => `${displayOptions?.show?.resource?.[0]}.${value}`),
    )
  const composed = messageOperationNames.map((name) => `message.${name}`)
  expect(offered.toSorted()).toEqual([...Object.keys(portableOperations), ...composed].toSorted())
})

it('asks for the one credential of the gateway that is chosen', () => {
  const shown = node.description.credentials?.map(({ displayOptions }) => displayOptions?.show?.gateway)
  expect(shown).toEqual(GATEWAYS.map((gateway) => [gateway]))
})

describe.each(GATEWAYS)('%s', (gateway) => {
  it('sends a text with the same parameters as all others', async () => {
    const { run, emulator } = await opened(gateway)
    const to = { __rl: true, mode: 'phone', value: '+12025550177' }
    const [item] = await run({ resource: 'message', operation: 'sendText', to, text: 'Hello from n8n' })
    expect(item).toMatchObject({ json: { to: '12025550177@c.us' }, pairedItem: { item: 0 } })
    expect(item?.json).not.toHaveProperty('raw')
    await expect.poll(async () => (await emulator.control.messages()).map(({ text }) => text)).toContain('Hello from n8n')
  })

  it('tells the state of the session in the same words', async () => {
    const { run, session } = await opened(gateway)
    const [item] = await run({ resource: 'session', operation: 'get', simplify: false })
    expect(item?.json).toMatchObject({ session, state: 'connected', raw: expect.anything() })
  })
})

it('does nothing in the place of a verb that the gateway lacks', async () => {
  const { fakeWith } = await opened('warest')
  const { execute, asked } = fakeWith({ resource: 'session', operation: 'stop' })
  await expect(node.execute?.call(execute)).rejects.toMatchObject({ message: expect.stringContaining('has no Session: Stop') })
  expect(asked).toEqual([])
})

it('lists sessions and chats to choose from', async () => {
  const { fakeWith, run } = await opened('waha')
  const to = { __rl: true, mode: 'phone', value: '+12025550177' }
  await run({ resource: 'message', operation: 'sendText', to, text: 'Hi' })
  const { load } = fakeWith({})
  const { session, chat } = node.methods.listSearch
  expect(await session?.call(load)).toEqual({ results: [{ name: 'default (connected)', value: 'default' }] })
  expect((await chat?.call(load))?.results.map(({ value }) => value)).toEqual(['12025550177@c.us'])
  expect((await chat?.call(load, 'nobody'))?.results).toEqual([])
})
