import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { run } from '../src/main.ts'
import { ownPlugins } from './own-plugins.ts'

/** Runs a command against gateways that never answer, and stops it with Ctrl-C once one of them was asked. */
async function interrupted(args: readonly string[]): Promise<number> {
  const stop = new AbortController()
  const server = createServer(() => stop.abort()).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const waha = { WAMUX_WAHA_BASE_URL: url, WAMUX_WAHA_API_KEY: 'key-12345678' }
  const env = { ...waha, WAMUX_WAREST_BASE_URL: url, WAMUX_WAREST_API_KEY: 'key-12345678', WAMUX_CONFIG_DIR: '/nonexistent' }
  const silent = { write: () => {} }
  const stdin = new PassThrough()
  stdin.end()
  const terminal = { env, stdin, stdout: silent, stderr: silent }
  try {
    return await run(args, { terminal, plugins: ownPlugins, signal: stop.signal })
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it.each([
  ['session', 'list', '--gateway', 'waha'],
  ['session', 'list'],
  ['doctor'],
  ['api', '/api/sessions', '--gateway', 'waha'],
  ['send', '+4915112345678', 'x', '--session', 'shop', '--gateway', 'waha'],
])('Ctrl-C ends %s %s with 130, whatever was asked', async (...args) => {
  expect(await interrupted(args)).toBe(130)
})
