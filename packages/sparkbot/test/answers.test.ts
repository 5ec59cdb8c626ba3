import { type AccountState, type ErrorKind, GatewayError, type SessionState } from '@wamux/core'
import { createVirtualClock } from '@wamux/emulator'
import { createStubGateway, type Script, type SeenRequest } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { createSparkbot, type SparkbotConfig, type SparkbotGateway } from '../src/index.ts'

const SESSION = '5f2a1b3c4d5e6f7a8b9c0d1e'
const message = { session: SESSION, to: '+12025550143', text: 'Hi' }

function gateway(script: Script, config: Partial<SparkbotConfig> = {}): { sparkbot: SparkbotGateway; requests: readonly SeenRequest[] } {
  const { fetch, requests } = createStubGateway(script)
  return {
    sparkbot: createSparkbot({ baseUrl: 'http://spark.test/v1', apiKey: 'secret-key', fetch, random: () => 0, ...config }),
    requests,
  }
}

async function failure(call: Promise<unknown>): Promise<GatewayError> {
  const error = await call.then(
    (value) => value,
    (reason: unknown) => reason,
  )
  expect(GatewayError.is(error) ? 'a GatewayError' : error).toBe('a GatewayError')
  return error as GatewayError
}

const device = (status: string, session: string) => ({
  id: SESSION,
  alias: 'Shop',
  phone: '+12025550199',
  status,
  session: { status: session },
})

describe('errors of SparkBot', () => {
  const KINDS: readonly [status: number, kind: ErrorKind][] = [
    [400, 'invalid_request'],
    [401, 'auth'],
    [402, 'permission'],
    [403, 'permission'],
    [404, 'not_found'],
    [405, 'invalid_request'],
    [409, 'conflict'],
    [410, 'not_found'],
    [413, 'invalid_request'],
    [415, 'invalid_request'],
    [429, 'rate_limited'],
    [451, 'permission'],
    [500, 'server'],
    [501, 'unsupported'],
    [502, 'server'],
    [503, 'server'],
    [504, 'server'],
    [505, 'server'],
  ]
  for (const [status, kind] of KINDS) {
    it(`${status} is ${kind}`, async () => {
      const body = { status, message: 'Something is wrong', errorCode: 'some:code', errors: [], meta: {} }
      const error = await failure(gateway([{ status, body }], { retry: { attempts: 1 } }).sparkbot.session.get({ session: SESSION }))
      expect([error.kind, error.status, error.code, error.vendorMessage]).toEqual([kind, status, 'some:code', 'Something is wrong'])
      expect(error.message).toContain('Something is wrong')
    })
  }

  it('say what is to pay', async () => {
    const error = await failure(gateway([{ status: 402, body: { status: 402, message: 'No' } }]).sparkbot.session.get({ session: SESSION }))
    expect(error.hint).toMatch(/unpaid/)
  })

  it('carry their code, wherever it stands', async () => {
    const bodies: [body: object, code: string][] = [
      [{ status: 400, message: 'No', errorCode: 'participant:not_found' }, 'participant:not_found'],
      [{ status: 400, message: 'No', errors: [{ code: 'participant:not_found', reason: 'x', message: 'y' }] }, 'participant:not_found'],
      [{ status: 400, message: 'No', errors: [{ errorCode: 'bad:phone', message: 'y', location: 'body' }] }, 'bad:phone'],
    ]
    for (const [body, code] of bodies) {
      const error = await failure(gateway([{ status: 400, body }]).sparkbot.message.sendText(message))
      expect([error.kind, error.code, error.vendorMessage]).toEqual(['invalid_request', code, 'No'])
    }
    const body = {
      status: 403,
      message: 'Not for you',
      errorCode: 'group:participants:privacy_restriction',
      meta: { participant: '1@c.us' },
    }
    const refused = await failure(gateway([{ status: 403, body }]).sparkbot.message.sendText(message))
    expect([refused.kind, refused.code]).toEqual(['permission', 'group:participants:privacy_restriction'])
  })
})

