import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { invoke } from './in-process.ts'

let emulator: EmulatorServer
let env: Record<string, string>
const folder = mkdtempSync(join(tmpdir(), 'wamux-keys-'))
const url = 'https://example.com/hook'
const run = (...args: string[]) => invoke([...args, '--gateway', 'warest'], { env })

beforeAll(async () => {
  emulator = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  env = { ...emulator.gateways.warest.env, WAMUX_CONFIG_DIR: folder }
  await run('session', 'create', 'shop')
  await run('emulate', 'scan', 'shop')
  await run('session', 'wait-for', 'shop', '--interval', '20ms')
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true, force: true })
})

// WARest makes a key up for who gives none, and its answer tells it
it('the key that a gateway made up for a webhook is shown on request only', async () => {
  const create = async (...more: string[]) => {
    const ended = await run('webhook', 'create', 'shop', url, ...more)
    await run('webhook', 'delete', 'shop', url, '--yes')
    return ended
  }
  const said = await create()
  expect(said).toMatchObject({ code: 0, stdout: `id  ${url}\n`, stderr: expect.stringContaining('--show-secrets') })
  expect(JSON.parse((await create('--json')).stdout)).toMatchObject({ signed: true, secret: '[redacted]' })
  expect((await create('--show-secrets')).stdout).toMatch(/^id +https:\S+\nsecret +\w{6,}\n$/)
  expect(JSON.parse((await create('--json', '--show-secrets')).stdout)).toMatchObject({ secret: expect.stringMatching(/^\w{6,}$/) })
  const given = await create('--secret', `@${await keyFile()}`)
  expect(given).toMatchObject({ code: 0, stdout: `id  ${url}\n`, stderr: expect.not.stringContaining('--show-secrets') })
})

async function keyFile(): Promise<string> {
  const { writeFile } = await import('node:fs/promises')
  const file = join(folder, 'hook.key')
  await writeFile(file, 'a-key-of-mine')
  return file
}
