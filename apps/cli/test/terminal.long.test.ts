import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textWidth } from '../src/print/text-width.ts'
import { onTerminal } from './pseudo-terminal.ts'
import { wamux } from './spawned.ts'

let emulator: EmulatorServer
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  emulator = await serveEmulator()
  folder = mkdtempSync(join(tmpdir(), 'wamux-terminal-'))
  env = { HOME: folder, WAMUX_SECRETS: 'file', ...emulator.gateways.waha.env }
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

const session = async (name: string) => {
  expect((await wamux(['session', 'create', name], env)).code).toBe(0)
  expect((await wamux(['session', 'wait-for', name, '--state', 'pairing', '--interval', '50ms'], env)).code).toBe(0)
}

// elsewhere `script` has other flags, or is not there
describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  it('a QR code stays in its place until the phone has scanned it', async () => {
    await session('qr')
    const running = onTerminal(['session', 'qr', 'qr', '--interval', '200ms'], env)
    await running.shows('\x1b[97;40m')
    await running.shows('Scan it with the phone')
    expect((await wamux(['emulate', 'scan', 'qr', '--phone', '+12025550123'], env)).code).toBe(0)
    await running.shows('\x1b[J')
    await running.shows('connected')
    expect(await running.ended).toBe(0)
    // nothing is left of it on the screen: up, and erased
    expect(running.text()).toContain('A\r\x1b[J')
    for (const line of stripVTControlCharacters(running.text()).split('\r\n')) expect(textWidth(line.trimStart())).toBeLessThanOrEqual(80)
  })

  it('a QR code of the only session needs no name', async () => {
    const { WAMUX_WAHA_API_KEY: key = '', WAMUX_WAHA_BASE_URL: url = '' } = env
    const alone = await serveEmulator()
    env = { ...env, ...alone.gateways.waha.env }
    try {
      await session('alone')
      const running = onTerminal(['session', 'qr', '--interval', '200ms'], env)
      await running.shows('Session alone (the only one of WAHA)')
      await running.shows('Scan it with the phone')
      expect((await wamux(['emulate', 'scan', 'alone', '--phone', '+12025550124'], env)).code).toBe(0)
      await running.shows('connected')
      expect(await running.ended).toBe(0)
    } finally {
      env = { ...env, WAMUX_WAHA_API_KEY: key, WAMUX_WAHA_BASE_URL: url }
      await alone.close()
    }
  })

  it('asks before it installs a plugin', async () => {
    const running = onTerminal(['plugins', 'add', 'other'], env)
    await running.shows('wamux-plugin-other.')
    await running.shows('Go on? [y/N]')
    running.types('n\r')
    await running.shows('Nothing was done.')
    expect(await running.ended).toBe(1)
  })

  it('shows the usual address as a placeholder, which typing replaces', async () => {
    const home = join(folder, 'placeholder')
    const running = onTerminal(['profile', 'add', '--gateway', 'waha', '--no-test'], { HOME: home, WAMUX_SECRETS: 'file' })
    await running.shows('A name for this account')
    running.types('placed\r')
    await running.shows('Where is WAHA?')
    running.types('http://127.0.0.1:9999\r')
    await running.shows('API key')
    running.types('secret-key-1\r')
    await running.shows('is kept')
    expect(await running.ended).toBe(0)
    expect((await wamux(['profile', 'show', 'placed', '--json'], { HOME: home })).stdout).toContain('"http://127.0.0.1:9999"')
  })

  it('a QR code is left alone with Ctrl-C', async () => {
    await session('left')
    const running = onTerminal(['session', 'qr', 'left'], env)
    await running.shows('Scan it with the phone')
    running.types('\x03')
    await running.shows('Interrupted. Nothing was changed.')
    expect(await running.ended).toBe(130)
  })

  it('asks for the name before something is gone for good', async () => {
    await session('gone')
    const wrong = onTerminal(['session', 'delete', 'gone'], env)
    await wrong.shows('deletes session "gone"')
    await wrong.shows('Type gone to go on: ')
    wrong.types('yes\r')
    await wrong.shows('Nothing was done.')
    expect(await wrong.ended).toBe(1)
    const right = onTerminal(['waha', 'sessions', 'delete', 'gone'], env)
    await right.shows('Type gone to go on: ')
    right.types('gone\r')
    expect(await right.ended).toBe(0)
    expect((await wamux(['session', 'get', 'gone'], env)).code).toBe(5)
    const never = onTerminal(['session', 'delete', 'gone', '--no-input'], env)
    expect(await never.ended).toBe(2)
  })

  it('shows how long it waits, and takes that away again', async () => {
    await session('waits')
    const running = onTerminal(['session', 'wait-for', 'waits', '--interval', '100ms'], env)
    await running.shows('\r\x1b[2Kwaits is pairing (qr)…')
    expect((await wamux(['emulate', 'scan', 'waits', '--phone', '+12025550124'], env)).code).toBe(0)
    await running.shows('\r\x1b[2K')
    await running.shows('connected')
    expect(await running.ended).toBe(0)
    const quiet = onTerminal(['session', 'wait-for', 'waits', '--quiet'], env)
    expect(await quiet.ended).toBe(0)
    expect(quiet.text()).not.toContain('\x1b[2K')
  })

  it('says what it waits for when an answer takes long', async () => {
    const server = createServer((_request, response) => {
      setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'), 2_500)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const slow = { ...env, WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    const running = onTerminal(['session', 'list'], slow)
    await running.shows('\r\x1b[2KWaiting for WAHA…')
    await running.shows('\r\x1b[2K')
    await running.shows('no session yet')
    expect(await running.ended).toBe(0)
    server.close().closeAllConnections()
  })

  it('sets up an account, asking for all that it needs', async () => {
    const { baseUrl } = emulator.gateways.waha
    const key = env.WAMUX_WAHA_API_KEY ?? ''
    const running = onTerminal(['profile', 'add'], { HOME: folder, WAMUX_SECRETS: 'file' })
    await running.shows('Which gateway?')
    running.types('\r')
    await running.shows('A name for this account')
    running.types('\r')
    await running.shows('Where is WAHA?')
    // ctrl-U: away with what is proposed
    running.types(`\x15${baseUrl}\r`)
    await running.shows('API key')
    running.types(`${key}\r`)
    await running.shows('WAHA takes these credentials')
    await running.shows('is kept and in use')
    expect(await running.ended).toBe(0)
    expect(running.text()).not.toContain(key)
    expect((await wamux(['session', 'list'], { HOME: folder })).code).toBe(0)
  })

  it('keeps nothing when it is stopped', async () => {
    const home = mkdtempSync(join(folder, 'home-'))
    const running = onTerminal(['profile', 'add', '--gateway', 'waha'], { HOME: home, WAMUX_SECRETS: 'file' })
    await running.shows('A name for this account')
    running.types('\x03')
    await running.shows('Nothing was kept.')
    expect(await running.ended).toBe(130)
    expect((await wamux(['profile', 'list', '--json'], { HOME: home })).stdout).toBe('[]\n')
  })

  it('has colours there, unless they are not wanted', async () => {
    const coloured = onTerminal(['session', 'list'], env)
    expect(await coloured.ended).toBe(0)
    expect(coloured.text()).toContain('\x1b[')
    for (const more of [{ NO_COLOR: '1' }, { CLICOLOR: '0' }, { TERM: 'dumb' }]) {
      const plain = onTerminal(['session', 'list'], { ...env, ...more })
      expect(await plain.ended).toBe(0)
      expect(plain.text()).not.toContain('\x1b[')
    }
  })

  it('never shows bytes there', async () => {
    const running = onTerminal(['waha', 'sessions', 'screenshot', '--session', 'qr'], env)
    await running.shows('Save it: --out FILE')
    expect(await running.ended).toBe(2)
  })

  it('on Ctrl-C a request is ended, and it says whether it may have been sent', async () => {
    let asked = () => {}
    const came = new Promise<void>((resolve) => {
      asked = resolve
    })
    const server: Server = createServer((request) => request.resume().on('end', asked))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const hanging = { ...env, WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
    const running = onTerminal(['message', 'send-text', 'x', '+4915112345678', 'hi'], hanging)
    await came
    running.types('\x03')
    await running.shows('may have been sent')
    expect(await running.ended).toBe(130)
    server.close().closeAllConnections()
  })
})
