import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/caller.ts'
import type { EmulatorControl } from '../control/control.ts'
import { connectControl } from '../control/remote.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import type { GatewayId } from '../sessions/session.ts'
import { concerns } from './kinds.ts'
import { FAULT_KINDS } from './table/fault-kinds.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
let emulator: Emulator

beforeEach(() => {
  emulator = createEmulator({ timings: { starting: 0, connecting: 0, server: 0, device: 0, read: 0, queue: 0 } })
})
afterEach(() => emulator.close())

/** A session of a gateway, paired unless it is to be in the middle of that. */
async function open(control: EmulatorControl, gateway: GatewayId, paired: boolean): Promise<string> {
  const ask = callerOf(emulator, gateway)
  const { instanceId, accessToken } = emulator.gateways.wawp.credentials
  if (gateway === 'waha') await ask('POST', '/api/sessions', { name: 'default', start: true })
  if (gateway === 'wawp') await ask('POST', '/v2/session/start', { instance_id: instanceId, access_token: accessToken })
  if (gateway === 'warest') await ask('GET', '/api/v1/session/create?sessionId=default')
  if (gateway === 'sparkbot') await ask('POST', '/devices', {})
  const session = (await control.state()).sessions[gateway][0]?.session ?? ''
  if (paired) await control.scan({ gateway, session })
  return session
}

const PAIRING = ['qr-expired', 'passkey', 'passkey-confirmation']
const accounts = FAULT_KINDS.filter(({ area }) => area === 'account')
const others = FAULT_KINDS.filter(({ area }) => area !== 'account')

const ways: [string, () => EmulatorControl][] = [
  ['in process', () => emulator.control],
  ['over HTTP', () => connectControl('http://emulator.invalid', emulator.fetch)],
]

