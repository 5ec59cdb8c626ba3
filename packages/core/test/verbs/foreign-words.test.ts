import { describe, expect, it } from 'vitest'
import { meaningOf, parseAddress, type StateTable, sessionInfo, toJid, verbSafety } from '../../src/index.ts'
import { mimetypeOf } from '../../src/verbs/index.ts'
import type { Address } from '../../src/vocabulary/refs.ts'
import { createSample, manifest, scripted } from '../sample-gateway.ts'

/** Names that every object has, though nobody put them there. */
const WORDS = [...Object.getOwnPropertyNames(Object.prototype), 'prototype', 'length', 'name', 'then']

/** Only what was read from the word: the raw answer may hold it. */
function readOf(value: unknown): string {
  return (
    JSON.stringify(value, (key, inner: unknown) => (key === 'raw' ? undefined : typeof inner === 'function' ? 'a function' : inner)) ?? ''
  )
}

describe.each(WORDS)('%s', (word) => {
  it.each([`123@${word}`, `49151123456@${word.toUpperCase()}`, `x@${word}`])('is no server of an address: %s', (to) => {
    expect(() => parseAddress(to)).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'to' }))
  })

  it('is no kind of an address', () => {
    const address = { kind: word, user: '49151123456' } as never as Address
    expect(() => parseAddress(address)).toThrow(expect.objectContaining({ kind: 'invalid_request' }))
    expect(() => toJid(address)).toThrow(expect.objectContaining({ kind: 'invalid_request' }))
  })

  it('is no state and no media type', () => {
    const states: StateTable<string> = { WORKING: { state: 'connected' } }
    expect(meaningOf(states, word)).toEqual({ state: 'unknown' })
    expect(mimetypeOf(`a.${word}`)).toBeUndefined()
    expect(readOf(sessionInfo(manifest, { session: 'main', state: word as never, raw: {} }))).not.toMatch(/a function|native code/)
  })

  it('is no operation, and no field of one', async () => {
    const { fetch, seen } = scripted(Response.json({}))
    const sample = createSample({ baseUrl: 'http://gateway.invalid', apiKey: 'key-of-test', fetch })
    const call = sample.call as (id: string, input: object) => Promise<unknown>
    await expect(call(word, {})).rejects.toMatchObject({ kind: 'unsupported' })
    await expect(call(`sessions.${word}`, {})).rejects.toMatchObject({ kind: 'unsupported' })
    await expect(
      call('sessions.get', Object.defineProperty({ session: 'a' }, word, { value: 'x', enumerable: true })),
    ).rejects.toMatchObject({
      kind: 'invalid_request',
      field: word,
    })
    expect(seen).toHaveLength(0)
  })

  it('is no verb', () => {
    expect(Object.hasOwn(verbSafety, word)).toBe(false)
  })
})
