import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder, configFolder } from '../src/gateway/config-folders.ts'
import { secretsAreOpen } from '../src/gateway/secrets.ts'
import { invoke } from './in-process.ts'

let emulator: EmulatorServer
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  emulator = await serveEmulator()
})
afterAll(() => emulator.close())
beforeEach(() => {
  if (folder) rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'wamux-profiles-'))
  // the keychain of whoever runs the tests is left alone
  env = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'xdg'), WAMUX_SECRETS: 'file' }
})
afterAll(() => rmSync(folder, { recursive: true }))

const wamux = (args: string[], stdin?: string, more = {}) =>
  invoke(args, { env: { ...env, ...more }, ...(stdin === undefined ? {} : { stdin }) })
const baseUrl = (gateway: string) => emulator.gateways[gateway as 'waha'].baseUrl
const credential = (gateway: string, variable: string) => emulator.gateways[gateway as 'waha'].env[variable] ?? ''
const addShop = (name = 'shop', ...more: string[]) =>
  wamux(
    ['profile', 'add', name, '--gateway', 'waha', '--base-url', baseUrl('waha'), '--secrets-stdin', ...more],
    credential('waha', 'WAMUX_WAHA_API_KEY'),
  )
const file = (name: string) => join(folder, 'xdg', 'wamux', name)

describe('wamux profile add', () => {
  it('tries the credentials, keeps them apart from the rest, and readable by nobody else', async () => {
    const { code, stdout, stderr } = await addShop()
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'shop is kept and in use\n' })
    expect(stderr).toContain('WAHA takes these credentials and has 0 sessions.')
    expect(stderr).toContain('As WAMUX_SECRETS says: the secret is in')
    expect(readFileSync(file('config.json'), 'utf8')).not.toContain(credential('waha', 'WAMUX_WAHA_API_KEY'))
    expect(JSON.parse(readFileSync(file('secrets.json'), 'utf8'))).toEqual({ shop: { apiKey: credential('waha', 'WAMUX_WAHA_API_KEY') } })
    for (const name of ['config.json', 'secrets.json']) expect(statSync(file(name)).mode & 0o777).toBe(0o600)
    expect(secretsAreOpen(env)).toBe(false)
    chmodSync(file('secrets.json'), 0o644)
    expect(secretsAreOpen(env)).toBe(true)
    // it is used, and closed to others again, which is said once
    expect(await wamux(['session', 'list', '--json'])).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('could be read by others'),
    })
    expect(secretsAreOpen(env)).toBe(false)
    expect(await wamux(['session', 'list', '--json'])).toMatchObject({ code: 0, stderr: '' })
  })

  it('keeps nothing that the gateway refuses', async () => {
    const { code, stderr } = await wamux(
      ['profile', 'add', 'shop', '--gateway', 'waha', '--base-url', baseUrl('waha'), '--secrets-stdin'],
      'wrong-secret-key',
    )
    expect(code).toBe(4)
    expect(stderr).not.toContain('wrong-secret-key')
    expect(existsSync(file('config.json'))).toBe(false)
  })

  it('takes several secrets by name, plain credentials as flags, and both from the environment', async () => {
    const id = credential('wawp', 'WAMUX_WAWP_INSTANCE_ID')
    const token = credential('wawp', 'WAMUX_WAWP_ACCESS_TOKEN')
    const args = ['profile', 'add', 'cloud', '--gateway', 'wawp', '--no-test', '--base-url', baseUrl('wawp')]
    expect((await wamux([...args, '--set', `instanceId=${id || 'i-1'}`, '--secrets-stdin'], `accessToken=${token}\n`)).code).toBe(0)
    expect(JSON.parse(readFileSync(file('config.json'), 'utf8')).profiles.cloud).toMatchObject({
      gateway: 'wawp',
      credentials: { instanceId: id || 'i-1' },
    })
    expect(
      (await wamux([...args, '--from-env'], undefined, { WAMUX_WAWP_INSTANCE_ID: 'i-2', WAMUX_WAWP_ACCESS_TOKEN: 'token-2' })).code,
    ).toBe(0)
    expect(JSON.parse(readFileSync(file('secrets.json'), 'utf8')).cloud).toEqual({ accessToken: 'token-2' })
  })

  it.each([
    ['a secret on the command line', ['--set', 'apiKey=oh-no-secret'], undefined, 'command lines are seen by others'],
    ['an unknown credential', ['--set', 'nope=1'], undefined, 'WAHA has apiKey'],
    ['a missing secret', [], undefined, '--secrets-stdin'],
    ['no address', ['--base-url', 'localhost:3000', '--secrets-stdin'], 'key', 'no http(s) address'],
    ['an address with a password', ['--base-url', 'http://a:b@host', '--secrets-stdin'], 'key', 'no user'],
  ])('refuses %s', async (_what, flags, stdin, words) => {
    const { code, stdout, stderr } = await wamux(['profile', 'add', 'x', '--gateway', 'waha', '--no-test', ...flags], stdin)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(words)
    expect(stderr).not.toContain('oh-no-secret')
  })

  it('refuses a name that is none', async () => {
    expect((await wamux(['profile', 'add', '../evil', '--gateway', 'waha', '--no-test', '--secrets-stdin'], 'k')).code).toBe(2)
    expect((await wamux(['profile', 'add', '__proto__', '--gateway', 'waha', '--no-test', '--secrets-stdin'], 'k')).code).toBe(2)
  })
})

