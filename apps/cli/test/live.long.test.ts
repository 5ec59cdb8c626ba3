import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { hmacHex } from '@wamux/core/webhooks'
import { connectControl } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signatureHeaders } from '../src/event/forward.ts'
import { firstLine, type Running, start, wamux } from './spawned.ts'

let emulator: EmulatorServer
let env: Record<string, string>
let folder: string

beforeAll(async () => {
  emulator = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  folder = await mkdtemp(join(tmpdir(), 'wamux-live-'))
  env = Object.assign({ HOME: folder }, ...Object.values(emulator.gateways).map((gateway) => gateway.env))
  for (const gateway of ['waha', 'warest']) {
    await wamux(['session', 'create', 'default', '--gateway', gateway], env)
    await wamux(['emulate', 'scan', 'default', '--gateway', gateway], env)
    await wamux(['session', 'wait-for', 'default', '--gateway', gateway, '--interval', '50ms'], env)
  }
}, 60_000)

afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true, force: true })
})

interface Posted {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A program that events are forwarded to. */
async function receiver(status = 200) {
  const posted: Posted[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    posted.push({ headers: request.headers, body })
    response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { posted, url: `http://127.0.0.1:${port}/hook`, close: () => server.close().closeAllConnections() }
}

/** Waits for a text on stderr. */
async function told(running: Running, text: string): Promise<void> {
  let seen = ''
  await new Promise<void>((resolve, reject) => {
    running.child.stderr.on('data', (more: string) => {
      seen += more
      if (seen.includes(text)) resolve()
    })
    void running.ended.then(({ stderr }) => reject(new Error(`ended: ${stderr}`)))
  })
}

async function until(done: () => boolean): Promise<void> {
  for (let looks = 0; !done(); looks++) {
    if (looks > 600) throw new Error('it did not come')
    await pause(50)
  }
}

const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

describe('wamux listen', () => {
  it.each([
    ['waha', ['--via', 'socket']],
    ['waha', ['--via', 'poll', '--interval', '200ms']],
    ['warest', ['--interval', '200ms']],
  ])('of %s %j tells what trigger makes happen, and forwards it signed', async (gateway, way) => {
    const { posted, url, close } = await receiver()
    const args = [
      'listen',
      'default',
      '--gateway',
      gateway,
      '--events',
      'message.received',
      '--output',
      'ndjson',
      '--forward-to',
      url,
      ...way,
    ]
    const listening = start(args, env)
    await told(listening, 'Listening to default')
    // it may have to connect first
    await pause(500)
    const text = `Hello ${gateway} ${way.join(' ')}`
    expect(await wamux(['trigger', 'message.received', 'default', '--gateway', gateway, '--text', text], env)).toMatchObject({ code: 0 })
    // times of messages have whole seconds, so a message of the test before may come, too
    await until(() => posted.some(({ body }) => body.includes(text)))
    listening.child.kill('SIGINT')
    const { code, stdout } = await listening.ended
    expect(code).toBe(0)
    const event = linesOf(stdout).find(({ data }) => JSON.stringify(data).includes(text))
    expect(event).toMatchObject({ type: 'message.received', gateway, session: 'default', data: { message: { text, fromMe: false } } })
    const first = posted.find(({ body }) => body.includes(text))
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ type: 'message.received' })
    const secret = (await wamux(['listen', '--print-secret'], env)).stdout.trim()
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = first?.headers ?? {}
    expect(await signatureHeaders(secret, { id: decodeURI(String(id)) }, first?.body ?? '', Number(time) * 1_000)).toMatchObject({
      'webhook-signature': signature,
    })
    close()
  })

  it('--all hears of every session', async () => {
    const listening = start(['listen', '--all', '--gateway', 'waha', '--events', 'message.received', '--output', 'ndjson'], env)
    await told(listening, 'Listening to all sessions')
    const text = `all-${Date.now()}`
    let heard = ''
    listening.child.stdout.on('data', (more: string) => {
      heard += more
    })
    await pause(500)
    expect((await wamux(['trigger', 'message.received', '--text', text, '--gateway', 'waha'], env)).code).toBe(0)
    await until(() => heard.includes(text))
    listening.child.kill('SIGINT')
    expect((await listening.ended).code).toBe(0)
    expect(linesOf(heard)[0]).toMatchObject({ type: 'message.received', session: 'default' })
  })

  it('keeps one secret, which only its owner can read', async () => {
    const [one, two] = await Promise.all([wamux(['listen', '--print-secret'], env), wamux(['listen', '--print-secret'], env)])
    expect(one.stdout).toMatch(/^whsec_[\w+/=]{32}\n$/)
    expect(two.stdout).toBe(one.stdout)
    expect((await stat(join(folder, '.config', 'wamux', 'listen.json'))).mode & 0o777).toBe(0o600)
  })

  it('takes webhooks on a port, and only those that are signed', async () => {
    const secret = 'hook-secret-9'
    const listening = start(['listen', '--gateway', 'waha', '--port', '0', '--output', 'ndjson'], { ...env, WAMUX_WEBHOOK_SECRET: secret })
    const line = firstLine(listening)
    let address = ''
    listening.child.stderr.on('data', (more: string) => {
      address ||= /http:\S+/.exec(more)?.[0] ?? ''
    })
    await until(() => address !== '')
    const body = JSON.stringify({
      id: 'evt_1',
      timestamp: Date.now(),
      event: 'session.status',
      session: 'main',
      payload: { status: 'WORKING' },
    })
    const post = async (key: string) => {
      const headers = { 'x-webhook-hmac': await hmacHex('sha512', key, body) }
      return (await fetch(address, { method: 'POST', body, headers })).status
    }
    expect([await post('wrong'), await post(secret), await post(secret)]).toEqual([401, 204, 204])
    expect(JSON.parse(await line)).toMatchObject({ type: 'session.status', session: 'main', data: { state: 'connected' } })
    listening.child.kill('SIGINT')
    const { code, stdout, stderr } = await listening.ended
    expect([code, linesOf(stdout).length]).toEqual([0, 1])
    expect(stdout + stderr).not.toContain(secret)
  })

  it('takes the only session that there is, and names it', async () => {
    const listening = start(['listen', '--gateway', 'waha'], env)
    await told(listening, 'Listening to default')
    listening.child.kill('SIGINT')
    expect((await listening.ended).code).toBe(0)
  })

  it.each([
    [['listen', 'nosuch', '--gateway', 'waha'], {}, 5, 'no session "nosuch"'],
    [['listen', 'default', '--gateway', 'waha', '--events', 'message.recieved'], {}, 2, 'Did you mean message.received?'],
    [['listen', 'default', '--gateway', 'waha', '--forward-to', 'here'], {}, 2, '--forward-to takes an http(s) address'],
    [['listen', '--gateway', 'waha', '--port', '0'], {}, 2, 'WAMUX_WEBHOOK_SECRET is missing'],
    [['listen', '--gateway', 'wawp', '--port', '0'], { WAMUX_WEBHOOK_SECRET: 'x' }, 2, 'How does Wawp sign?'],
    [['listen', '--gateway', 'warest', '--port', '0', '--unsigned'], {}, 2, 'WARest signs every delivery'],
    [['listen', 'default', '--gateway', 'warest', '--via', 'socket'], {}, 7, 'no event socket'],
    [['trigger', 'message.recieved', '--gateway', 'waha'], {}, 2, 'Did you mean message.received?'],
    [['trigger', 'message.received', 'nosuch', '--gateway', 'waha'], {}, 2, 'It has default'],
    [['trigger', 'message.received', '--gateway', 'waha', '--url', 'http://127.0.0.1:47'], {}, 2, 'There is no emulator'],
  ] as const)('%j', async (args, more, code, text) => {
    const ended = await wamux(args, { ...env, ...more })
    expect(ended).toMatchObject({ code, stdout: '' })
    expect(ended.stderr).toContain(text)
  })
})

