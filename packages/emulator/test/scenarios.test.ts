import { readdirSync, readFileSync } from 'node:fs'
import { expectLinear } from '@wamux/testkit/growth'
import { afterEach, describe, expect, test } from 'vitest'
import { connectControl } from '../src/control/remote.ts'
import { createEmulator, createVirtualClock, type Emulator, type GatewayId } from '../src/index.ts'
import { RECIPES } from '../src/page/recipes.ts'
import { callerOf } from './caller.ts'

const FOLDER = new URL('../examples/scenarios/', import.meta.url)
const open: Emulator[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

const textOf = (name: string) => readFileSync(new URL(`${name}.yaml`, FOLDER), 'utf8')

async function begin(yaml: string) {
  const emulator = createEmulator({ clock: createVirtualClock() })
  open.push(emulator)
  return { emulator, control: emulator.control, made: await emulator.control.scenario({ yaml }) }
}

/** Sends a text through a gateway, as its program would. */
async function send(emulator: Emulator, gateway: GatewayId, session: string, to: string, text: string) {
  const { method, path, body } = RECIPES[gateway].send(session, to, text)
  const query = gateway === 'wawp' ? `?access_token=${emulator.gateways.wawp.credentials.accessToken}` : ''
  return callerOf(emulator, gateway)(method, path + query, body)
}

describe('the examples', () => {
  test('are all run here', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(['appointment.yaml', 'bad-day.yaml', 'support-group.yaml'])
  })

  test('appointment: a person who answers "yes" after 3 s', async () => {
    const { emulator, control, made } = await begin(textOf('appointment'))
    expect(made).toEqual({
      phones: { shop: '12025550100', ben: '12025550101' },
      groups: {},
      sessions: [{ gateway: 'waha', session: 'default', phone: '12025550100' }],
      now: Date.parse('2026-03-02T09:00:00Z'),
    })
    const texts = async () => (await control.messages()).map(({ text }) => text)
    const [first] = await control.messages()
    expect(first).toMatchObject({ sentAt: made.now - 86_400_000, ack: 'READ' })
    expect(await texts()).toEqual(['Do you have time this week?', 'We call you back.'])

    await send(emulator, 'waha', 'default', '12025550101@c.us', 'Does Tuesday at 10 suit you?')
    await control.advance(3_149)
    expect((await control.accountOf({ phone: '12025550101' })).phone).toBe('12025550101')
    expect((await texts()).length).toBe(3)
    await control.advance(1)
    expect((await texts()).at(-1)).toBe('yes')

    await send(emulator, 'waha', 'default', '12025550101@c.us', 'It is confirmed.')
    expect(await control.runToIdle()).toMatchObject({ idle: true })
    expect((await texts()).slice(-2)).toEqual(['It is confirmed.', 'Thank you, Hair by Ada!'])
    const confirmed = (await control.messages()).find(({ text }) => text === 'It is confirmed.')
    expect(confirmed?.reactions).toEqual({ '12025550101': '❤️' })
    // only once
    await send(emulator, 'waha', 'default', '12025550101@c.us', 'Confirmed again.')
    await control.runToIdle()
    expect((await texts()).at(-1)).toBe('Confirmed again.')
  })

  test('support-group: a vote, a question back, and a phone that is off', async () => {
    const { emulator, control, made } = await begin(textOf('support-group'))
    const team = made.groups.team ?? ''
    expect(await control.groupOf({ group: team })).toMatchObject({
      subject: 'Support',
      participants: { '12025550111': 'owner', '12025550110': 'admin', '12025550112': 'member', '12025550113': 'member' },
    })
    expect(await control.chatOf({ phone: '12025550110', chat: '12025550112' })).toMatchObject({ unread: 1 })
    const poll = await control.message({
      from: '12025550110',
      to: team,
      poll: { question: 'When?', options: ['Today', 'Later'], multiple: false },
    })
    await send(emulator, 'waha', 'support', team, 'Please say when.')
    await control.runToIdle()
    const last = (await control.messages()).at(-1)
    expect(last).toMatchObject({ from: '12025550112', text: 'What do you mean by "Please say when."?', replyTo: expect.any(String) })
    const votes = (await control.transcript()).filter(({ type, message }) => type === 'vote' && message === poll.id)
    expect(new Set(votes.map(({ by, options }) => JSON.stringify([by, options])))).toEqual(new Set(['["12025550111",["Today"]]']))
    const words = new Set((await control.deliveries()).map(({ gateway, event }) => `${gateway} ${event}`))
    expect(words).toContain('waha poll.vote')
    expect([...words].some((word) => word.startsWith('warest '))).toBe(true)
    expect((await control.messages({ phone: '12025550113' })).length).toBe(0)
  })

  test('bad-day: all gateways, faults, and an answer that comes late', async () => {
    const { emulator, control, made } = await begin(textOf('bad-day'))
    expect(made.sessions.map(({ gateway }) => gateway)).toEqual(['waha', 'wawp', 'warest', 'sparkbot'])
    expect((await send(emulator, 'waha', 'default', '12025550121@c.us', 'Hi')).status).toBe(503)
    for (const { gateway, session } of made.sessions) {
      const sent = send(emulator, gateway, session, '12025550121@c.us', `Hi from ${gateway}`)
      await control.advance(2_000)
      expect((await sent).status < 300, gateway).toBe(gateway !== 'wawp')
    }
    await control.runToIdle()
    const late = (await control.messages()).filter(({ from }) => from === '12025550121')
    expect(late.map(({ text }) => text)).toEqual(Array(2).fill('Sorry, I was busy. What is it?'))
    expect(late[0]?.sentAt).toBeGreaterThanOrEqual(made.now + 600_000)
  })
})

