import { superviseSessions } from '@wamux/core/supervise'
import { describe, expect, test } from 'vitest'
import type { AccountFault } from '../../src/faults/kinds.ts'
import { concerns } from '../../src/faults/kinds.ts'
import { FAULT_KINDS } from '../../src/faults/table/fault-kinds.ts'
import type { GatewayId } from '../../src/sessions/session.ts'
import { BEN, type Opened, open, thrownBy } from './plugins.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const PAIRING: readonly AccountFault[] = ['qr-expired', 'passkey', 'passkey-confirmation']

/** What a plugin says in one state. */
interface Said {
  readonly state: string
  readonly account?: string
  readonly challenge?: string
  readonly newChats?: string
  readonly next?: readonly string[]
  /** Kind and code of what a send to somebody new throws; absent where it is taken. */
  readonly send?: readonly [kind: string, code: string | undefined]
  /** A word of the hint. */
  readonly hint?: string
  /** Type of an event that tells of it, with a state or account in its data; absent where none comes. */
  readonly event?: readonly [type: string, data: object]
}

const failed = (more: object = {}): Said => ({
  state: 'failed',
  account: 'unknown',
  next: ['restart', 'logout'],
  send: ['conflict', undefined],
  hint: 'restart it',
  event: ['session.status', { state: 'failed' }],
  ...more,
})
const unlinked = failed({ send: ['not_found', 'invalid_session'], hint: 'no longer linked' })
const limited: Said = { state: 'connected', account: 'ok', send: ['permission', 'account_limited'], hint: 'Do not log out, restart' }
const notOpen = (state: string, more: object = {}): Said => ({
  state,
  send: ['not_found', '1101'],
  hint: 'look at the list of sessions',
  event: ['session.status', { state }],
  ...more,
})
// the queue keeps what it is given
const kept = (state: string, more: object = {}): Said => ({ state, event: ['session.status', { state }], ...more })

const SAID: Readonly<Record<AccountFault, Partial<Record<GatewayId, Said>>>> = {
  banned: {
    waha: failed(),
    wawp: unlinked,
    warest: notOpen('disconnected', { next: ['wait', 'restart'] }),
    sparkbot: kept('failed', { account: 'banned', next: [], event: ['session.status', { account: 'banned' }] }),
  },
  timelock: {
    waha: { ...limited, newChats: 'refused', event: ['session.status', { state: 'connected' }] },
    wawp: limited,
    warest: { state: 'connected', account: 'ok' },
    sparkbot: { state: 'connected', account: 'ok', event: ['message.failed', {}] },
  },
  capping: {
    waha: { ...limited, newChats: 'refused', event: ['session.status', { state: 'connected' }] },
    wawp: limited,
    warest: { state: 'connected', account: 'ok' },
    sparkbot: { state: 'connected', account: 'ok', event: ['message.failed', {}] },
  },
  unpaid: {
    wawp: { state: 'connected', account: 'ok' },
    sparkbot: {
      state: 'connected',
      account: 'unpaid',
      next: ['pay'],
      send: ['permission', undefined],
      hint: 'unpaid',
      event: ['session.status', { account: 'unpaid' }],
    },
  },
  disabled: {
    sparkbot: {
      state: 'connected',
      account: 'disabled',
      next: [],
      send: ['permission', undefined],
      event: ['session.status', { account: 'disabled' }],
    },
  },
  replaced: {
    waha: failed(),
    wawp: unlinked,
    warest: notOpen('conflict', { next: ['restart'] }),
    sparkbot: kept('conflict', { next: ['restart'] }),
  },
  'logged-out': {
    waha: failed(),
    wawp: unlinked,
    // it starts anew by itself; the event tells why
    warest: notOpen('connecting', { event: ['session.status', { state: 'logged_out' }] }),
    sparkbot: kept('pairing', { challenge: 'qr', next: ['scan'] }),
  },
  stuck: {
    waha: {
      ...failed(),
      state: 'starting',
      next: ['wait', 'restart'],
      hint: 'still starting',
      event: ['session.status', { state: 'starting' }],
    },
    wawp: { state: 'starting', next: ['wait', 'restart'], send: ['conflict', undefined], event: ['session.status', { state: 'starting' }] },
    warest: notOpen('disconnected', { next: ['wait', 'restart'] }),
    sparkbot: kept('disconnected', { next: ['wait', 'restart'] }),
  },
  crashed: { waha: failed(), wawp: unlinked, sparkbot: kept('failed', { account: 'ok', next: ['restart', 'reset'] }) },
  'qr-expired': { waha: failed(), wawp: unlinked, warest: notOpen('disconnected') },
  passkey: {
    waha: {
      state: 'pairing',
      challenge: 'passkey',
      next: ['scan'],
      send: ['conflict', undefined],
      hint: 'waits for a passkey',
      event: ['session.status', { state: 'pairing' }],
    },
  },
  'passkey-confirmation': {
    waha: {
      state: 'pairing',
      challenge: 'passkey_confirmation',
      next: ['scan'],
      send: ['conflict', undefined],
      hint: 'confirmed on the phone',
      event: ['session.status', { state: 'pairing' }],
    },
  },
}