describe('states of SparkBot', () => {
  const sessions: readonly [word: string, state: SessionState, challenge?: string][] = [
    ['new', 'starting'],
    ['loading', 'starting'],
    ['authorize', 'pairing', 'qr'],
    ['authorizing', 'connecting'],
    ['online', 'connected'],
    ['offline', 'disconnected'],
    ['offline:panel', 'stopped'],
    ['offline:modal', 'stopped'],
    ['timeout', 'disconnected'],
    ['timeout_sync', 'disconnected'],
    ['conflict', 'conflict'],
    ['blocked', 'failed'],
    ['error', 'failed'],
    ['melted', 'unknown'],
  ]
  for (const [word, state, challenge] of sessions) {
    it(`a session that is ${word} is ${state}`, async () => {
      const { sparkbot } = gateway([{ status: 200, body: device('operative', word) }])
      const info = await sparkbot.session.get({ session: SESSION })
      expect([info.session, info.state, info.challenge, info.account]).toEqual([SESSION, state, challenge, 'ok'])
    })
  }

  const devices: readonly [word: string, account: AccountState][] = [
    ['operative', 'ok'],
    ['verified', 'ok'],
    ['authorized', 'ok'],
    ['preload', 'pending'],
    ['pending', 'pending'],
    ['unpaid', 'unpaid'],
    ['disabled', 'disabled'],
    ['banned', 'banned'],
    ['removed', 'removed'],
    ['invalid', 'removed'],
    ['melted', 'unknown'],
  ]
  for (const [word, account] of devices) {
    it(`a number that is ${word} has an account that is ${account}`, async () => {
      const info = await gateway([{ status: 200, body: device(word, 'offline') }]).sparkbot.session.get({ session: SESSION })
      expect([info.account, info.state]).toEqual([account, 'disconnected'])
      expect(info.nextActions).toEqual(
        account === 'unpaid' ? ['pay'] : ['banned', 'disabled', 'removed'].includes(account) ? [] : ['wait', 'restart'],
      )
    })
  }

  it('the two are told apart, also where one is missing', async () => {
    const unpaid = await gateway([{ status: 200, body: device('unpaid', 'online') }]).sparkbot.session.get({ session: SESSION })
    expect([unpaid.state, unpaid.account, unpaid.nextActions]).toEqual(['connected', 'unpaid', ['pay']])
    const bare = await gateway([{ status: 200, body: { id: SESSION } }]).sparkbot.session.get({ session: SESSION })
    expect([bare.state, bare.account]).toEqual(['unknown', 'unknown'])
  })

  it('a list goes on until a page is not full, and begins with page 0', async () => {
    const page = (count: number) => Array.from({ length: count }, (_, index) => ({ ...device('operative', 'online'), id: `id-${index}` }))
    const { sparkbot, requests } = gateway([
      { status: 200, body: page(100) },
      { status: 200, body: page(100) },
      { status: 200, body: page(3) },
    ])
    expect((await sparkbot.session.list()).sessions.length).toBe(203)
    expect(requests.map(({ url }) => new URL(url).searchParams.get('page'))).toEqual(['0', '1', '2'])
    expect(requests.map(({ url }) => new URL(url).searchParams.get('size'))).toEqual(['100', '100', '100'])
  })
})

describe('reset of SparkBot', () => {
  it('sends what was asked for, and nothing else', async () => {
    const ask = async (input: object) => {
      const { sparkbot, requests } = gateway([{ status: 200, body: {} }])
      await sparkbot.session.reset({ session: SESSION, ...input })
      const { method, url = '', body } = requests[0] ?? {}
      const { pathname, searchParams } = new URL(url)
      return [method, pathname, Object.fromEntries(searchParams), body]
    }
    const path = `/v1/devices/${SESSION}/reset`
    expect(await ask({})).toEqual(['POST', path, {}, undefined])
    const all = { deleteData: true, wait: true, emptyQueue: true }
    expect(await ask(all)).toEqual(['POST', path, { data: 'true', wait: 'true', emptyQueue: 'true' }, undefined])
    expect(await ask({ deleteData: false, wait: false })).toEqual(['POST', path, { data: 'false', wait: 'false' }, undefined])
  })

  it('tells the state where the answer does', async () => {
    const known = await gateway([{ status: 200, body: device('operative', 'new') }]).sparkbot.session.reset({ session: SESSION })
    expect([known.state, known.account]).toEqual(['starting', 'ok'])
    const unknown = await gateway([{ status: 200, body: { ok: true } }]).sparkbot.session.reset({ session: SESSION })
    expect([unknown.state, unknown.reason]).toEqual(['unknown', expect.stringMatching(/does not tell/)])
    const empty = await gateway([{ status: 200 }]).sparkbot.session.reset({ session: SESSION })
    expect([empty.session, empty.state]).toEqual([SESSION, 'unknown'])
  })

  it('waits for 150 s, says every second how long it has taken, and is not repeated', async () => {
    const clock = createVirtualClock()
    const { sparkbot, requests } = gateway(['silent'], { clock })
    const heard: number[] = []
    let ended: unknown
    const call = sparkbot.session
      .reset({ session: SESSION, wait: true }, { onProgress: (elapsedMs) => heard.push(elapsedMs) })
      .then(
        () => 'reset',
        (error: unknown) => error,
      )
      .then((end) => {
        ended = end
        return end
      })
    await clock.advance(149_999)
    expect([ended, heard.length, heard.at(0), heard.at(-1)]).toEqual([undefined, 149, 1_000, 149_000])
    await clock.advance(1)
    const error = await call
    expect(GatewayError.is(error) && [error.kind, error.reached]).toEqual(['unknown_outcome', 'maybe'])
    expect(requests.length).toBe(1)
    await clock.advance(10_000)
    expect(heard.length).toBeLessThanOrEqual(150)
  })

  it('ends when the gateway has answered in time, and is silent then', async () => {
    const clock = createVirtualClock()
    const heard: number[] = []
    const { sparkbot } = gateway([], {
      clock,
      fetch: () => new Promise<Response>((resolve) => clock.after(118_000, () => resolve(Response.json(device('operative', 'new'))))),
    })
    const call = sparkbot.session.reset({ session: SESSION, wait: true }, { onProgress: (elapsedMs) => heard.push(elapsedMs) })
    await clock.advance(120_000)
    expect((await call).state).toBe('starting')
    const before = heard.length
    expect([before >= 117, before <= 118]).toEqual([true, true])
    await clock.advance(60_000)
    expect(heard.length).toBe(before)
  })

  it('lets the caller set another deadline', async () => {
    const clock = createVirtualClock()
    const call = failure(gateway(['silent'], { clock }).sparkbot.session.reset({ session: SESSION }, { timeoutMs: 5_000 }))
    await clock.advance(5_000)
    expect((await call).kind).toBe('unknown_outcome')
  })
})

