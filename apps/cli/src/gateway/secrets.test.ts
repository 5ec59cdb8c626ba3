import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { deleteSecrets, readSecrets, secretsFile, storeSecrets } from './secrets.ts'

const chain = vi.hoisted(() => ({ entries: new Map<string, string>(), state: 'works' as 'works' | 'locked' | 'forgets' }))
vi.mock('@napi-rs/keyring', () => ({
  Entry: class {
    readonly key: string
    constructor(service: string, account: string) {
      if (chain.state === 'locked') throw new Error('no secret service')
      this.key = `${service} ${account}`
    }
    setPassword(password: string) {
      if (chain.state === 'works') chain.entries.set(this.key, password)
    }
    getPassword() {
      return chain.entries.get(this.key) ?? null
    }
    deletePassword() {
      return chain.entries.delete(this.key)
    }
  },
}))

let env: Record<string, string>
beforeEach(() => {
  env = { WAMUX_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'wamux-secrets-')) }
  chain.entries.clear()
  chain.state = 'works'
})
afterEach(() => rmSync(env.WAMUX_CONFIG_DIR ?? '', { recursive: true }))

it('are in the keychain where there is one, and in no file', async () => {
  expect(await storeSecrets(env, 'shop', { apiKey: 'k', token: 't' })).toBe('keychain')
  expect([...chain.entries]).toEqual([
    ['wamux shop/apiKey', 'k'],
    ['wamux shop/token', 't'],
  ])
  expect(existsSync(secretsFile(env))).toBe(false)
  expect(await readSecrets(env, 'shop', 'keychain', ['apiKey', 'token', 'more'])).toEqual({ apiKey: 'k', token: 't' })
  await deleteSecrets(env, 'shop', 'keychain', ['apiKey', 'token'])
  expect(chain.entries.size).toBe(0)
})

it.each(['locked', 'forgets'] as const)('are in a file where the keychain is one that %s', async (state) => {
  chain.state = state
  expect(await storeSecrets(env, 'shop', { apiKey: 'k' })).toBe('file')
  expect(JSON.parse(readFileSync(secretsFile(env), 'utf8'))).toEqual({ shop: { apiKey: 'k' } })
  expect(await readSecrets(env, 'shop', 'file', ['apiKey'])).toEqual({ apiKey: 'k' })
  expect(await readSecrets(env, 'shop', 'keychain', ['apiKey'])).toEqual({})
})

it('leave the file when a keychain is there again, and the keychain when the file is wanted', async () => {
  chain.state = 'locked'
  await storeSecrets(env, 'shop', { apiKey: 'old' })
  chain.state = 'works'
  expect(await storeSecrets(env, 'shop', { apiKey: 'new' })).toBe('keychain')
  expect(readFileSync(secretsFile(env), 'utf8')).toBe('{}\n')
  expect(await storeSecrets({ ...env, WAMUX_SECRETS: 'file' }, 'shop', { apiKey: 'k' })).toBe('file')
})
