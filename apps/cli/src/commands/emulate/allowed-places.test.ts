import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { connectControl } from '@wamux/emulator'
import type { EmulatorServer } from '@wamux/emulator/server'
import { createWaha } from '@wamux/waha'
import { describe, expect, it, vi } from 'vitest'
import { ownPlugins } from '../../../test/own-plugins.ts'
import { run } from '../../main.ts'

type Ready = Pick<EmulatorServer, 'url' | 'gateways'>

/** Runs `wamux emulate` until it is ready and the given work is done. @returns what it said, and its exit code */
async function emulate(flags: readonly string[], work = async (_: Ready) => {}): Promise<{ readonly code: number; readonly text: string }> {
  const stop = new AbortController()
  let text = ''
  let worked: Promise<void> | undefined
  const output = {
    write(more: string | Uint8Array) {
      text += String(more)
      if (text.includes('"ready"')) worked ??= work(JSON.parse(text) as Ready).finally(() => stop.abort())
    },
  }
  const terminal = { env: {}, stdin: new PassThrough(), stdout: output, stderr: output }
  const code = await run(['emulate', '--json', '--port', '0', ...flags], { terminal, plugins: ownPlugins, signal: stop.signal })
  await worked
  return { code, text }
}

/** Phones of the emulator take their time. */
const PATIENCE = { timeout: 10_000 }

const FLAGS = ['--allow-webhooks-to', '--allow-media-from']

describe.each(FLAGS)('%s', (flag) => {
  it.each([['hooks.example.com'], ['hooks.example.com:8080'], ['*'], ['[::1]:80']])('takes %s', async (host) => {
    expect(await emulate([flag, host, flag, 'other.example'])).toMatchObject({ code: 0 })
  })

  it.each(['https://hooks.example.com', 'a/b', 'user@host', 'a b', 'host?x'])('takes no %s', async (host) => {
    const { code, text } = await emulate([flag, host])
    expect([code, text]).toEqual([2, expect.stringContaining(`${flag} takes a host, host:port or *`)])
  })
})

describe('a file that is sent by its address', () => {
  it.each([
    ['is fetched from a place that was named', true],
    ['is made up for others', false],
  ])('%s', async (_, allowed) => {
    const asked: (string | undefined)[] = []
    const files = createServer((request, response) => {
      asked.push(request.url)
      response.setHeader('content-type', 'image/png').end('file')
    })
    await once(files.listen(0, '127.0.0.1'), 'listening')
    const place = `127.0.0.1:${(files.address() as AddressInfo).port}`
    const { code } = await emulate(allowed ? ['--allow-media-from', place] : [], async ({ url, gateways }) => {
      const gateway = createWaha({ baseUrl: gateways.waha.baseUrl, apiKey: gateways.waha.env.WAMUX_WAHA_API_KEY ?? '' })
      await gateway.session.create({ session: 'default', start: true })
      await vi.waitFor(() => connectControl(url).scan({ gateway: 'waha', session: 'default', phone: '12025550123' }), PATIENCE)
      const file = { url: `http://${place}/a.png` }
      await vi.waitFor(() => gateway.message.sendImage({ session: 'default', to: '12025550199', file }), PATIENCE)
    })
    files.close()
    expect(code).toBe(0)
    expect(asked).toEqual(allowed ? ['/a.png'] : [])
  })
})

it('answers to another name only where it was told to', async () => {
  const askAs = (url: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      get(`${url}/_emulator/clock`, { headers: { host: 'emulator.test' } }, ({ statusCode }) => resolve(statusCode)).on('error', reject)
    })
  for (const [flags, status] of [
    [[], 403],
    [['--allow-host', 'emulator.test'], 200],
  ] as const) {
    const { code } = await emulate(flags, async ({ url }) => expect(await askAs(url)).toBe(status))
    expect(code).toBe(0)
  }
})
