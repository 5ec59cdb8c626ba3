import type { Operation } from '@wamux/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'
import { spellings } from './spelled-paths.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const dangerous: (readonly [string, string, Operation])[] = []
for (const id of GATEWAYS)
  for (const one of Object.values((await ownPlugins.operations(id)).operations))
    if (one.safety === 'danger') dangerous.push([id, one.id, one])

let gateway: EchoServer
let env: Record<string, string>
beforeAll(async () => {
  gateway = await serveEcho()
  env = { WAMUX_WAWP_ACCESS_TOKEN: 'own-key', WAMUX_WAWP_INSTANCE_ID: 'i1' }
  for (const id of GATEWAYS) {
    env[`WAMUX_${id.toUpperCase()}_BASE_URL`] = gateway.url
    env[`WAMUX_${id.toUpperCase()}_API_KEY`] = 'own-key'
  }
})
afterAll(() => gateway.close())

describe('wamux api', () => {
  it.each(dangerous)('of %s sends no spelling of %s without --yes', async (id, _name, { path, method, alternateMethods = [] }) => {
    for (const one of [method, ...alternateMethods]) {
      for (const spelled of spellings(path.replace(/\{[^{}]+\}/g, 'thing1'))) {
        gateway.came.length = 0
        const { code, stderr } = await invoke(['api', one, '--gateway', id, '--', spelled], { env })
        expect(gateway.came, spelled).toEqual([])
        expect({ code, asks: stderr.includes('--yes') }, `${one} ${JSON.stringify(spelled)} ${stderr}`).toEqual({ code: 2, asks: true })
      }
    }
  })

  it.each(dangerous)('of %s sends the plain path of %s with --yes', async (id, _name, { path, method }) => {
    const plain = path.replace(/\{[^{}]+\}/g, 'thing1')
    for (const spelled of spellings(plain).filter((_, index) => index % 4 === 0)) {
      gateway.came.length = 0
      await invoke(['api', method, '--gateway', id, '--yes', '--', spelled], { env })
      const [came] = gateway.came
      expect(new URL(came?.url ?? '', 'http://x').pathname, spelled).not.toMatch(/\/\/|\/\.|\\|%2f|%5c|\/$/i)
    }
  })
})