const kinds = FAULT_KINDS.filter(({ area }) => area === 'account') as readonly ((typeof FAULT_KINDS)[number] & { name: AccountFault })[]

/** A gateway whose account is in a state. */
async function openIn(gateway: GatewayId, state: AccountFault): Promise<Opened & { readonly before: number }> {
  const opened = await open(gateway, { paired: !PAIRING.includes(state) })
  const before = (await opened.events()).length
  await opened.control.account({ gateway, session: opened.session, state })
  return { ...opened, before }
}

test('what plugins say is written down for exactly the gateways that show something', () => {
  for (const kind of kinds) {
    expect([kind.name, Object.keys(SAID[kind.name])]).toEqual([kind.name, GATEWAYS.filter((gateway) => concerns(kind, gateway))])
  }
})

describe.each(kinds.flatMap(({ name }) => (Object.keys(SAID[name]) as GatewayId[]).map((gateway) => [name, gateway] as const)))(
  '%s on %s',
  (name, id) => {
    const said = SAID[name][id] as Said

    test('is told by the session, a send and an event as it should be, and nothing is sent twice', async () => {
      const { gateway, session, control, events, emulator, before } = await openIn(id, name)
      const info = await gateway.session.get({ session })
      expect(info.state).toBe(said.state)
      expect(info.challenge).toBe(said.challenge)
      if (said.account !== undefined) expect(info.account).toBe(said.account)
      if (said.next) expect(info.nextActions).toEqual(said.next)
      expect(info.limits?.newChats).toBe(said.newChats)
      if (said.newChats) expect(info.limits?.until).toBeGreaterThan(Date.now())
      const error = await thrownBy(gateway.message.sendText({ session, to: BEN, text: 'Hi' }))
      expect(error && [error.kind, error.code]).toEqual(said.send)
      if (said.hint) expect(error?.hint).toContain(said.hint)
      if (error) expect(error.kind).not.toBe('unknown_outcome')
      const told = (await events()).slice(before)
      if (said.event) {
        const [type, data] = said.event
        expect(told).toContainEqual(expect.objectContaining({ type, data: expect.objectContaining(data) }))
      }
      const sent = await control.messages()
      expect(sent.length).toBeLessThanOrEqual(1)
      // what the error says was not sent was not sent
      if (error) expect(sent).toEqual([])
      emulator.close()
    })
  },
)

