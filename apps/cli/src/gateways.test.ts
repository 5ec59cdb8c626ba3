import { manifest } from '@wamux/wawp/manifest'
import { describe, expect, it } from 'vitest'
import { chooseGateway, gatewayIds, installedManifests, isMissing, readEnv } from './gateways.ts'

describe('the gateway that is meant', () => {
  it('is the one asked for, or the only one set up', () => {
    expect(chooseGateway('wawp', { WAMUX_WAHA_API_KEY: 'x' })).toBe('wawp')
    expect(chooseGateway(undefined, { WAMUX_SPARKBOT_API_KEY: 'x', WAMUX_WAHA_API_KEY: '', HOME: '/' })).toBe('sparkbot')
  })

  it('is not guessed', () => {
    expect(() => chooseGateway(undefined, {})).toThrow('No gateway is set up')
    expect(() => chooseGateway(undefined, { WAMUX_WAHA_API_KEY: 'x', WAMUX_WAREST_BASE_URL: 'y' })).toThrow(
      'Several gateways are set up: waha, warest',
    )
    expect(() => chooseGateway('wahaa', {})).toThrow('no gateway "wahaa"')
    expect(() => chooseGateway('constructor', {})).toThrow('no gateway "constructor"')
  })
})

describe('the environment', () => {
  const env = { WAMUX_WAWP_INSTANCE_ID: 'i', WAMUX_WAWP_ACCESS_TOKEN: 'secret-token' }

  it('becomes the config', () => {
    expect(readEnv(manifest, env)).toEqual({ baseUrl: 'https://api.wawp.net', instanceId: 'i', accessToken: 'secret-token' })
    expect(readEnv(manifest, { ...env, WAMUX_WAWP_BASE_URL: 'http://x' }).baseUrl).toBe('http://x')
  })

  it('is asked for by name', () => {
    expect(() => readEnv(manifest, { WAMUX_WAWP_ACCESS_TOKEN: 'secret-token' })).toThrow(
      /^Wawp needs WAMUX_WAWP_INSTANCE_ID in the environment\.$/,
    )
    expect(() => readEnv({ ...manifest, api: { version: '1' } }, env)).toThrow('WAMUX_WAWP_BASE_URL')
  })
})

it('knows a missing plugin from a broken one', () => {
  const missing = (name: string) =>
    Object.assign(new Error(`Cannot find package '${name}' imported from /x.js`), { code: 'ERR_MODULE_NOT_FOUND' })
  expect(isMissing(missing('@wamux/waha'), '@wamux/waha')).toBe(true)
  expect(isMissing(missing('openapi-fetch'), '@wamux/waha')).toBe(false)
  expect(isMissing(new SyntaxError('@wamux/waha'), '@wamux/waha')).toBe(false)
})

it('finds the plugins of this workspace', async () => {
  expect((await installedManifests()).map(({ id }) => id)).toEqual(gatewayIds)
})
