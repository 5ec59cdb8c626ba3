import { expect, test } from 'vitest'
import { type AskedRequest, createRequestLog } from './request-log.ts'

const asked = (target: string, size = 0): AskedRequest => ({
  gateway: 'waha',
  at: 0,
  method: 'POST',
  target,
  headers: new Headers(),
  body: new Uint8Array(size),
  own: false,
})
const answer = (size: number) => ({ status: 200, headers: {}, body: new Uint8Array(size) })

test('keeps the newest requests, the newest first', () => {
  const log = createRequestLog({ requests: 3, bodyBytes: 10, bytes: 1000 })
  for (const target of ['/1', '/2', '/3', '/4']) log.add(asked(target))(answer(1))
  expect(log.list().map(({ id, target }) => [id, target])).toEqual([
    [4, '/4'],
    [3, '/3'],
    [2, '/2'],
  ])
  expect(log.count).toBe(4)
  expect(log.get(1)).toBeUndefined()
})

test('keeps the beginning of large bodies, and says how large they were', () => {
  const log = createRequestLog({ requests: 3, bodyBytes: 10, bytes: 1000 })
  log.add(asked('/', 25))(answer(30))
  const [{ body, size, answer: answered } = asked('/') as never] = log.list()
  expect([body?.length, size, answered?.body?.length, answered?.size]).toEqual([10, 25, 10, 30])
  // no part of the large buffer, which would stay in memory
  expect(body?.buffer.byteLength).toBe(10)
})

test('keeps no more bytes than it may, whatever comes', () => {
  const log = createRequestLog({ requests: 100, bodyBytes: 50, bytes: 100 })
  for (let index = 0; index < 20; index++) log.add(asked('/', 30))(answer(40))
  const kept = log.list().reduce((sum, { body, answer: one }) => sum + (body?.length ?? 0) + (one?.body?.length ?? 0), 0)
  expect(kept).toBeLessThanOrEqual(100)
  expect(log.list().length).toBeGreaterThan(0)
})

test('a request is in it while it is under way; only its first end counts', () => {
  const log = createRequestLog()
  const finish = log.add(asked('/'))
  expect(log.list()[0]?.answer).toBeUndefined()
  const before = log.changes
  finish()
  finish(answer(3))
  expect(log.list()[0]?.answer).toMatchObject({ status: 0 })
  expect(log.changes).toBeGreaterThan(before)
})
