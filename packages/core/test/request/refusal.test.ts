import { describe, expect, it } from 'vitest'
import { isRefusal, refusalOf } from '../../src/request/refusal.ts'
import { parseResponse } from '../../src/request/response.ts'
import { config, createSample, scripted } from '../sample-gateway.ts'

/** Answers of a success by HTTP that say no, and the status that they name. */
const NO: readonly (readonly [data: unknown, status?: number])[] = [
  [{ error: 'x' }],
  [{ error: { code: 1 }, message: 'no' }],
  [{ error: { message: 'x', statusCode: 500 } }],
  [{ errors: ['x'] }],
  [{ errors: [{ message: 'x' }] }],
  [{ status: false }],
  [{ success: false, results: [] }],
  [{ success: 'false', message: 'x' }],
  [{ SUCCESS: 1, success: false }],
  [{ ok: false, description: 'x' }],
  [{ ok: false, id: '1' }],
  [{ result: false }],
  [{ result: 'error', message: 'x' }],
  [{ type: 'error', message: 'x' }],
  [{ status: 'error' }],
  [{ status: 'ERROR', message: 'x' }],
  [{ status: 'Failed', reason: 'x' }],
  [{ status: 'FAILED', reason: 'x' }],
  [{ statusCode: 500 }, 500],
  [{ statusCode: '404', message: 'x' }, 404],
  [{ status: 422, message: 'x' }, 422],
  [{ code: 502, message: 'x' }, 502],
  [{ statusCode: 500, exception: { message: 'x' }, request: {}, timestamp: 1, version: {} }, 500],
  [{ exception: { message: 'x' } }],
  [{ data: { error: 'x' } }],
  [{ data: { success: false } }],
  [{ response: { message: 'x', statusCode: 500 } }, 500],
  [{ result: { statusCode: 403, message: 'x' } }, 403],
  [{ results: [{ error: 'x' }] }],
  [[{ error: 'x' }]],
  [{ upstream_status: 500, success: false }, 500],
]

const YES: readonly unknown[] = [
  // a fact about data, no failure of the call
  { id: '1', error: 'x' },
  { status: 'ERROR', id: '1' },
  { name: 'main', status: 'FAILED' },
  { status: 'FAILED' },
  [
    { requesterId: '1@lid', success: true, error: 404 },
    { id: '2', error: 'x' },
  ],
  [{ jid: '1@c.us', status: '403' }],
  { error: null },
  { errors: [] },
  { success: true, error: 'warning' },
  { status: true, code: 1000, results: [{ status: 'failed' }] },
  { code: 'ABCD-1234' },
  { code: 404 },
  { result: true },
  { status: 'sent', message: 'Message sent' },
  { data: [] },
  { data: null },
  { sent: true, upstream_status: 201 },
  {},
  [],
  'error',
  null,
  new Uint8Array([1]),
]

describe('isRefusal', () => {
  it.each(NO)('%j: true', (data, status) => expect(refusalOf(data)).toEqual(status === undefined ? {} : { status }))
  it.each(YES)('%j: false', (data) => expect(isRefusal(data)).toBe(false))

  it('ends for what is wrapped without end', () => {
    const endless: Record<string, unknown> = {}
    endless.data = endless
    expect(isRefusal(endless)).toBe(false)
  })
})

describe('a success that says no', () => {
  const json = { 'content-type': 'application/json' }
  const ask = (body: string, headers: Record<string, string>) =>
    createSample({ ...config, fetch: scripted(new Response(body, { status: 200, headers })).fetch }).call(
      'sessions.get',
      { session: 's' },
      { attempts: 1 },
    )

  it.each(NO)('%j is an error', async (data) => {
    await expect(ask(JSON.stringify(data), json)).rejects.toMatchObject({ status: 200 })
    await expect(ask(JSON.stringify(data, undefined, 2), json)).rejects.toMatchObject({ status: 200 })
  })

  it.each(YES.filter((data) => !(data instanceof Uint8Array)))('%j is none', async (data) => {
    expect((await ask(JSON.stringify(data), json)).data).toEqual(data)
  })

  it.each([
    ['text/html', '<p>Sign in</p>'],
    ['application/json', '<!doctype html><p>Sign in</p>'],
    ['text/plain', '<!DOCTYPE html><p>Sign in</p>'],
    ['application/xhtml+xml', '  <html lang="en"></html>'],
    ['', '\n<html></html>'],
  ])('a page under %s is an error', async (type, body) => {
    await expect(ask(body, type === '' ? {} : { 'content-type': type })).rejects.toMatchObject({ kind: 'bad_response', status: 200 })
    expect(parseResponse({ status: 200, headers: new Headers(), body }).data).toBe(body)
  })
})
