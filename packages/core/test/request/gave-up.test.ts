import { describe, expect, it } from 'vitest'
import { config, createSample, jumpingClock, scripted } from '../sample-gateway.ts'

const gateway = (body: string, status: number, type = 'application/json') => {
  const { fetch, seen } = scripted(() => new Response(body, { status, headers: { 'content-type': type } }))
  return { sample: createSample({ ...config, fetch, clock: jumpingClock() }), seen }
}
const kindOf = (call: Promise<unknown>) => call.then(String, (error: { kind: string }) => error.kind)

async function sent(body: unknown, status: number): Promise<readonly [kind: string, times: number]> {
  const { sample, seen } = gateway(typeof body === 'string' ? body : JSON.stringify(body), status)
  const kind = await kindOf(sample.call('messages.sendText', { chatId: 'c', text: 'x' }))
  return [kind, seen.length]
}

describe('a gateway that gave up waiting may still send', () => {
  const WORDS = [
    'Timed Out',
    'Request timed out after 30000ms',
    'timeout of 30000ms exceeded',
    'Timeout waiting for ack',
    'Gateway Timeout',
    'upstream request timeout',
    'info query timed-out',
    'connect ETIMEDOUT 10.0.0.1:443',
    'read ECONNRESET',
    'write EPIPE',
    'socket hang up',
    'Connection Closed',
    'The connection was lost',
    'context deadline exceeded',
    'Stream Errored, connection terminated',
  ]

  it.each(WORDS)('%s', async (words) => {
    const bodies = [{ message: words }, { error: words }, { error: { message: words } }, { success: false, message: words }]
    for (const status of [400, 422, 500]) {
      for (const body of bodies) expect(await sent(body, status)).toEqual(['unknown_outcome', 1])
    }
    for (const body of bodies.slice(1)) expect(await sent(body, 200)).toEqual(['unknown_outcome', 1])
  })

  it.each([
    [400, { statusCode: 500, message: 'x' }],
    [422, { data: { statusCode: 503, message: 'x' } }],
    [400, { success: false, upstream_status: 502, message: 'x' }],
    [408, {}],
    [460, {}],
    [499, { message: 'client closed request' }],
  ])('%i %j', async (status, body) => {
    expect(await sent(body, status)).toEqual(['unknown_outcome', 1])
  })

  it('and a read is repeated', async () => {
    const { sample, seen } = gateway(JSON.stringify({ message: 'Timed Out' }), 400)
    await sample.call('sessions.get', { session: 's' }).catch(() => {})
    expect(seen.length).toBe(3)
    const proxy = gateway('', 499)
    expect(await kindOf(proxy.sample.call('sessions.get', { session: 's' }))).toBe('timeout')
  })
})

describe('what only sounds like it is refused', () => {
  it.each([
    [400, 'timeout must be a number', 'invalid_request'],
    [400, 'timeoutMs: expected a positive number', 'invalid_request'],
    [400, 'the option "timeout" of the query is unknown', 'invalid_request'],
    [401, 'session timed out, log in again', 'auth'],
    [403, 'Connection closed for this key', 'permission'],
    [404, 'no such connection: closed', 'not_found'],
    [409, 'Connection Closed', 'conflict'],
    [402, 'x', 'permission'],
    [451, 'x', 'permission'],
  ])('%i %s', async (status, message, kind) => {
    expect(await sent({ message }, status)).toEqual([kind, 1])
  })
})
