import { expect, it } from 'vitest'
import { definePlugin, type GatewayConfig } from '../../src/index.ts'
import { type calls, manifest, operations, type paths } from '../sample-gateway.ts'

it('an operation table that could not be loaded is loaded by the next call', async () => {
  let tries = 0
  const create = definePlugin<paths, calls>()({
    contract: 1,
    manifest: { ...manifest, credentials: [], capabilities: {} },
    operations: async () => {
      tries++
      if (tries < 3) throw new Error('offline')
      return { operations }
    },
    auth: (_: GatewayConfig) => ({ secrets: [], apply() {} }),
    failures: async () => ({ readFailure: () => undefined }),
    create: () => ({}),
  })
  const gateway = create({ baseUrl: 'http://gateway.invalid', fetch: async () => Response.json({ state: 'ok' }) })
  await expect(gateway.call('sessions.get', { session: 'a' })).rejects.toThrow('offline')
  await expect(gateway.operations()).rejects.toThrow('offline')
  expect((await gateway.call('sessions.get', { session: 'a' })).data).toEqual({ state: 'ok' })
  await gateway.operations()
  expect(tries).toBe(3)
})
