import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Has } from '@wamux/core'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

const FRIEND = '12025550101'
const OWN = '12025550100'
/** A message is delivered a moment after the gateway has taken it. */
const PATIENCE = { timeout: 20_000 }
const SECRET = 'a-secret-of-the-example'
const here = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'wamux-examples-'))
let server: EmulatorServer
let env: Record<string, string>
let wawpSession = ''

beforeAll(async () => {
  server = await serveEmulator()
  const { waha, warest, wawp } = server.gateways
  env = { PATH: `${join(here, 'node_modules/.bin')}${delimiter}${process.env.PATH}`, HOME: folder, NODE_NO_WARNINGS: '1' }
  for (const one of Object.values(server.gateways)) Object.assign(env, one.env)
  await server.emulator.control.phone({ phone: FRIEND })
  await pair('waha', createWaha({ baseUrl: waha.baseUrl, ...waha.credentials }), 'default', OWN)
  await pair('warest', createWarest({ baseUrl: warest.baseUrl, ...warest.credentials }), 'main', '12025550102')
  const first = createWawp({ baseUrl: wawp.baseUrl, ...wawp.credentials })
  wawpSession = await pair('wawp', first, undefined, '12025550103')
}, 60_000)
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

type Pairing = Has<'session.create' | 'session.start' | 'session.qr' | 'session.waitFor'>

/** A connected session, as a person makes one. */
async function pair(gateway: 'waha' | 'warest' | 'wawp', client: Pairing, name: string | undefined, phone: string): Promise<string> {
  const { session } = await client.session.create(name === undefined ? {} : { session: name })
  await client.session.start({ session })
  await vi.waitUntil(() => client.session.qr({ session }).catch(() => undefined), { timeout: 20_000 })
  await server.emulator.control.scan({ gateway, session, phone })
  await client.session.waitFor({ session, intervalMs: 50 })
  return session
}

/** Runs an example to its end, as a user would. */
async function run(file: string, ...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [`src/${file}`, ...words], { cwd: here, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

async function arrived(phone: string): Promise<string[]> {
  return (await server.emulator.control.messages({ phone })).map(({ text }) => text)
}

describe('examples', () => {
  it('send.ts sends, and says of a wrong number what is wrong', async () => {
    expect(await run('send.ts', `+${FRIEND}`, 'Your order is ready')).toMatchObject({ code: 0, err: '' })
    await expect.poll(() => arrived(FRIEND), PATIENCE).toContain('Your order is ready')
    expect(await run('send.ts', 'nobody', 'Hello')).toMatchObject({ code: 1, err: expect.stringContaining('invalid_request') })
  })

  it('switch-gateway.ts does the same on three gateways', async () => {
    for (const [id, session] of [
      ['waha', 'default'],
      ['warest', 'main'],
      ['wawp', wawpSession],
    ] as const) {
      const { out, err } = await run('switch-gateway.ts', id, session, `+${FRIEND}`)
      expect(`${out}${err}`).toMatch(new RegExp(`^${id} (sent|queued)\n$`))
    }
    await expect.poll(async () => (await arrived(FRIEND)).filter((text) => text === 'See you tomorrow at 10.'), PATIENCE).toHaveLength(3)
  })

  it.each(['webhook-hono.ts', 'webhook-express.ts'])('%s answers a person', async (file) => {
    const child = spawn(process.execPath, [`src/${file}`], {
      cwd: here,
      env: { ...env, WEBHOOK_SECRET: SECRET, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const { value: line } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
      const port = /\d+/.exec(String(line))?.[0]
      const { baseUrl, credentials } = server.gateways.waha
      const waha = createWaha({ baseUrl, ...credentials })
      const url = `http://127.0.0.1:${port}/webhooks/waha`
      await waha.webhook.create({ session: 'default', url, secret: SECRET })
      await waha.session.waitFor({ session: 'default', intervalMs: 50 })
      const before = (await arrived(FRIEND)).length
      await server.emulator.control.message({ from: FRIEND, to: OWN, text: 'opening hours' })
      await expect.poll(async () => (await arrived(FRIEND)).length, PATIENCE).toBeGreaterThan(before)
      await expect.poll(() => arrived(FRIEND), PATIENCE).toContain('Monday to Friday, 9 to 17.')
    } finally {
      child.kill()
      await once(child, 'exit')
    }
  })

  it('export-history.ts writes every message once', async () => {
    const { out, err } = await run('export-history.ts', `+${FRIEND}`)
    const lines = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id)
    expect(new Set(lines).size).toBe(lines.length)
    expect(err).toMatch(new RegExp(`^${lines.length} messages, \\d+ MB of memory\n$`))
    expect(lines.length).toBeGreaterThan(2)
  })

  it('reminders.ts sends each once, and nothing when it runs again', async () => {
    const list = join(folder, 'reminders.csv')
    writeFileSync(list, `order,phone,name\n1001,+${FRIEND},Ada\n1002,+${FRIEND},Ada\n`)
    Object.assign(env, { OUTBOX: join(folder, 'reminders.db'), INTERVAL_MS: '10' })
    expect(await run('reminders.ts', list)).toMatchObject({ code: 0, out: expect.stringContaining('2 new') })
    expect(await run('reminders.ts', list)).toMatchObject({ code: 0, out: expect.stringContaining('0 new') })
    await expect.poll(async () => (await arrived(FRIEND)).filter((text) => text.startsWith('Hello Ada')), PATIENCE).toHaveLength(2)
  })

  it('agent.ts finds, reads and calls an operation over MCP', async () => {
    const { code, out, err } = await run('agent.ts', `+${FRIEND}`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.match(/^\w+_operations?: /gm)).toHaveLength(3)
    await expect.poll(() => arrived(FRIEND), PATIENCE).toContain('The agent says hello.')
  })
})
