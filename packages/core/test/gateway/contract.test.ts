import { describe, expect, it } from 'vitest'
import { type GatewayBase, GatewayError, requireVerb, supports, unsupportedVerb, type VerbId, verbIds } from '../../src/index.ts'
import { config, createSample, manifest, scripted } from '../sample-gateway.ts'

describe('supports and demand', () => {
  const script = scripted(Response.json({}))
  const gateway: GatewayBase = createSample({ ...config, fetch: script.fetch }) as never

  it('know what is there', () => {
    expect(supports(gateway, 'session.get')).toBe(true)
    expect(supports(gateway, 'session.stop')).toBe(false)
    expect(supports(gateway, 'message.sendText')).toBe(false)
    expect(typeof requireVerb(gateway, 'session.logout')).toBe('function')
  })

  it.each(['session.constructor', 'constructor.name', 'client.GET', 'session', ''])('%s is no verb', (id) => {
    expect(supports(gateway, id as VerbId)).toBe(false)
  })

  it('an absent verb is an error before any call; its neighbours are named, none is put in its place', () => {
    expect(() => requireVerb(gateway, 'session.stop')).toThrow(
      expect.objectContaining({
        kind: 'unsupported',
        message: 'Sample has no session.stop (engine down, phone stays paired)',
        hint: 'It has session.logout (unpairs the phone).',
      }),
    )
    expect(script.seen).toHaveLength(0)
    expect(unsupportedVerb(manifest, 'message.sendText').hint).toBeUndefined()
  })
})

describe('config', () => {
  it.each<[object, string]>([
    [{ apiKey: 'k' }, 'baseUrl'],
    [{ baseUrl: 'nonsense', apiKey: 'k' }, 'baseUrl'],
    [{ baseUrl: 'http://h' }, 'apiKey'],
    [{ baseUrl: 'http://h', apiKey: '' }, 'apiKey'],
    [{ baseUrl: 'http://h', apiKey: 'a\r\nX: y' }, 'apiKey'],
  ])('%j is refused', (given, field) => {
    expect(() => createSample(given as never)).toThrow(expect.objectContaining({ kind: 'config', field, gateway: 'sample' }))
  })
})

describe('GatewayError', () => {
  it('is recognised across copies of core', () => {
    const foreign = Object.defineProperty(new Error('x'), Symbol.for('wamux.GatewayError'), { value: true })
    expect(GatewayError.is(foreign)).toBe(true)
    expect([new Error('x'), null, undefined, {}, 'x'].some(GatewayError.is)).toBe(false)
  })

  it('is plain data in JSON, without what is not set', () => {
    expect(JSON.parse(JSON.stringify(new GatewayError('m', { kind: 'timeout' })))).toEqual({
      name: 'GatewayError',
      kind: 'timeout',
      message: 'm',
      retryable: false,
      attempts: 0,
      reached: 'no',
    })
  })
})

it('the vocabulary has every verb once', () => {
  const ids = verbIds()
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toContain('session.requestPairingCode')
})
