import type { INodeType } from 'n8n-workflow'
import { describe, expect, it } from 'vitest'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WhatsAppGateway } from '../nodes/WhatsAppGateway/WhatsAppGateway.node.ts'
import type { GatewayNode } from '../src/gateways/gateway-node.ts'
import { gatewayNodes } from '../src/gateways/gateway-nodes.ts'
import { waha } from '../src/gateways/waha.ts'
import { executeOperations } from '../src/run/execute-operations.ts'
import { fakeN8n } from './fake-n8n.ts'

const LICENCE = 'http://licence.test/valid'
const ITEMS = Array.from({ length: 5 }, () => ({ json: {} }))

/** WAHA as the nodes see it, counting how often it is opened. */
function counted(): { node: GatewayNode; opened(): number } {
  let count = 0
  const create: GatewayNode['create'] = (credentials, settings) => {
    count += 1
    return waha.create(credentials, settings)
  }
  return { node: { ...waha, create }, opened: () => count }
}

function n8nWith(keys: readonly string[], parameters: Record<string, unknown>, subscriptionUrl = '') {
  const hosts: string[] = []
  const fake = fakeN8n({
    async fetch(request) {
      hosts.push(new URL(request.url).host)
      return Response.json(request.url.includes('/api/sessions') ? [] : { message: 'pong' })
    },
    credentialType: new WamuxWahaApi(),
    credentials: (index) => ({ baseUrl: 'http://waha.test', apiKey: keys[index % keys.length], subscriptionUrl }),
    parameters,
    items: ITEMS,
  })
  return { fake, hosts }
}

const PING = { resource: 'server', operation: 'ping' }

describe('the gateways of one execution', () => {
  it('are one for all items with the same credential', async () => {
    const { node, opened } = counted()
    await executeOperations(n8nWith(['one-key'], PING).fake.execute, node, [])
    expect(opened()).toBe(1)
  })

  it('are one for each credential that an expression gives', async () => {
    const { node, opened } = counted()
    await executeOperations(n8nWith(['one-key', 'other-key'], PING).fake.execute, node, [])
    expect(opened()).toBe(2)
  })

  it('are one for each path and deadline that an expression gives', async () => {
    const { node, opened } = counted()
    const nodeOptions = (index: number) => ({ timeout: index < 2 ? 10 : 20 })
    await executeOperations(n8nWith(['one-key'], { ...PING, nodeOptions }).fake.execute, node, [])
    expect(opened()).toBe(2)
  })

  it.each([
    ['the WAHA node', () => ({ execute: counted().node, parameters: PING })],
    [
      'the portable node',
      () => ({ execute: new WhatsAppGateway(), parameters: { gateway: 'waha', resource: 'session', operation: 'list' } }),
    ],
  ] as const)('ask for the subscription once: %s', async (_name, subject) => {
    const { execute, parameters } = subject()
    const { fake, hosts } = n8nWith(['one-key'], parameters, LICENCE)
    if ('table' in execute) await executeOperations(fake.execute, execute, [])
    else await (execute as INodeType).execute?.call(fake.execute)
    expect(hosts.filter((host) => host === 'licence.test')).toHaveLength(1)
    expect(hosts.filter((host) => host === 'waha.test')).toHaveLength(ITEMS.length)
  })

  it('ask again in the next execution', async () => {
    const { fake, hosts } = n8nWith(['one-key'], PING, LICENCE)
    await executeOperations(fake.execute, waha, [])
    await executeOperations(fake.execute, waha, [])
    expect(hosts.filter((host) => host === 'licence.test')).toHaveLength(2)
  })
})

it('every gateway is opened with the credential type that it names', () => {
  for (const [name, { credential }] of Object.entries(gatewayNodes)) expect(credential.toLowerCase()).toBe(`wamux${name}api`)
})