const wrong: readonly (readonly [string, string, string])[] = [
  [
    'a key that nothing has',
    'phones:\n  ada:\n    number: "12025550101"\n    nam: Ada\n',
    'line 4, column 5: phones.ada.nam: unknown; expected one of number, name, about',
  ],
  [
    'a number that is none',
    'phones:\n  ada: hello\n',
    'line 2, column 3: phones.ada: expected a number with country code like "+1 202 555 0101", not "hello"',
  ],
  [
    'two phones with one number',
    'phones:\n  a: 12025550101\n  b: "+1 202 555 0101"\n',
    'line 3, column 3: phones.b: a has this number already',
  ],
  [
    'a phone that is not there',
    'phones: { ada: 12025550101 }\nhistory:\n  - from: ada\n    to: bob\n    text: Hi\n',
    'line 4, column 5: history[0].to: no phone is called "bob"; expected one of ada',
  ],
  [
    'a message without content',
    'phones: { a: 12025550101 }\nhistory:\n  - { from: a, to: a }\n',
    'line 3, column 5: history[0]: expected one of text, poll, place, file',
  ],
  [
    'a duration without a unit',
    'phones: { a: 12025550101 }\nreplies:\n  - phone: a\n    after: "3"\n    text: x\n',
    'line 4, column 5: replies[0].after: expected something like "500 ms", "3 s"',
  ],
  [
    'a duration that is a number',
    'phones: { a: 12025550101 }\nreplies:\n  - phone: a\n    after: 3\n    text: x\n',
    'line 4, column 5: replies[0].after: expected a string, not 3',
  ],
  [
    'an expression that is none',
    'phones: { a: 12025550101 }\nreplies:\n  - phone: a\n    when: { matches: "(" }\n    text: x\n',
    'line 4, column 13: replies[0].when.matches: expected a regular expression, not "("',
  ],
  [
    'a gateway that is none',
    'phones: { a: 12025550101 }\nsessions:\n  - gateway: telegram\n    phone: a\n',
    'line 3, column 5: sessions[0].gateway: expected one of waha, wawp, warest, sparkbot',
  ],
  ['something that is missing', 'groups:\n  team:\n    subject: Team\n', 'line 2, column 3: groups.team.owner: required'],
  [
    'a name for a session that names itself',
    'phones: { a: 12025550101 }\nsessions:\n  - gateway: sparkbot\n    name: x\n    phone: a\n',
    'line 4, column 5: sessions[0].name: sparkbot names its sessions itself',
  ],
  ['a time that is none', 'time: tomorrow\n', 'line 1, column 1: time: expected a time like "2026-03-01T09:00:00Z", not "tomorrow"'],
  ['a list', '- 1\n', 'line 1, column 1: the scenario: expected an object'],
  ['broken YAML', 'phones:\n  ada: "12\n', 'line 3, column 1: '],
  ['a key twice', 'seed: 1\nseed: 2\n', 'line 2, column 1: Map keys must be unique'],
  ['a name that is no name', 'phones:\n  "a b": 12025550101\n', 'line 2, column 3: phones.a b: expected a name of letters'],
  ['a fault that is none', 'faults:\n  - status: 7\n', 'line 2, column 5: faults[0]: status: expected 200 to 599'],
]

