import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { firstLine, start, wamux } from './spawned.ts'

let emulator: EmulatorServer
let env: Record<string, string>
let folder: string

beforeAll(async () => {
  emulator = await serveEmulator()
  env = Object.assign({}, ...Object.values(emulator.gateways).map((gateway) => gateway.env))
  folder = await mkdtemp(join(tmpdir(), 'wamux-test-'))
})

afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true, force: true })
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** A server of its own for what the emulator does not do. */
async function serving(listener: RequestListener): Promise<Record<string, string>> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, WAMUX_WAHA_API_KEY: 'test-secret-key' }
}

const oneError = (stderr: string) => {
  expect(stderr.trimEnd()).not.toContain('\n')
  return JSON.parse(stderr) as Record<string, unknown>
}

describe('what issue 2 must show', () => {
  it.each([
    ['an unknown session', ['session', 'stop', 'nosuch', '--gateway', 'waha'], {}, 'not_found', 5],
    ['a wrong key', ['session', 'stop', 'nosuch', '--gateway', 'waha'], { WAMUX_WAHA_API_KEY: 'wrong-key' }, 'auth', 4],
    ['no server', ['session', 'stop', 'nosuch', '--gateway', 'waha'], { WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:9' }, 'network', 3],
    ['an absent verb', ['session', 'stop', 'x', '--gateway', 'warest'], { WAMUX_WAREST_BASE_URL: 'http://127.0.0.1:9' }, 'unsupported', 7],
    ['a wrong flag', ['session', 'stop', 'x', '--gateway', 'waha', '--forse'], {}, 'usage', 2],
    ['a bad number', ['message', 'send-text', 'x', 'me', 'hi', '--gateway', 'waha'], {}, 'invalid_request', 2],
  ])('%s', async (_name, args, more, kind, code) => {
    // port 9 is refused by fetch itself; a closed port of this machine is what is meant
    const closed = JSON.stringify(more).includes(':9"') ? await closedPort() : ''
    const wrong = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, value.replace('http://127.0.0.1:9', closed)]))
    const ended = await wamux([...args, '--json'], { ...env, ...wrong })
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(oneError(ended.stderr)).toMatchObject({ kind })
    const spoken = await wamux(args, { ...env, ...wrong })
    expect(spoken).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(/^error: .+\n/) })
    expect(spoken.stderr).not.toMatch(/wrong-key|\n\s+at /)
  })

  it('an absent verb needs no credentials to be told', async () => {
    const { code, stderr } = await wamux(['session', 'stop', 'x', '--gateway', 'warest'], {})
    expect(code).toBe(7)
    expect(stderr).toContain('WARest has no session.stop (engine down, phone stays paired)')
    expect(stderr).toContain('session.logout (unpairs the phone)')
  })

  it('a send whose answer is lost ends with 8, and invites nobody to repeat it', async () => {
    let requests = 0
    const lost = await serving((request) => {
      requests++
      request.resume().on('end', () => request.socket.destroy())
    })
    const args = ['message', 'send-text', 'default', '+4915112345678', 'hi']
    const ended = await wamux(args, lost)
    expect(ended).toMatchObject({ code: 8, stdout: '' })
    expect(ended.stderr).toContain('may have sent this')
    expect(ended.stderr).not.toMatch(/try again|retry/i)
    expect(requests).toBe(1)
    expect(oneError((await wamux([...args, '--json'], lost)).stderr)).toMatchObject({ kind: 'unknown_outcome', retryable: false })
  })
})

async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

describe('a session, from its creation to its end', () => {
  const waha = (...args: string[]) => wamux([...args, '--gateway', 'waha'], env)

  it('lives', async () => {
    expect(await waha('session', 'create', 'life', '--no-start')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Note: this can give others access .*\n$/),
      stdout: expect.stringContaining('stopped'),
    })
    expect((await waha('session', 'start', 'life')).code).toBe(0)
    expect((await waha('session', 'wait-for', 'life', '--state', 'pairing', '--interval', '50ms')).stdout).toContain('pairing (qr)')

    const qr = await waha('session', 'qr', 'life')
    expect(qr).toMatchObject({ code: 0, stderr: expect.stringContaining('Scan it with the phone') })
    expect(qr.stdout).toMatch(/^[█▀▄ \n]+$/)

    expect((await waha('emulate', 'scan', 'life', '--phone', '+12025550123')).stdout).toContain('+12025550123')
    const connected = await waha('session', 'wait-for', 'life', '--interval', '50ms', '--json')
    expect(JSON.parse(connected.stdout)).toMatchObject({ session: 'life', state: 'connected', me: { phone: '+12025550123' } })
    expect((await waha('session', 'list')).stdout).toMatch(
      /^SESSION\tSTATE\tACCOUNT\tPHONE\tNAME\nlife\tconnected\tok\t\+12025550123\t\w+\n$/,
    )

    const sent = await wamux(
      ['message', 'send-text', '--session', 'life', '--to', '+12025550199', '--text', '-', '--gateway', 'waha'],
      env,
      'Grüße 👍\n',
    )
    expect(sent).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('12025550199@c.us') })
    expect((await emulator.emulator.control.messages()).map(({ text }) => text)).toEqual(['Grüße 👍'])

    expect((await waha('session', 'stop', 'life')).stdout).toContain('stopped')
    expect(await waha('session', 'delete', 'life')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect(await waha('session', 'delete', 'life', '--yes')).toMatchObject({ code: 0, stdout: 'life is deleted\n' })
    expect(await waha('session', 'list')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('no session yet') })
  })

  it('is saved as a picture where the gateway has nothing else', async () => {
    const sparkbot = (...args: string[]) => wamux([...args, '--gateway', 'sparkbot'], env)
    const { session } = JSON.parse((await sparkbot('session', 'create', '--json')).stdout) as { session: string }
    await sparkbot('session', 'wait-for', session, '--state', 'pairing', '--interval', '50ms')
    expect(await sparkbot('session', 'qr', session)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('--out qr.svg') })
    const file = join(folder, 'qr.svg')
    const saved = await sparkbot('session', 'qr', session, '--out', file, '--json')
    expect(JSON.parse(saved.stdout)).toMatchObject({ session, image: { file, mimetype: 'image/svg+xml' } })
    expect(await readFile(file, 'utf8')).toContain('<svg')
  })
})