describe('several profiles', () => {
  it('are listed, chosen, shown and forgotten', async () => {
    await addShop('one', '--no-test')
    await addShop('two', '--no-test')
    expect(JSON.parse((await wamux(['profile', 'list', '--json=name,inUse'])).stdout)).toEqual([
      { name: 'one', inUse: true },
      { name: 'two', inUse: false },
    ])
    expect((await wamux(['profile', 'use', 'two'])).code).toBe(0)
    const shown = await wamux(['profile', 'show', '--json'])
    expect(JSON.parse(shown.stdout)).toMatchObject({
      name: 'two',
      gateway: 'waha',
      inUse: true,
      secrets: 'file',
      file: file('config.json'),
    })
    expect(shown.stdout).not.toContain(credential('waha', 'WAMUX_WAHA_API_KEY'))
    expect(await wamux(['profile', 'use', 'tow'])).toMatchObject({ code: 2, stderr: expect.stringContaining('There are one, two.') })
    expect(await wamux(['profile', 'remove', 'two'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') })
    expect((await wamux(['profile', 'remove', 'two', '--yes'])).code).toBe(0)
    expect(JSON.parse(readFileSync(file('secrets.json'), 'utf8'))).toEqual({ one: expect.anything() })
    expect((await wamux(['profile', 'list', '--output', 'csv'])).stdout).toMatch(/^name,.*\r\none,/)
  })

  it('that have lost their secret say how to give it again', async () => {
    await addShop()
    rmSync(file('secrets.json'))
    expect(await wamux(['session', 'list'])).toMatchObject({ code: 2, stderr: expect.stringContaining('wamux profile add shop') })
    expect(
      (await wamux(['session', 'list'], undefined, { WAMUX_PROFILE: 'shop', WAMUX_WAHA_API_KEY: credential('waha', 'WAMUX_WAHA_API_KEY') }))
        .code,
    ).toBe(0)
  })
})

describe('a configuration that is broken', () => {
  it.each(['{"version":1', '[]', '{"version":2,"profiles":{}}', '{"version":1,"profiles":{"a":null}}'])(
    '%j is named, and nothing of it is shown',
    async (text) => {
      await addShop('one', '--no-test')
      writeFileSync(file('config.json'), text)
      const { code, stderr } = await wamux(['session', 'list'])
      expect(code).toBe(2)
      expect(stderr).toContain(file('config.json'))
      // what needs none works
      expect((await wamux(['plugins'])).code).toBe(0)
      expect(
        (
          await wamux(['session', 'list', '--gateway', 'waha'], undefined, {
            WAMUX_WAHA_API_KEY: 'x',
            WAMUX_WAHA_BASE_URL: baseUrl('waha'),
          })
        ).code,
      ).toBe(4)
    },
  )

  it('may begin with the mark that Windows writes', async () => {
    await addShop('one', '--no-test')
    writeFileSync(file('config.json'), `\ufeff${readFileSync(file('config.json'), 'utf8')}`)
    expect((await wamux(['profile', 'list'])).code).toBe(0)
  })
})

describe('the folders', () => {
  it.each([
    [{ HOME: '/home/a' }, 'linux', '/home/a/.config/wamux', '/home/a/.cache/wamux'],
    [{ HOME: '/home/a', XDG_CONFIG_HOME: '/x', XDG_CACHE_HOME: '/y' }, 'linux', '/x/wamux', '/y/wamux'],
    [{ HOME: '/home/a', XDG_CONFIG_HOME: 'relative' }, 'linux', '/home/a/.config/wamux', '/home/a/.cache/wamux'],
    [{ HOME: '/Users/a' }, 'darwin', '/Users/a/.config/wamux', '/Users/a/.cache/wamux'],
    [
      { USERPROFILE: 'C:\\Users\\Zoë B', APPDATA: 'C:\\Users\\Zoë B\\AppData\\Roaming' },
      'win32',
      'C:\\Users\\Zoë B\\AppData\\Roaming\\wamux',
      'C:\\Users\\Zoë B\\.cache\\wamux',
    ],
    [{ USERPROFILE: 'C:\\Users\\a', XDG_CONFIG_HOME: 'D:\\config' }, 'win32', 'D:\\config\\wamux', 'C:\\Users\\a\\.cache\\wamux'],
    [{}, 'linux', undefined, undefined],
  ] as const)('%j on %s', (variables, platform, config, cache) => {
    expect(configFolder(variables, platform)).toBe(config)
    expect(cacheFolder(variables, platform)).toBe(cache)
  })

  it('can be chosen', () => {
    expect(configFolder({ WAMUX_CONFIG_DIR: '/c', HOME: '/h' }, 'linux')).toBe('/c')
  })
})
