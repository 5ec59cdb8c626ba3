import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, updateConfig, withLock, writePrivate } from '../src/gateway/profile-store.ts'
import { storeSecrets } from '../src/gateway/secrets.ts'
import { invoke } from './in-process.ts'
import { wamux } from './spawned.ts'

let folder: string
let env: Record<string, string>
const file = (name: string) => join(folder, name)
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'wamux-at-once-')), 'wamux')
  env = { WAMUX_CONFIG_DIR: folder, WAMUX_SECRETS: 'file' }
})
afterEach(() => rmSync(join(folder, '..'), { recursive: true }))

const add = (name: string) => [
  'profile',
  'add',
  name,
  '--gateway',
  'waha',
  '--base-url',
  'http://127.0.0.1:1',
  '--secrets-stdin',
  '--no-test',
]

describe('wamux profile add', () => {
  it('loses no secret when many run at once', async () => {
    const names = [...Array(8).keys()].map((number) => `p${number}`)
    const ended = await Promise.all(names.map((name) => wamux(add(name), env, `key-of-${name}`)))
    expect(ended.map(({ code, stderr }) => (code === 0 ? 0 : stderr))).toEqual(names.map(() => 0))
    expect(JSON.parse(readFileSync(file('secrets.json'), 'utf8'))).toEqual(
      Object.fromEntries(names.map((name) => [name, { apiKey: `key-of-${name}` }])),
    )
    expect(Object.keys(readConfig(env).profiles).sort()).toEqual(names)
    expect(readdirSync(folder).sort()).toEqual(['config.json', 'secrets.json'])
  })

  it('takes rights of others away, and says so', async () => {
    await invoke(add('a'), { env, stdin: 'key-a' })
    chmodSync(file('secrets.json'), 0o666)
    expect(await invoke(add('b'), { env, stdin: 'key-b' })).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('could be read by others'),
    })
    expect(statSync(file('secrets.json')).mode & 0o777).toBe(0o600)
    expect((await invoke(add('c'), { env, stdin: 'key-c' })).stderr).not.toContain('could be read by others')
  })
})

describe('a file of the configuration', () => {
  it('is never written through a link that somebody has put there', () => {
    mkdirSync(folder)
    writeFileSync(file('target'), 'theirs')
    symlinkSync(file('target'), file('secrets.json'))
    writePrivate(file('secrets.json'), 'ours')
    expect(readFileSync(file('target'), 'utf8')).toBe('theirs')
    expect(readFileSync(file('secrets.json'), 'utf8')).toBe('ours')
  })

  it('is changed although a wamux has ended without removing its lock', () => {
    mkdirSync(folder)
    writeFileSync(file('config.json.lock'), '')
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(file('config.json.lock'), longAgo, longAgo)
    updateConfig(env, (config) => ({ ...config, default: 'x' }))
    expect(readConfig(env).default).toBe('x')
    expect(readdirSync(folder)).toEqual(['config.json'])
  })

  it('is not locked any more when a change fails', async () => {
    expect(() =>
      withLock(file('config.json'), () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(await storeSecrets(env, 'constructor', { apiKey: 'k' })).toBe('file')
    expect(JSON.parse(readFileSync(file('secrets.json'), 'utf8'))).toEqual({ constructor: { apiKey: 'k' } })
  })
})
