import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { wamux } from './spawned.ts'

interface Check {
  readonly check: string
  readonly status: string
  readonly about: string
  readonly next?: string
}

let emulator: EmulatorServer
let env: Record<string, string>
let folder: string

beforeAll(async () => {
  emulator = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  folder = await mkdtemp(join(tmpdir(), 'wamux-doctor-'))
  env = { HOME: folder, ...emulator.gateways.waha.env }
})

afterAll(async () => {
  await emulator.close()
  await rm(folder, { recursive: true, force: true })
})

async function checks(args: readonly string[], more: Record<string, string> = {}): Promise<{ code: number | null; found: Check[] }> {
  const { code, stdout } = await wamux(['doctor', '--json', ...args], { ...env, ...more })
  return { code, found: JSON.parse(stdout) as Check[] }
}

it('is content with what is in order, and asks nobody when told so', async () => {
  const { code, found } = await checks([])
  expect(code).toBe(0)
  expect(found.filter(({ status }) => status === 'fail')).toEqual([])
  expect(found).toContainEqual(expect.objectContaining({ check: 'waha: access', status: 'ok' }))
  const offline = await checks(['--offline'], { WAMUX_WAHA_BASE_URL: 'http://127.0.0.1:47' })
  expect(offline.code).toBe(0)
  expect(offline.found.map(({ check }) => check)).not.toContain('waha: access')
})

it('tells how sessions and webhooks are, and what to do', async () => {
  const waha = ['--gateway', 'waha']
  await wamux(['session', 'create', 'shop', ...waha], env)
  const waiting = (await checks([])).found.find(({ check }) => check === 'waha: session shop')
  expect(waiting).toMatchObject({ status: 'warn', about: 'shop is pairing (qr)', next: 'wamux session qr shop --gateway waha' })
  await wamux(['emulate', 'scan', 'shop', ...waha], env)
  await wamux(['session', 'wait-for', 'shop', '--interval', '50ms', ...waha], env)
  await wamux(['webhook', 'create', 'shop', 'https://hook.invalid/a', ...waha], env)
  await wamux(['session', 'wait-for', 'shop', '--interval', '50ms', ...waha], env)
  const { found, code } = await checks([])
  expect(code).toBe(0)
  expect(found).toContainEqual(expect.objectContaining({ check: 'waha: session shop', status: 'ok' }))
  expect(found).toContainEqual(
    expect.objectContaining({
      check: 'waha: webhooks of shop',
      status: 'warn',
      about: 'deliveries to https://hook.invalid are not signed',
    }),
  )
})

it('fails for wrong credentials, and shows none', async () => {
  const { code, found } = await checks([], { WAMUX_WAHA_API_KEY: 'wrong-key-0815' })
  expect(code).toBe(1)
  expect(found.find(({ check }) => check === 'waha: access')).toMatchObject({ status: 'fail' })
  expect(JSON.stringify(found)).not.toContain('wrong-key-0815')
})

it('works when the configuration does not, and minds who can read it', async () => {
  const config = join(folder, 'broken')
  await mkdir(config, { recursive: true })
  await writeFile(join(config, 'config.json'), '{ "version": ')
  await writeFile(join(config, 'secrets.json'), '{}')
  await chmod(join(config, 'secrets.json'), 0o644)
  const { code, found } = await checks([], { WAMUX_CONFIG_DIR: config })
  expect(code).toBe(1)
  expect(found).toContainEqual(expect.objectContaining({ check: 'configuration', status: 'fail' }))
  expect(found).toContainEqual(expect.objectContaining({ check: 'secrets', status: 'fail' }))
  expect(found).toContainEqual(expect.objectContaining({ check: 'waha: access', status: 'ok' }))
})

it('warns of plain HTTP to other machines', async () => {
  // the address is reserved, and nothing answers there
  const { found } = await checks(['--gateway', 'waha'], { WAMUX_WAHA_BASE_URL: 'http://gateway.invalid' })
  expect(found.find(({ check }) => check === 'waha: encryption') ?? found.find(({ check }) => check === 'waha: access')).toMatchObject({
    status: expect.stringMatching(/warn|fail/),
  })
})

it('tells it to people too', async () => {
  const { code, stdout } = await wamux(['doctor', '--offline'], env)
  expect(code).toBe(0)
  expect(stdout).toMatch(/✓ node {2}Node \d+/)
  expect(stdout).toContain('All is well.')
})