describe('answers of SparkBot', () => {
  it('a QR code is an SVG, a picture, or JSON', async () => {
    const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1v1"/></svg>'
    const drawn = gateway([{ status: 200, headers: { 'content-type': 'image/svg+xml' }, body: svg }])
    const { image, value } = await drawn.sparkbot.session.qr({ session: SESSION })
    expect([image?.mimetype, new TextDecoder().decode(image?.data), value]).toEqual(['image/svg+xml', svg, undefined])
    expect(drawn.requests[0]?.url).toBe(`http://spark.test/v1/devices/${SESSION}/scan`)
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
    const picture = await gateway([{ status: 200, headers: { 'content-type': 'image/png' }, body: png }]).sparkbot.session.qr({
      session: SESSION,
    })
    expect(picture.image).toEqual({ mimetype: 'image/png', data: png })
    expect(await gateway([{ status: 200, body: { qr: '2@abc' } }]).sparkbot.session.qr({ session: SESSION })).toMatchObject({
      value: '2@abc',
    })
    const none = gateway([{ status: 409, body: { status: 409, message: 'Session is online' } }])
    expect((await failure(none.sparkbot.session.qr({ session: SESSION }))).kind).toBe('conflict')
  })

  it('a pairing code is asked for with the number', async () => {
    const { sparkbot, requests } = gateway([{ status: 200, body: { code: 'ABCD-1234' } }])
    expect(await sparkbot.session.requestPairingCode({ session: SESSION, phone: '+1 202 555-0143' })).toMatchObject({ code: 'ABCD-1234' })
    expect([requests[0]?.method, JSON.parse(requests[0]?.body ?? '')]).toEqual(['POST', { phone: '+12025550143' }])
  })

  const messages: readonly [word: string, status: string][] = [
    ['queued', 'queued'],
    ['processing', 'queued'],
    ['processed', 'sent'],
    ['melted', 'unknown'],
  ]
  for (const [word, status] of messages) {
    it(`a message that is ${word} is ${status}`, async () => {
      const { sparkbot, requests } = gateway([{ status: 201, body: { id: 'm1', wid: '12025550143@c.us', status: word } }])
      expect(await sparkbot.message.sendText(message)).toMatchObject({ id: 'm1', to: '12025550143@c.us', status })
      expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ device: SESSION, phone: '+12025550143', message: 'Hi' })
    })
  }

  it('groups, channels and answers have fields of their own', async () => {
    const ask = async (input: object) => {
      const { sparkbot, requests } = gateway([{ status: 201, body: { id: 'm1', status: 'queued' } }])
      await sparkbot.message.sendText({ ...message, ...input })
      return JSON.parse(requests[0]?.body ?? '')
    }
    expect(await ask({ to: '120363000000000000@g.us' })).toEqual({ device: SESSION, group: '120363000000000000@g.us', message: 'Hi' })
    expect(await ask({ to: '1203@newsletter' })).toEqual({ device: SESSION, channel: '1203@newsletter', message: 'Hi' })
    expect(await ask({ replyTo: '3EB0' })).toEqual({ device: SESSION, phone: '+12025550143', message: 'Hi', quote: '3EB0' })
    const { sparkbot, requests } = gateway([{ status: 201, body: {} }])
    const refused = await failure(sparkbot.message.sendText({ ...message, to: '9999999999@lid' }))
    expect([refused.kind, refused.field, requests.length]).toEqual(['invalid_request', 'to', 0])
  })

  it('the key goes into the header Token and nowhere else', async () => {
    const { sparkbot, requests } = gateway([{ status: 200, body: device('operative', 'online') }])
    await sparkbot.session.get({ session: SESSION })
    expect(requests[0]?.headers.token).toBe('secret-key')
    expect(requests[0]?.url).not.toContain('secret-key')
  })
})
