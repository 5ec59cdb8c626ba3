import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ownPlugins } from '../../../test/own-plugins.ts'
import { run } from '../../main.ts'

let server: EmulatorServer
let folder: string

beforeEach(async () => {
  server = await serveEmulator()
  folder = mkdtempSync(join(tmpdir(), 'wamux-time-'))
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function wamux(...words: string[]) {
  const seen = { out: '', err: '' }
  const writer = (name: 'out' | 'err') => ({
    write(text: string | Uint8Array) {
      seen[name] += String(text)
    },
  })
  const terminal = { env: {}, stdin: new PassThrough(), stdout: writer('out'), stderr: writer('err') }
  const stop = new AbortController()
  const code = await run(words, { terminal, plugins: ownPlugins, signal: stop.signal })
  return { code, ...seen }
}

const here = () => ['--url', server.url]
const SCENARIO = 'phones: { ada: "+1 202 555 0101", ben: "+1 202 555 0102" }\nhistory:\n  - { from: ada, to: ben, text: Hi }\n'
const texts = async () => (await server.emulator.control.messages()).map(({ text }) => text)

describe('wamux emulate', () => {
  it('keeps a moment in a file that only its owner reads, and restores it', async () => {
    const file = join(folder, 'before.json')
    await server.emulator.control.scenario({ yaml: SCENARIO })
    expect(await wamux('emulate', 'snapshot', file, ...here())).toMatchObject({ code: 0 })
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    expect((await wamux('emulate', 'snapshot', ...here())).out).toContain('"format":"wamux-emulator/1"')
    expect(await wamux('emulate', 'reset', ...here())).toMatchObject({ code: 0, out: 'Everything is forgotten.\n' })
    expect(await texts()).toEqual([])
    expect((await wamux('emulate', 'restore', file, ...here())).out).toMatch(/^Restored\. It is 20\d\d-/)
    expect(await texts()).toEqual(['Hi'])
  })

  it('says what is wrong with a file', async () => {
    const file = join(folder, 'x.json')
    expect(await wamux('emulate', 'restore', file, ...here())).toMatchObject({ code: 2, err: expect.stringContaining('ENOENT') })
    writeFileSync(file, 'no')
    expect(await wamux('emulate', 'restore', file, ...here())).toMatchObject({ code: 2, err: expect.stringContaining('is no snapshot') })
    writeFileSync(file, '{}')
    expect((await wamux('emulate', 'restore', file, ...here())).err).toContain('format: expected a snapshot')
    expect((await wamux('emulate', 'snapshot', join(folder, 'no', 'such.json'), ...here())).err).toContain('cannot be written')
  })

  it('begins anew with a scenario, or names file, line and field', async () => {
    const file = join(folder, 'a.yaml')
    writeFileSync(file, SCENARIO)
    expect(await wamux('emulate', 'reset', '--scenario', file, ...here())).toMatchObject({ code: 0 })
    expect(await texts()).toEqual(['Hi'])
    writeFileSync(file, 'phones:\n  ada: 12\n  ben: { numbr: 1 }\n')
    const { code, err } = await wamux('emulate', 'reset', '--scenario', file, ...here())
    expect(code).toBe(2)
    expect(err).toContain(`${file} is no valid scenario:`)
    expect(err).toContain('line 3, column 10: phones.ben.numbr: unknown; expected one of number')
    const served = await wamux('emulate', '--port', '0', '--scenario', file)
    expect(served).toMatchObject({ code: 2, err: expect.stringContaining('line 3, column 10: phones.ben.numbr') })
  })

  it('stops, advances and starts time', async () => {
    expect((await wamux('emulate', 'clock', ...here())).out).toMatch(/^It is .*Z\.\n$/)
    expect((await wamux('emulate', 'clock', 'pause', ...here())).out).toContain('time stands still')
    const { now } = await server.emulator.control.clock()
    await server.emulator.control.scenario({ scenario: { paused: true } })
    await wamux('emulate', 'clock', '20m', ...here())
    expect((await server.emulator.control.clock()).now).toBeGreaterThanOrEqual(now + 1_200_000)
    expect((await wamux('emulate', 'clock', 'idle', ...here())).out).toMatch(/^Nothing waits any more/)
    expect((await wamux('emulate', 'clock', 'resume', ...here())).out).not.toContain('stands')
    expect(await wamux('emulate', 'clock', 'soon', ...here())).toMatchObject({ code: 2, err: expect.stringContaining('2m, 1h') })
  })

  it('prints the transcript of a namespace', async () => {
    await server.emulator.namespace('one').control.scenario({ yaml: SCENARIO })
    const { out } = await wamux('emulate', 'transcript', '--url', `${server.url}/@one/waha`)
    const lines = out.trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toContain('message')
    expect((await wamux('emulate', 'transcript', ...here())).out).toBe('')
  })
})
