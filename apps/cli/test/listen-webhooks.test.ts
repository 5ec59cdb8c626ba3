import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { GatewayEvent } from '@wamux/core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { oneByOne } from '../src/commands/listen/webhook-server.ts'
import { run } from '../src/main.ts'
import { type EchoServer, serveEcho } from './echo-server.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'

const SECRET = 'webhook-secret-4711'
const TOKEN = 'forward-token-4711'

interface Listening {
  readonly url: string
  readonly out: { stdout: string; stderr: string }
  post(body: object): Promise<number>
  end(): Promise<number>
}

/** `wamux listen --port 0` for WAHA. */
async function listen(...flags: string[]): Promise<Listening> {
  const out = { stdout: '', stderr: '' }
  const stop = new AbortController()
  const output = (name: keyof typeof out) => ({
    write(text: string | Uint8Array) {
      out[name] += String(text)
    },
  })
  const env = { WAMUX_WEBHOOK_SECRET: SECRET, WAMUX_CONFIG_DIR: folder }
  const terminal = { env, stdin: new PassThrough(), stdout: output('stdout'), stderr: output('stderr') }
  const ended = run(['listen', '--port', '0', '--gateway', 'waha', ...flags], { terminal, plugins: ownPlugins, signal: stop.signal })
  while (!/http:\/\/127\.0\.0\.1:\d+\//.test(out.stderr)) {
    await Promise.race([
      new Promise((resolve) => setTimeout(resolve, 10)),
      ended.then((code) => Promise.reject(new Error(`${code} ${out.stderr}`))),
    ])
  }
  const [url = ''] = /http:\/\/127\.0\.0\.1:\d+\//.exec(out.stderr) ?? []
  return {
    url,
    out,
    async post(event) {
      const body = JSON.stringify(event)
      const headers = {
        'content-type': 'application/json',
        'x-webhook-hmac': createHmac('sha512', SECRET).update(body).digest('hex'),
        'x-webhook-hmac-algorithm': 'sha512',
        'x-webhook-timestamp': String(Date.now()),
      }
      return (await fetch(url, { method: 'POST', headers, body })).status
    },
    end() {
      stop.abort()
      return ended
    },
  }
}

const delivery = (id: string) => ({
  id,
  timestamp: Date.now(),
  event: 'session.status',
  session: 'default',
  payload: { name: 'default', status: 'WORKING' },
})

let target: EchoServer
let folder: string
beforeEach(async () => {
  target = await serveEcho()
  folder = mkdtempSync(join(tmpdir(), 'wamux-listen-'))
})
afterEach(async () => {
  await target.close()
  rmSync(folder, { recursive: true })
})

describe('wamux listen --port', () => {
  it('answers 2xx for what was printed and forwarded, and 5xx for what was not', async () => {
    const listening = await listen('--forward-to', `${target.url}/${TOKEN}?token=${TOKEN}`)
    expect(await listening.post(delivery('a'))).toBe(204)
    expect(target.came.length).toBe(1)
    target.answer = () => ({ status: 503 })
    expect(await listening.post(delivery('b'))).toBe(500)
    target.answer = () => ({})
    // the gateway delivers it again
    expect(await listening.post(delivery('b'))).toBe(204)
    expect(target.came.length).toBe(3)
    await listening.end()
    expect(listening.out.stdout.split('\n').length).toBeGreaterThanOrEqual(3)
    expect(listening.out.stdout + listening.out.stderr).not.toContain(TOKEN)
    expect(listening.out.stderr).toContain(`${new URL(target.url).origin}/…`)
  })

  it('answers no 2xx before the event was handled', async () => {
    let release = () => {}
    const waiting = new Promise<void>((resolve) => {
      release = resolve
    })
    const listening = await listen('--forward-to', target.url)
    const slow = await serveSlow(waiting)
    const other = await listen('--forward-to', slow.url)
    let answered: number | undefined
    const asked = other.post(delivery('slow')).then((status) => {
      answered = status
    })
    expect(await listening.post(delivery('quick'))).toBe(204)
    expect(answered).toBeUndefined()
    release()
    await asked
    expect(answered).toBe(204)
    await Promise.all([other.end(), listening.end()])
    await slow.close()
  })

  it('refuses --unsigned together with a secret, and an address that is none without repeating it', async () => {
    const env = { WAMUX_WEBHOOK_SECRET: SECRET }
    const both = await invoke(['listen', '--port', '0', '--unsigned', '--gateway', 'waha'], { env })
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('contradict') })
    expect(both.stderr).not.toContain(SECRET)
    for (const address of [`ftp://x/${TOKEN}`, TOKEN, `http//${TOKEN}`]) {
      const wrong = await invoke(['listen', '--port', '0', '--gateway', 'waha', '--forward-to', address], { env })
      expect(wrong.code).toBe(2)
      expect(wrong.stderr).not.toContain(TOKEN)
    }
  })
})

async function serveSlow(until: Promise<void>): Promise<{ url: string; close(): Promise<void> }> {
  const { createServer } = await import('node:http')
  const server = createServer(async (request, response) => {
    request.resume()
    await until
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

describe('events that wait', () => {
  const event = (id: number) => ({ id: String(id) }) as GatewayEvent

  it('are handled one after the other, in their order, and are at most 100', async () => {
    const handled: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    let atOnce = 0
    const take = oneByOne(async ({ id }) => {
      atOnce += 1
      expect(atOnce).toBe(1)
      await gate
      handled.push(id)
      atOnce -= 1
      return true
    }, new AbortController().signal)
    const results = Promise.allSettled([...Array(1_000).keys()].map((number) => take(event(number))))
    release()
    const statuses = (await results).map(({ status }) => status)
    expect(statuses.filter((one) => one === 'fulfilled').length).toBe(100)
    expect(handled).toEqual([...Array(100).keys()].map(String))
    await take(event(7))
    expect(handled.length).toBe(101)
  })

  it('are not said to be handled when wamux ends', async () => {
    const stop = new AbortController()
    const take = oneByOne(async () => {
      stop.abort()
      return true
    }, stop.signal)
    expect((await Promise.allSettled([take(event(1)), take(event(2))])).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
  })
})