describe('wamux trigger', () => {
  it.each(['message.reaction', 'message.edited', 'message.revoked', 'call.received', 'group.joined', 'presence.updated'])(
    '%s',
    async (event) => {
      const listening = start(['listen', 'default', '--gateway', 'waha', '--events', event, '--output', 'ndjson'], env)
      await told(listening, 'Listening')
      await pause(500)
      // who is online is told only to those who asked for it
      if (event === 'presence.updated') await wamux(['presence', 'subscribe', 'default', '+12025550199', '--gateway', 'waha'], env)
      const line = firstLine(listening)
      expect(await wamux(['trigger', event, '--gateway', 'waha'], env)).toMatchObject({ code: 0, stderr: '' })
      expect(JSON.parse(await line)).toMatchObject({ type: event, session: 'default' })
      listening.child.kill('SIGINT')
      await listening.ended
    },
  )
})

describe('wamux events replay', () => {
  const event = {
    id: 'evt_1',
    gateway: 'waha',
    session: 'default',
    type: 'session.status',
    vendorType: 'x',
    at: 1_000,
    dedupeKey: 'k',
    data: { state: 'connected' },
    raw: {},
  }

  it('tells and forwards what was saved, and says when that did not go well', async () => {
    const file = join(folder, 'events.ndjson')
    await writeFile(file, `${JSON.stringify(event)}\n\n${JSON.stringify({ ...event, id: 'evt_2', type: 'unknown', data: {} })}\n`)
    const { posted, url, close } = await receiver()
    const ended = await wamux(['events', 'replay', file, '--forward-to', url, '--events', 'session.status'], env)
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringContaining('session.status') })
    expect(posted.map(({ body }) => JSON.parse(body))).toEqual([event])
    close()
    const piped = await wamux(['events', 'replay', '-', '--output', 'ndjson'], env, await readFile(file, 'utf8'))
    expect(linesOf(piped.stdout).map(({ id }) => id)).toEqual(['evt_1', 'evt_2'])
    const refusing = await receiver(500)
    expect(await wamux(['events', 'replay', file, '--forward-to', refusing.url], env)).toMatchObject({ code: 1 })
    refusing.close()
  })

  it.each([
    ['nothing there', 'none.ndjson', 'cannot be read (ENOENT)'],
    ['no JSON', '-', 'Line 1 is no JSON'],
  ])('%s', async (_, file, text) => {
    const ended = await wamux(['events', 'replay', file === '-' ? '-' : join(folder, file)], env, 'x\n')
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(text) })
  })
})

describe('wamux session supervise', () => {
  it('restarts what has failed, and tells it', async () => {
    await connectControl(emulator.url).unlink({ gateway: 'waha', session: 'default' })
    const running = start(['session', 'supervise', '--gateway', 'waha', '--interval', '100ms', '--output', 'ndjson'], env)
    expect(JSON.parse(await firstLine(running))).toMatchObject({ session: 'default', action: 'restarted', state: 'failed' })
    running.child.kill('SIGINT')
    expect(await running.ended).toMatchObject({ code: 0 })
  })

  it('stops nothing where there is no stop', async () => {
    const ended = await wamux(['session', 'supervise', '--gateway', 'warest', '--stop-idle', '1h'], env)
    expect(ended).toMatchObject({ code: 7, stdout: '' })
  })
})