describe('limits of WhatsApp', () => {
  test.each([
    ['timelock', 'waha'],
    ['timelock', 'wawp'],
    ['capping', 'waha'],
    ['capping', 'wawp'],
  ] as const)('%s on %s: chats that exist go on, and so does everything when it ends', async (state, id) => {
    const { gateway, session, control, emulator } = await open(id)
    await gateway.message.sendText({ session, to: BEN, text: 'Hi' })
    await control.account({ gateway: id, session, state })
    await gateway.message.sendText({ session, to: BEN, text: 'again' })
    expect((await thrownBy(gateway.message.sendText({ session, to: '+12025550198', text: 'Hi' })))?.code).toBe('account_limited')
    await control.account({ gateway: id, session, state: 'ok' })
    await gateway.message.sendText({ session, to: '+12025550198', text: 'Hi' })
    expect((await gateway.session.get({ session })).limits?.newChats ?? 'allowed').toBe('allowed')
    emulator.close()
  })

  test('somebody who wrote first may be answered', async () => {
    const { gateway, session, control, emulator } = await open('waha')
    await control.account({ gateway: 'waha', session, state: 'timelock' })
    await control.message({ from: BEN, to: '12025550143', text: 'Is anybody there?' })
    await new Promise((resolve) => setTimeout(resolve, 5))
    await gateway.message.sendText({ session, to: BEN, text: 'yes' })
    emulator.close()
  })

  test('the quota is used up chat by chat, and warned of', async () => {
    const { gateway, session, control, emulator } = await open('waha')
    await control.account({ gateway: 'waha', session, state: 'capping', used: 8, quota: 10 })
    const limits = async () => (await gateway.session.get({ session })).limits?.newChats
    expect(await limits()).toBe('warned')
    for (const to of ['+12025550181', '+12025550182']) await gateway.message.sendText({ session, to, text: 'Hi' })
    expect(await limits()).toBe('refused')
    expect(await thrownBy(gateway.message.sendText({ session, to: '+12025550183', text: 'Hi' }))).toMatchObject({ code: 'account_limited' })
    emulator.close()
  })

  test('a message that WARest takes all the same never arrives', async () => {
    const { gateway, session, control, emulator } = await open('warest')
    await control.account({ gateway: 'warest', session, state: 'timelock' })
    await gateway.message.sendText({ session, to: BEN, text: 'Hi' })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await control.messages()).toMatchObject([{ text: 'Hi', ack: 'ERROR' }])
    expect(await control.messages({ phone: BEN })).toEqual([])
    emulator.close()
  })
})

/** The reports of supervision over some rounds, hours of its clock. */
async function supervise({ gateway, session }: Opened, rounds: number) {
  const end = new AbortController()
  const reports: { readonly action: string; readonly reason: string }[] = []
  let now = Date.now()
  let left = rounds
  const clock = {
    now: () => now,
    after(ms: number, callback: () => void) {
      const timer = setTimeout(() => {
        now += ms
        left -= 1
        if (left <= 0) end.abort()
        callback()
      }, 0)
      return () => clearTimeout(timer)
    },
  }
  const policy = { sessions: [session], intervalMs: 60_000, signal: end.signal, clock }
  for await (const { action, reason } of superviseSessions(gateway as never, policy)) reports.push({ action, reason })
  return reports
}

describe('supervision', () => {
  test.each([
    ['timelock', 'waha', 'WhatsApp refuses chats with new people'],
    ['capping', 'waha', 'WhatsApp refuses chats with new people'],
    ['banned', 'sparkbot', 'WhatsApp has banned the account'],
    ['unpaid', 'sparkbot', 'the account is not paid for'],
    ['disabled', 'sparkbot', 'the gateway has disabled the account'],
    ['replaced', 'warest', 'WhatsApp is in use under this session elsewhere'],
    ['replaced', 'sparkbot', 'WhatsApp is in use under this session elsewhere'],
  ] as const)('of an account that is in %s on %s restarts nothing, and says so once', async (state, id, reason) => {
    const opened = await openIn(id, state)
    const reports = await supervise(opened, 30)
    expect(reports).toEqual([{ action: 'noticed', reason: expect.stringContaining(reason) }])
    opened.emulator.close()
  })

  test.each(['timelock', 'capping'] as const)('of %s where the gateway shows none restarts nothing either', async (state) => {
    for (const id of ['wawp', 'warest', 'sparkbot'] as const) {
      const opened = await openIn(id, state)
      expect(await supervise(opened, 10)).toEqual([])
      opened.emulator.close()
    }
  })

  test('of an engine that crashed restarts it once', async () => {
    const opened = await openIn('waha', 'crashed')
    expect((await supervise(opened, 10)).map(({ action }) => action)).toEqual(['restarted'])
    expect((await opened.gateway.session.get({ session: opened.session })).state).toBe('connected')
    opened.emulator.close()
  })
})
