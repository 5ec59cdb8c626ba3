import { expect, test } from 'vitest'
import { defaultTimings } from '../clock/timings.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createState } from '../state.ts'

function setUp() {
  const clock = createVirtualClock()
  const timings = { ...defaultTimings, starting: 0, connecting: 0 }
  const state = createState({ seed: 1, clock, timings, origin: () => '', deliver: undefined, fetchFile: undefined })
  return { clock, state }
}

test('a session hears of its life and of its account, and only while it is connected', async () => {
  const { clock, state } = setUp()
  const heard: string[] = []
  state.sessionEvents.on('waha', ({ id }, event) => heard.push(`${id} ${event.type === 'session' ? event.phase : event.type}`))
  const session = state.sessions('waha').create({ id: 'one', afterUnlink: 'fail' })
  session.start()
  const ada = state.network.account('12025550100')
  session.link(ada)
  state.network.send({ from: state.network.account('12025550101'), to: ada.jid, text: 'Hi' })
  await clock.advance(150)
  session.stop()
  state.network.send({ from: state.network.account('12025550101'), to: ada.jid, text: 'Hi' })
  await clock.advance(1_000)
  expect(heard).toEqual(['one starting', 'one pairing', 'one qr', 'one connecting', 'one connected', 'one message', 'one stopped'])
})

test('all sessions of an account hear of what one of them sends', () => {
  const { state } = setUp()
  const heard: string[] = []
  const ada = state.network.account('12025550100')
  for (const gateway of ['waha', 'wawp'] as const) {
    const session = state.sessions(gateway).create({ id: gateway, afterUnlink: 'fail' })
    session.start()
    session.link(ada)
    state.sessionEvents.on(gateway, ({ id }, event) => {
      if (event.type === 'message') heard.push(`${id} ${event.fromMe} by ${event.message.via.gateway}`)
    })
  }
  state.network.send({ from: ada, to: '12025550101', text: 'Hi', via: { gateway: 'waha', session: 'waha' } })
  expect(heard).toEqual(['waha true by waha', 'wawp true by waha'])
})

test('new QR codes are told where somebody wants them, until the session goes on', async () => {
  const { clock, state } = setUp()
  const codes: string[] = []
  state.sessionEvents.on(
    'warest',
    (_session, event) => {
      if (event.type === 'qr') codes.push(event.qr.value)
    },
    { qr: ({ id }) => id === 'wanted' },
  )
  const [wanted, other] = ['wanted', 'other'].map((id) => state.sessions('warest').create({ id, afterUnlink: 'pair-again' }))
  wanted?.start()
  other?.start()
  await clock.advance(45_000)
  expect(codes.length).toBe(4)
  expect(new Set(codes).size).toBe(4)
  wanted?.stop()
  await clock.advance(60_000)
  expect(codes.length).toBe(4)
})
