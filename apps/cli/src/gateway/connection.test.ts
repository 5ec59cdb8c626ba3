import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manifest } from '@wamux/wawp/manifest'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownPlugins } from '../../test/own-plugins.ts'
import { chooseTarget, resolveAccess, type TargetOptions } from './connection.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-config-'))
  const profiles = {
    shop: { gateway: 'waha', baseUrl: 'http://shop.example', secrets: 'file' },
    home: { gateway: 'waha' },
    cloud: { gateway: 'wawp', credentials: { instanceId: 'i-1' }, secrets: 'file' },
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify({ version: 1, default: 'shop', profiles }))
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ cloud: { accessToken: 'secret-token' } }), { mode: 0o600 })
})
afterAll(() => rmSync(folder, { recursive: true }))

const choose = (asked: TargetOptions, env: Record<string, string>) => chooseTarget(asked, env, ownPlugins)
const withProfiles = (env: Record<string, string> = {}) => ({ WAMUX_CONFIG_DIR: folder, ...env })

describe('without profiles, the gateway that is meant', () => {
  it('is the one asked for, or the only one set up', () => {
    expect(choose({ gateway: 'wawp' }, { WAMUX_WAHA_API_KEY: 'x' })).toEqual({ gateway: 'wawp' })
    expect(choose({}, { WAMUX_SPARKBOT_API_KEY: 'x', WAMUX_WAHA_API_KEY: '', HOME: '/nowhere' })).toEqual({ gateway: 'sparkbot' })
    expect(choose({}, { WAMUX_MY_OWN_API_KEY: 'x' })).toEqual({ gateway: 'my-own' })
  })

  it('is not guessed', () => {
    expect(() => choose({}, {})).toThrow('No gateway is set up')
    expect(() => choose({}, { WAMUX_WAHA_API_KEY: 'x', WAMUX_WAREST_BASE_URL: 'y' })).toThrow('Several gateways are set up: waha, warest')
    expect(() => choose({ gateway: 'wahaa' }, {})).toThrow('no gateway "wahaa"')
    expect(() => choose({ gateway: 'constructor' }, {})).toThrow('no gateway "constructor"')
  })
})

describe('with profiles', () => {
  it.each([
    ['the one in use', {}, {}, 'shop'],
    ['--profile', { profile: 'cloud' }, { WAMUX_PROFILE: 'home', WAMUX_WAREST_API_KEY: 'x' }, 'cloud'],
    ['WAMUX_PROFILE', {}, { WAMUX_PROFILE: 'home', WAMUX_WAREST_API_KEY: 'x' }, 'home'],
    ['variables of a gateway', {}, { WAMUX_WAREST_API_KEY: 'x' }, undefined],
    ['the one in use of several for a gateway', { gateway: 'waha' }, {}, 'shop'],
    ['the only one for a gateway', { gateway: 'wawp' }, {}, 'cloud'],
    ['variables of the gateway asked for', { gateway: 'wawp' }, { WAMUX_WAWP_ACCESS_TOKEN: 'x' }, undefined],
    ['WAMUX_PROFILE of another gateway does not count', { gateway: 'wawp' }, { WAMUX_PROFILE: 'home' }, 'cloud'],
  ] as const)('%s counts', (_what, asked, env, profile) => {
    expect(choose(asked, withProfiles(env)).profile).toBe(profile)
  })

  it('says what does not fit', () => {
    expect(() => choose({ profile: 'shp' }, withProfiles())).toThrow('There is no profile "shp".')
    expect(() => choose({ profile: 'shop', gateway: 'wawp' }, withProfiles())).toThrow('The profile "shop" is for waha, not for wawp.')
  })

  it('take their secrets from where they are kept, and what they lack from the environment', async () => {
    const cloud = choose({ profile: 'cloud' }, withProfiles())
    expect(await resolveAccess(manifest, cloud, withProfiles())).toEqual({
      baseUrl: 'https://api.wawp.net',
      instanceId: 'i-1',
      accessToken: 'secret-token',
    })
    await expect(resolveAccess({ ...manifest, api: { version: '1' } }, cloud, withProfiles())).rejects.toThrow(
      /^The profile "cloud" lacks WAMUX_WAWP_BASE_URL/,
    )
  })
})

describe('the environment', () => {
  const env = { WAMUX_WAWP_INSTANCE_ID: 'i', WAMUX_WAWP_ACCESS_TOKEN: 'secret-token' }
  const target = { gateway: 'wawp' }

  it('becomes the config', async () => {
    expect(await resolveAccess(manifest, target, env)).toEqual({
      baseUrl: 'https://api.wawp.net',
      instanceId: 'i',
      accessToken: 'secret-token',
    })
    expect((await resolveAccess(manifest, target, { ...env, WAMUX_WAWP_BASE_URL: 'http://x' })).baseUrl).toBe('http://x')
  })

  it('is asked for by name', async () => {
    await expect(resolveAccess(manifest, target, { WAMUX_WAWP_ACCESS_TOKEN: 'secret-token' })).rejects.toThrow(
      /^Wawp needs WAMUX_WAWP_INSTANCE_ID in the environment, or a profile\.$/,
    )
  })
})
