import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { CANARY, canaryOf, hasCanary } from '../src/cases/canary.ts'
import { expectedOf, TABLE } from '../src/cases/expected.ts'
import type { Fault } from '../src/faults/fault.ts'
import { faults } from '../src/faults/faults.ts'
import { reply } from '../src/faults/responses.ts'
import { type FaultServer, startFaultServer } from '../src/server/fault-server.ts'
import { readRequest } from '../src/server/http-reader.ts'

const open: FaultServer[] = []
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())))

async function serverWith(name: string): Promise<FaultServer> {
  const fault = faults.find((one) => one.name === name)
  if (!fault) throw new Error(`no fault is called "${name}"`)
  const server = await startFaultServer(fault)
  open.push(server)
  return server
}

const post = (server: FaultServer) =>
  fetch(server.reach(`${server.url}/send`), { method: 'POST', body: '{"text":"hi"}', redirect: 'manual' })

describe('the table', () => {
  it('has one row for every fault, and no other', () => {
    expect(TABLE.flatMap((row) => row.faults).toSorted()).toEqual(faults.map((one) => one.name).toSorted())
  })

  it('lets nothing end definitely after the effect', () => {
    const done = faults.filter((one) => one.effect && one.times === undefined).map(({ name }) => name)
    const ends = new Set(done.flatMap((name) => [...expectedOf(name, 'native').outcomes, ...expectedOf(name, 'node').outcomes]))
    expect([...ends].toSorted()).toEqual(['ok', 'unknown_outcome'])
  })
})

describe('the server', () => {
  it.each<[string, { requests: number; effects: number }]>([
    ['refused', { requests: 0, effects: 0 }],
    ['reset in the head of the request', { requests: 1, effects: 0 }],
    ['reset in the body of the request', { requests: 1, effects: 0 }],
    ['reset before the effect', { requests: 1, effects: 0 }],
    ['effect, then reset', { requests: 1, effects: 1 }],
    ['effect, then a chunk of no size', { requests: 1, effects: 1 }],
  ])('counts: %s', async (name, counts) => {
    const server = await serverWith(name)
    await expect(post(server).then((answer) => answer.text())).rejects.toThrow()
    expect({ requests: server.requests, effects: server.effects }).toEqual(counts)
  })

  it('serves well what comes after the first', async () => {
    const server = await serverWith('429 at first, then 200')
    expect([(await post(server)).status, (await post(server)).status]).toEqual([429, 200])
    expect({ requests: server.requests, effects: server.effects }).toEqual({ requests: 2, effects: 1 })
    await server.reset()
    expect({ requests: server.requests, effects: server.effects }).toEqual({ requests: 0, effects: 0 })
  })

  it('does not count what warms a connection up', async () => {
    const server = await serverWith('kept connection reset as the request begins')
    await server.warmUp((url) => fetch(url, { method: 'OPTIONS' }).then((answer) => answer.text()))
    expect(server.requests).toBe(0)
    await expect(post(server)).rejects.toThrow()
    expect({ requests: server.requests, effects: server.effects }).toEqual({ requests: 1, effects: 0 })
  })

  it('says when nothing more will come', async () => {
    const fault: Fault = { name: 'silent', moment: 'in the body', effect: false, act: (on) => on.stall() }
    const stalled = new Promise<void>((resolve) => {
      void startFaultServer(fault, resolve).then((server) => {
        open.push(server)
        connect(Number(new URL(server.url).port), '127.0.0.1').write('POST / HTTP/1.1\r\ncontent-length: 4\r\n\r\nab')
      })
    })
    await stalled
    expect(open[0]).toMatchObject({ requests: 1, effects: 0 })
  })
})

describe('readRequest', () => {
  const read = (text: string) => readRequest(Buffer.from(text))
  const head = 'POST / HTTP/1.1\r\ncontent-length: 4\r\n\r\n'

  it.each<[string, string, Partial<ReturnType<typeof read>>]>([
    ['nothing', '', { head: undefined, whole: undefined }],
    ['half a head', 'POST / HTTP/1.1\r\nhost: x\r\n', { head: undefined, whole: undefined }],
    ['a head', head, { head: head.length, body: 0, length: 4, whole: undefined }],
    ['half a body', `${head}ab`, { body: 2, whole: undefined }],
    ['a whole one and more', `${head}abcdGET /`, { whole: head.length + 4 }],
    ['one without a body', 'GET / HTTP/1.1\r\n\r\n', { length: 0, whole: 18 }],
    ['chunks', 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n', { length: undefined, whole: undefined }],
    ['all chunks', 'POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', { whole: 59 }],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toMatchObject(expected)
  })
})

describe('the canary', () => {
  const secret = canaryOf('waha')

  it.each([
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['double-encoded', encodeURIComponent(encodeURIComponent(secret))],
    ['as a form', new URLSearchParams({ secret }).toString()],
    ['in JSON', JSON.stringify({ secret })],
    ['every letter encoded', [...secret].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')],
    ['half', secret.slice(secret.length / 2)],
    ['in an answer', reply('200 OK', 'text/plain', secret)],
  ])('is found %s', (_name, text) => {
    expect(hasCanary(`before ${text} after`)).toBe(true)
  })

  it('is not found where it is not', () => {
    expect(hasCanary('[redacted] canary %63')).toBe(false)
    expect(secret.startsWith(CANARY) && secret.endsWith(CANARY)).toBe(true)
  })
})
