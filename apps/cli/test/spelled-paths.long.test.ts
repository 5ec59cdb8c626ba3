import type { Operation } from '@wamux/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findRequest } from '../src/commands/api/match.ts'
import { plainPath } from '../src/commands/api/plain-path.ts'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'
import { growsWithThePath, spellings } from './spelled-paths.ts'

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

describe('every spelling of a dangerous operation', () => {
  it.each(dangerous)('of %s: %s is found, asks, and is sent in its plain form', async (id, _name, operation) => {
    const table = await ownPlugins.operations(id)
    for (const method of [operation.method, ...(operation.alternateMethods ?? [])]) {
      for (const spelled of spellings(operation.path.replace(/\{[^{}]+\}/g, 'thing1'))) {
        const { danger, match, path } = findRequest(table, method, plainPath(spelled))
        // what is found as no operation asks, too, unless it only reads
        expect(danger !== undefined || (method !== 'GET' && match === undefined), spelled).toBe(true)
        if (method === operation.method) expect(path, spelled).not.toMatch(/\/\/|\/\.{1,2}(\/|$)|[\\#?\n\t]|.\/$/)
      }
    }
  })
})

it('long paths take work that grows with them', () => growsWithThePath(20_000))