describe.each(ways)('faults %s', (_way, controlOf) => {
  test.each(accounts.flatMap((kind) => GATEWAYS.map((gateway) => [kind.name, gateway, kind] as const)))(
    '%s on %s begins, is shown and ends, or is refused with the reason',
    async (name, gateway, kind) => {
      const control = controlOf()
      const session = await open(control, gateway, !PAIRING.includes(name))
      const begun = control.account({ gateway, session, state: name as never })
      const answer = kind.gateways[gateway]
      if ('absent' in answer) {
        await expect(begun).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining(answer.absent) })
        return expect(await control.faults()).toEqual([])
      }
      await begun
      expect((await control.faults()).map(({ fault }) => fault)).toEqual(kind.lasts ? [name] : [])
      await control.account({ gateway, session, state: 'ok' })
      expect(await control.faults()).toEqual([])
    },
  )

  test.each(others.map((kind) => [kind.name, kind] as const))(
    '%s begins, is shown in words, and ends by id and by name',
    async (name, kind) => {
      const control = controlOf()
      await open(control, 'sparkbot', true)
      for (const called of ['id', 'name', 'another word']) {
        const { id } = await control.fault({ fault: name as never })
        const active = await control.faults()
        expect(active).toMatchObject([{ id, fault: name, area: kind.area, text: expect.stringContaining(kind.title) }])
        await control.stopFault({ id: called === 'id' ? id : called === 'name' ? name : (kind.also?.[0] ?? name) })
        expect(await control.faults()).toEqual([])
      }
      await expect(control.stopFault({ id: name })).rejects.toMatchObject({ code: 'not_found' })
    },
  )

  test('all of them end together', async () => {
    const control = controlOf()
    const session = await open(control, 'sparkbot', true)
    for (const { name } of others) await control.fault({ fault: name as never })
    for (const state of ['banned', 'timelock', 'capping', 'stuck', 'unpaid'] as const)
      await control.account({ gateway: 'sparkbot', session, state })
    // of both states of one queue the last counts
    expect(await control.faults()).toHaveLength(others.length - 1 + 5)
    await control.clearFaults()
    expect(await control.faults()).toEqual([])
    expect(await control.state()).toMatchObject({ sessions: { sparkbot: [{ session }] } })
  })

  test('the table is there, with a word on every gateway', async () => {
    const kinds = await controlOf().faultKinds()
    expect(kinds).toEqual(JSON.parse(JSON.stringify(FAULT_KINDS)))
    for (const { gateways, about, title } of kinds) {
      expect(Object.keys(gateways)).toEqual(GATEWAYS)
      expect([about.endsWith('.'), title.endsWith('.')]).toEqual([true, false])
      for (const answer of Object.values(gateways)) {
        const texts = 'absent' in answer ? [answer.absent] : [answer.answers, answer.source]
        for (const text of texts) expect(text.length).toBeGreaterThan(10)
      }
    }
  })

  test('names that mean nothing, values that do not fit, and fields that it has not are told', async () => {
    const control = controlOf()
    const session = await open(control, 'waha', true)
    const refused = async (doing: Promise<unknown>, ...says: string[]) => {
      const error = await doing.then(
        () => undefined,
        (thrown: unknown) => thrown as Error & { code: string },
      )
      expect(error?.code).toBe('invalid')
      for (const one of says) expect(error?.message).toContain(one)
    }
    await refused(control.fault({ fault: 'banned' as never }), 'fault:', 'lost-answer', 'control.account')
    await refused(control.account({ gateway: 'waha', session, state: 'drip' as never }), 'state:', 'timelock', 'control.fault')
    await refused(control.fault({ fault: 'constructor' as never }), 'fault:')
    await refused(control.fault({ fault: 'drip', bytesPerSecond: 0 }), 'bytesPerSecond:', '1 to')
    await refused(control.fault({ fault: 'drip', bytesPerSecond: '9' as never }), 'bytesPerSecond:', 'number')
    await refused(control.fault({ fault: 'slow', delay: 9 } as never), 'delay:', 'delayMs')
    await refused(control.fault({ fault: 'redirect', location: 'http://a\nb' }), 'location:')
    await refused(control.fault({ fault: 'error', status: 204, body: 'x' }), 'body:')
    await refused(control.fault({ fault: 'cooldown', gateway: 'waha' }), 'gateway:', 'warest')
    await refused(control.fault({ fault: 'slow', gateway: 'telegram' as never }), 'gateway:', 'sparkbot')
    await refused(control.fault({ fault: 'webhooks-twice', copies: 2.5 }), 'copies:')
    await refused(control.account({ gateway: 'waha', session, state: 'timelock', minutes: -1 }), 'minutes:')
    await refused(control.account({ gateway: 'waha', session, state: 'banned', phone: 'abc' }), 'phone:')
    await refused(control.account({ phone: '12025550100', state: 'stuck' }), 'session:')
    await refused(control.account({ gateway: 'waha', session, state: 'unpaid' }), 'subscription')
    expect(await control.faults()).toEqual([])
  })

  test('what is not possible now is a conflict', async () => {
    const control = controlOf()
    const session = await open(control, 'waha', false)
    for (const state of ['replaced', 'logged-out', 'timelock', 'banned'] as const) {
      await expect(control.account({ gateway: 'waha', session, state })).rejects.toMatchObject({ code: 'conflict' })
    }
    await control.scan({ gateway: 'waha', session })
    for (const state of ['qr-expired', 'passkey'] as const) {
      await expect(control.account({ gateway: 'waha', session, state })).rejects.toMatchObject({ code: 'conflict' })
    }
  })

  test('a phone can be meant instead of a session', async () => {
    const control = controlOf()
    expect(await control.account({ phone: '+12025550123', state: 'timelock' })).toEqual({ phone: '12025550123' })
    expect(await control.faults()).toMatchObject([{ id: '12025550123/timelock', phone: '12025550123' }])
    await expect(control.message({ from: '12025550123', to: '12025550124', text: 'Hi' })).rejects.toThrow('463')
    await control.account({ phone: '+12025550123', state: 'ok' })
    await control.message({ from: '12025550123', to: '12025550124', text: 'Hi' })
  })
})

test('an entry is on at least one gateway', () => {
  expect(FAULT_KINDS.filter((kind) => !GATEWAYS.some((gateway) => concerns(kind, gateway)))).toEqual([])
  const words = FAULT_KINDS.flatMap(({ name, also = [] }) => [name, ...also])
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([])
})