test.each(wrong)('%s is told with line and field', async (_, yaml, message) => {
  const emulator = createEmulator()
  open.push(emulator)
  const remote = connectControl('http://emulator.invalid', emulator.fetch)
  for (const control of [emulator.control, remote]) {
    await expect(control.scenario({ yaml })).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining(message) })
  }
  await expect(emulator.control.scenario({} as never)).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('yaml') })
})

test('a scenario that is not in order changes nothing', async () => {
  const { control } = await begin(textOf('appointment'))
  const before = await control.snapshot()
  await expect(control.scenario({ yaml: 'phones: 1' })).rejects.toMatchObject({ code: 'invalid' })
  expect(await control.snapshot()).toEqual(before)
})

test('one whose session a gateway refuses leaves nothing', async () => {
  const { control } = await begin('phones: { a: 12025550101 }')
  const twice = { phones: { a: '12025550101' }, sessions: [1, 2].map(() => ({ gateway: 'waha', phone: 'a' }) as const) }
  await expect(control.scenario({ scenario: twice })).rejects.toMatchObject({
    message: expect.stringMatching(/^sessions\[1\]: waha answers 422/),
  })
  expect((await control.state()).accounts).toEqual([])
})

test('time runs on after it where the clock can, and stands where it says so', async () => {
  const emulator = createEmulator()
  open.push(emulator)
  await emulator.control.scenario({ scenario: { time: '2020-01-01T00:00:00Z' } })
  expect(await emulator.control.clock()).toMatchObject({ paused: false })
  expect((await emulator.control.clock()).now).toBeLessThan(Date.parse('2020-01-02'))
  await emulator.control.scenario({ scenario: { paused: true } })
  expect(await emulator.control.clock()).toMatchObject({ paused: true })
})

test('two people who answer each other do so without end, and time still ends', async () => {
  const { control } = await begin(
    'phones: { a: 12025550101, b: 12025550102 }\nreplies:\n  - { phone: a, after: 0 ms, text: x }\n  - { phone: b, after: 1 h, text: y }\n',
  )
  await control.message({ from: '12025550101', to: '12025550102', text: 'Hi' })
  expect(await control.runToIdle()).toMatchObject({ idle: false })
  expect((await control.messages()).length).toBeGreaterThan(40)
})

test('replies under way go on from a snapshot', async () => {
  const { emulator, control } = await begin(textOf('appointment'))
  await send(emulator, 'waha', 'default', '12025550101@c.us', 'Wednesday?')
  await control.advance(1_000)
  const snapshot = await control.snapshot()
  await control.reset()
  await control.restore(snapshot)
  await control.runToIdle()
  expect((await control.messages()).at(-1)?.text).toBe('yes')
})

describe('growth: four times the scenario takes about four times the work', () => {
  const many = (count: number, broken: boolean) => {
    const names = Array.from({ length: count }, (_, index) => `p${index}`)
    const phones = names.map((name, index) => `  ${name}: "1202${5550000 + index}"`)
    const history = names.map((name) => `  - { from: ${name}, to: ${broken ? 'nobody' : 'p0'}, text: Hi, ago: 1 h }`)
    return `phones:\n${phones.join('\n')}\nhistory:\n${history.join('\n')}\n`
  }

  test.each([false, true])('broken: %s', async (broken) => {
    const { control } = await begin('')
    await expectLinear(
      (yaml: string) => control.scenario({ yaml }).catch(() => {}),
      (count) => many(count, broken),
      150,
    )
  })
})
