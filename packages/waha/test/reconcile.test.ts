import { type Clock, type GatewayError, systemClock } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { createWaha, type WahaConfig } from '../src/index.ts'

const ID = '3EB0AB12CD34'
const CHAT = '4915112345678@c.us'
const FULL = `true_${CHAT}_${ID}`
const session = 'default'
const input = { session, to: CHAT, text: 'Hi' }

/** Time that passes only while somebody waits; longer than the pause is a deadline, which never comes. */
function jumpingClock(): Clock & { readonly waits: number[] } {
  let now = 1_000
  const waits: number[] = []
  return {
    waits,
    now: () => now,
    after(ms, callback) {
      let cancelled = false
      if (ms <= 4_000) {
        queueMicrotask(() => {
          if (cancelled) return
          waits.push(ms)
          now += ms
          callback()
        })
      }
      return () => {
        cancelled = true
      }
    },
  }
}

const lost = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) })
}
const json = (status: number, body: unknown) => () => Response.json(body, { status })
const notFound = json(404, { message: 'Message not found', error: 'Not Found', statusCode: 404 })

type Step = () => Response | Promise<Response>

interface Story {
  /** What a send does: whether the message arrives, and what comes back. The last one holds for all that follow. */
  readonly sends: readonly { readonly arrives: boolean; readonly answer?: Step }[]
  readonly newId?: Step
  /** What look-ups say, in place of the truth. */
  readonly lookUps?: readonly Step[]
}

/** A WAHA that keeps messages under their ids, and the little that is asked of it. */
function server({ sends, newId = json(200, { id: ID }), lookUps }: Story) {
  const asked: string[] = []
  const bodies: Record<string, unknown>[] = []
  const effects: string[] = []
  const fetch = async (url: string, { method, body }: { method: string; body?: unknown }): Promise<Response> => {
    const path = decodeURIComponent(new URL(url).pathname)
    if (path === `/api/${session}/new-message-id`) {
      asked.push('id')
      return newId()
    }
    if (method === 'POST' && path === '/api/sendText') {
      const sent = JSON.parse(String(body)) as Record<string, unknown>
      const send = sends[Math.min(bodies.length, sends.length - 1)]
      asked.push('send')
      bodies.push(sent)
      if (send?.arrives) effects.push(String(sent.id))
      return send?.answer ? send.answer() : Response.json({ key: { remoteJid: CHAT, fromMe: true, id: sent.id ?? 'OWN' } }, { status: 201 })
    }
    asked.push('look')
    expect(path).toMatch(/^\/api\/default\/chats\/[^/]+\/messages\/true_/)
    const scripted = lookUps?.[asked.filter((one) => one === 'look').length - 1]
    if (scripted) return scripted()
    return effects.includes(ID) ? Response.json({ id: FULL, fromMe: true, body: 'Hi', ack: 1 }) : notFound()
  }
  return { fetch: fetch as NonNullable<WahaConfig['fetch']>, asked, bodies, effects }
}

function told(story: Story, config: Partial<WahaConfig> = {}) {
  const waha = server(story)
  const clock = jumpingClock()
  const gateway = createWaha({
    baseUrl: 'http://waha.test',
    apiKey: 'secret-key',
    fetch: waha.fetch,
    clock,
    retry: { attempts: 1 },
    idempotency: 'reconcile',
    ...config,
  })
  return { ...waha, clock, gateway, send: (to = CHAT, options = {}) => gateway.message.sendText({ ...input, to }, options) }
}

const failure = (sending: Promise<unknown>) =>
  sending.then(
    () => expect.unreachable(),
    (error: GatewayError) => error,
  )
const unknown = { kind: 'unknown_outcome', operation: 'messages.sendText', hint: expect.stringContaining(FULL) }