describe('wamux emulate', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says once that it is ready, and ends with 0 on %s', async (signal) => {
    const running = start(['emulate', '--port', '0', '--json'], {})
    const line = await firstLine(running)
    const ready = JSON.parse(line) as { event: string; gateways: Record<string, { env: Record<string, string> }> }
    expect(ready).toMatchObject({ event: 'ready', gateways: { waha: { baseUrl: expect.stringMatching(/^http:/) } } })
    const gatewayEnv = ready.gateways.waha?.env ?? {}
    // its environment is enough: one gateway is set up, and it is the one that is meant
    expect(await wamux(['session', 'list', '--json'], gatewayEnv)).toMatchObject({ code: 0, stderr: '' })
    running.child.kill(signal)
    expect(await running.ended).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' })
  })

  it('says what to type', async () => {
    const running = start(['emulate'], {})
    await firstLine(running)
    running.child.kill('SIGTERM')
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    expect(stdout).toContain('  export WAMUX_WAHA_API_KEY=')
    expect(stdout).toContain(' emulate scan default --gateway waha')
  })

  it('knows a port that is taken', async () => {
    const { port } = new URL(emulator.url)
    expect(await wamux(['emulate', '--port', port], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`Port ${port} is in use`),
    })
  })
})

describe('a process among others', () => {
  it('tells its version', async () => {
    expect((await wamux(['--version'], {})).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(JSON.parse((await wamux(['version', '--json'], {})).stdout)).toHaveProperty('wamux')
  })

  it.each([[['--help']], [['session', '--help']], [['session', 'reset', '--help']], [['emulate', '--help']]])('helps: %j', async (args) => {
    const { code, stdout, stderr } = await wamux(args, {})
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Examples?$/m)
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it.each([
    [['sesion'], 'Did you mean wamux session?'],
    [['session', 'stop', 'x', '--gatewy', 'waha'], 'Did you mean --gateway?'],
    [['session', 'list', '--gateway', 'wahaa'], 'Did you mean waha?'],
    [['session', 'list'], 'No gateway is set up'],
  ])('%j: %s', async (args, advice) => {
    expect(await wamux(args, {})).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(advice) })
  })

  it('says nothing when its reader leaves early', async () => {
    const running = start(['--help'], {})
    running.child.stdout.destroy()
    expect(await running.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('on Ctrl-C says whether it may have been sent, and ends with 130', async () => {
    let running: ReturnType<typeof start> | undefined
    const hanging = await serving((request) => {
      request.resume().on('end', () => running?.child.kill('SIGINT'))
    })
    running = start(['message', 'send-text', 'default', '+4915112345678', 'hi'], hanging)
    expect(await running.ended).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('may have been sent') })
  })

  it('shows no secret with --verbose, not even where the gateway echoes it', async () => {
    const echoing = await serving((request, response) => {
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end(JSON.stringify({ message: `bad key ${request.headers['x-api-key']}` }))
    })
    const { code, stdout, stderr } = await wamux(['session', 'restart', 'x', '--verbose', '--timeout', '400'], echoing)
    expect(code).toBe(1)
    expect(stderr).toContain('> POST ')
    expect(stdout + stderr).not.toContain('test-secret-key')
  })

  it('gives up when --timeout says so', async () => {
    const hanging = await serving(() => {})
    const ended = await wamux(['session', 'get', 'x', '--timeout', '200ms', '--json'], hanging)
    expect(ended.code).toBe(1)
    expect(oneError(ended.stderr)).toMatchObject({ kind: 'timeout', reached: 'maybe' })
  })
})