describe('a reconciled send', () => {
  it('takes an id and sends under it', async () => {
    const { send, asked, bodies } = told({ sends: [{ arrives: true }] })
    await expect(send()).resolves.toMatchObject({ session, to: CHAT, id: FULL, status: 'sent' })
    expect(asked).toEqual(['id', 'send'])
    expect(bodies).toEqual([{ session, chatId: CHAT, text: 'Hi', id: ID }])
  })

  it('is not what happens by default', async () => {
    const waha = server({ sends: [{ arrives: true, answer: lost }] })
    const config = { baseUrl: 'http://waha.test', apiKey: 'secret-key', fetch: waha.fetch }
    for (const gateway of [createWaha(config), createWaha({ ...config, idempotency: 'off' })]) {
      const plain = { kind: 'unknown_outcome', hint: 'Check whether it was done before you repeat it.' }
      await expect(gateway.message.sendText(input)).rejects.toMatchObject(plain)
    }
    expect(waha.asked).toEqual(['send', 'send'])
    expect(waha.bodies[0]).not.toHaveProperty('id')
  })

  it.each([
    ['the connection breaks', lost],
    ['a proxy fails', json(502, 'Bad Gateway')],
    ['WAHA fails', json(500, { statusCode: 500, exception: { message: 'timed out' } })],
    ['the answer is a web page', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ])('that arrived although %s succeeds, sent once', async (_, answer) => {
    const { send, asked, effects } = told({ sends: [{ arrives: true, answer }] })
    await expect(send()).resolves.toMatchObject({ id: FULL, to: CHAT, status: 'sent', raw: { id: FULL, ack: 1 } })
    expect(asked).toEqual(['id', 'send', 'look'])
    expect(effects).toEqual([ID])
  })

  it.each([
    ['a broken connection', lost],
    ['a 502', json(502, 'Bad Gateway')],
    ['a 503', json(503, 'Service Unavailable')],
  ])('that is absent after %s is sent again once, under the same id', async (_, answer) => {
    const { send, asked, bodies, effects, clock } = told({ sends: [{ arrives: false, answer }, { arrives: true }] })
    await expect(send()).resolves.toMatchObject({ id: FULL, status: 'sent' })
    expect(asked).toEqual(['id', 'send', 'look', 'look', 'send'])
    expect(bodies[1]).toEqual(bodies[0])
    expect(effects).toEqual([ID])
    expect(clock.waits).toEqual([4_000])
  })

  it('that appears while it pauses is not sent again', async () => {
    const { send, asked, effects } = told({ sends: [{ arrives: true, answer: lost }], lookUps: [notFound] })
    await expect(send()).resolves.toMatchObject({ id: FULL, raw: { ack: 1 } })
    expect(asked).toEqual(['id', 'send', 'look', 'look'])
    expect(effects).toHaveLength(1)
  })

  it('is not sent a third time', async () => {
    const { send, asked } = told({ sends: [{ arrives: false, answer: lost }] })
    await expect(send()).rejects.toMatchObject(unknown)
    expect(asked).toEqual(['id', 'send', 'look', 'look', 'send', 'look'])
    const second = told({
      sends: [
        { arrives: false, answer: lost },
        { arrives: true, answer: lost },
      ],
    })
    await expect(second.send()).resolves.toMatchObject({ id: FULL })
    expect(second.effects).toEqual([ID])
  })

  it('stays unknown when the second one is refused', async () => {
    const stopped = json(422, { error: 'Session status is not as expected', session, status: 'STOPPED', expected: ['WORKING'] })
    const { send } = told({
      sends: [
        { arrives: false, answer: lost },
        { arrives: false, answer: stopped },
      ],
    })
    await expect(send()).rejects.toMatchObject(unknown)
  })

  it.each([
    ['breaks off', lost],
    ['fails', json(500, { statusCode: 500, exception: { message: 'no such id' } })],
    ['is refused', json(400, { message: 'Enable NOWEB store' })],
    ['says another thing is missing', json(404, { message: 'Session not found' })],
    ['meets a proxy that knows nothing', () => new Response('404 page not found', { status: 404 })],
    ['has no such route', json(404, { message: 'Cannot GET /api/default/chats', error: 'Not Found', statusCode: 404 })],
    ['gives nothing', () => new Response(null, { status: 200 })],
    ['gives another message', json(200, { id: 'true_1@c.us_OTHER', fromMe: true })],
    ['gives it as failed', json(200, { id: FULL, fromMe: true, ack: -1 })],
  ])('stays unknown, and is not repeated, when the look-up %s', async (_, lookUp) => {
    const { send, asked, bodies, effects } = told({ sends: [{ arrives: true, answer: lost }], lookUps: [lookUp] })
    const error = await failure(send())
    expect(error).toMatchObject({ ...unknown, retryable: false })
    expect(asked).toEqual(['id', 'send', 'look'])
    expect(bodies).toHaveLength(1)
    expect(effects).toHaveLength(1)
    expect(JSON.stringify(error) + String(error.cause)).not.toContain('secret-key')
  })

  it('stays unknown when only the first look-up says absent', async () => {
    const { send, bodies } = told({ sends: [{ arrives: true, answer: lost }], lookUps: [notFound, lost] })
    await expect(send()).rejects.toMatchObject(unknown)
    expect(bodies).toHaveLength(1)
  })

  it.each([
    ['WAHA itself failed', CHAT, json(500, { statusCode: 500, exception: { message: 'timed out' } })],
    ['a proxy waited too long', CHAT, json(504, 'Gateway Timeout')],
    ['WAHA said yes', CHAT, () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['the transport waited too long', CHAT, () => Promise.reject(Object.assign(new Error('slow'), { code: 'WAMUX_HEADERS_TIMEOUT' }))],
    ['a fetch has a deadline of its own', CHAT, () => Promise.reject(new DOMException('slow', 'TimeoutError'))],
    ['it went to a channel', '120363000000000000@newsletter', lost],
  ])('is not repeated, though absent, when %s', async (_, to, answer) => {
    const { send, asked } = told({ sends: [{ arrives: false, answer }] })
    await expect(send(to)).rejects.toMatchObject({ kind: 'unknown_outcome', hint: expect.stringContaining(`true_${to}_${ID}`) })
    expect(asked).toEqual(['id', 'send', 'look'])
  })

  it('is looked for after its deadline, and not repeated', async () => {
    const never: Step = () => new Promise<Response>(() => undefined)
    const config = { clock: systemClock, timeoutMs: 40 }
    const arrived = told({ sends: [{ arrives: true, answer: never }] }, config)
    await expect(arrived.send()).resolves.toMatchObject({ id: FULL })
    const absent = told({ sends: [{ arrives: false, answer: never }] }, config)
    await expect(absent.send()).rejects.toMatchObject(unknown)
    for (const { asked } of [arrived, absent]) expect(asked).toEqual(['id', 'send', 'look'])
  })

  it('ends when the caller aborts, wherever it is', async () => {
    for (const place of [1, 2] as const) {
      const controller = new AbortController()
      const abort: Step = () => {
        controller.abort()
        return notFound()
      }
      const { send, bodies } = told({ sends: [{ arrives: false, answer: lost }], lookUps: place === 1 ? [abort] : [notFound, abort] })
      await expect(send(CHAT, { signal: controller.signal })).rejects.toMatchObject(unknown)
      expect(bodies).toHaveLength(1)
    }
  })

  it('hands on an error that is definite', async () => {
    const { send, asked } = told({ sends: [{ arrives: false, answer: json(400, { message: 'chatId is wrong' }) }] })
    await expect(send()).rejects.toMatchObject({ kind: 'invalid_request', status: 400 })
    expect(asked).toEqual(['id', 'send'])
  })

  it.each([
    ['an older server', json(404, { message: 'Cannot GET /api/default/new-message-id', error: 'Not Found', statusCode: 404 })],
    ['another engine', json(501, { message: "The method is not implemented by 'WEBJS' engine", statusCode: 501 })],
    ['an answer without an id', json(200, {})],
  ])('says that it cannot, and sends nothing, with %s', async (_, newId) => {
    const { send, asked } = told({ newId, sends: [{ arrives: true }] })
    const error = { kind: 'unsupported', field: 'idempotency', hint: expect.stringContaining('2026.4.3') }
    await expect(send()).rejects.toMatchObject(error)
    expect(asked).toEqual(['id'])
  })

  it('sends nothing when taking the id fails otherwise', async () => {
    for (const [newId, kind] of [
      [lost, 'network'],
      [json(401, { message: 'Unauthorized' }), 'auth'],
      [json(500, {}), 'server'],
      [json(404, { message: 'Session not found' }), 'not_found'],
      [json(422, { error: 'x', session, status: 'STOPPED', expected: ['WORKING'] }), 'conflict'],
    ] as const) {
      const { send, asked } = told({ newId, sends: [{ arrives: true }] })
      await expect(send()).rejects.toMatchObject({ kind, operation: 'messages.newId', hint: expect.stringContaining('Nothing was sent') })
      expect(asked).toEqual(['id'])
    }
  })

  it('repeats a send that never left under the same id', async () => {
    const refused: Step = () => {
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED', syscall: 'connect' }),
      })
    }
    const { send, bodies, effects } = told({ sends: [{ arrives: false, answer: refused }, { arrives: true }] }, { retry: { attempts: 3 } })
    await expect(send()).resolves.toMatchObject({ id: FULL })
    expect(bodies.map(({ id }) => id)).toEqual([ID, ID])
    expect(effects).toEqual([ID])
  })

  it('never has more than one effect when the first arrived, whatever comes back', async () => {
    const answers: Step[] = [lost, json(500, {}), json(502, ''), json(503, ''), json(504, ''), json(200, 'no object'), json(429, {})]
    const lookUps: Step[] = [lost, json(404, {}), json(200, {})]
    for (const answer of answers) {
      for (const first of [...lookUps, undefined]) {
        for (const later of [...lookUps, undefined]) {
          const script = [first, later].flatMap((one) => (one ? [one] : []))
          const { send, effects } = told({ sends: [{ arrives: true, answer }], lookUps: script })
          await send().catch(() => undefined)
          expect(effects).toHaveLength(1)
        }
      }
    }
  })
})
