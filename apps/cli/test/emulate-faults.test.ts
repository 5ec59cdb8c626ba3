import { CAUSES as CAUSED, FAULT_KINDS } from '@wamux/emulator'
import type { EmulatorServer } from '@wamux/emulator/server'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { wordsModule } from '../scripts/emulator-words.ts'
import { complete } from '../src/commands/completion/complete.ts'
import { ACCOUNT_STATES, CAUSES, FAULTS } from '../src/generated/emulator-words.ts'
import { openShop, type Shop } from './shop.ts'

let shop: Shop
let emulator: EmulatorServer
beforeAll(async () => {
  shop = await openShop()
  emulator = shop.emulator
})
afterAll(() => shop.close())
afterEach(() => emulator.emulator.control.clearFaults())
const run: Shop['run'] = (line, around) => shop.run(line, around)

const accounts = FAULT_KINDS.filter(({ area }) => area === 'account')
const others = FAULT_KINDS.filter(({ area }) => area !== 'account')

it('knows the names of the emulator: pnpm --filter wamux index', async () => {
  expect(Object.keys(FAULTS)).toEqual(others.map(({ name }) => name))
  expect(Object.keys(ACCOUNT_STATES)).toEqual(accounts.map(({ name }) => name))
  expect(new Set([...CAUSES, 'unknown'])).toEqual(new Set(Object.values(CAUSED).flat()))
  expect(wordsModule()).toContain(`"drip": ${JSON.stringify(FAULTS.drip)}`)
})

describe('wamux emulate fault', () => {
  it('lists what can go wrong, and what is', async () => {
    await run('wamux emulate fault slow 5s --operation messages.sendText --times 3')
    const { stdout, code } = await run('wamux emulate fault')
    expect(code).toBe(0)
    expect(stdout).toContain('delayMs 5000')
    for (const { name } of others) expect(stdout).toContain(name)
    const { stdout: json } = await run('wamux emulate fault --json')
    expect(JSON.parse(json)).toMatchObject({ active: [{ fault: 'slow', operation: 'messages.sendText', times: 3, delayMs: 5_000 }] })
  })

  it.each(['lost-answer', 'redirect', 'cooldown', 'webhooks-late'])('%s begins and ends', async (name) => {
    const begun = await run(`wamux emulate fault ${name}`)
    expect(begun).toMatchObject({ code: 0, stdout: expect.stringContaining('wamux emulate fault off') })
    expect(await emulator.emulator.control.faults()).toMatchObject([{ fault: name }])
    expect(await run(`wamux emulate fault off ${name}`)).toMatchObject({ code: 0 })
    expect(await emulator.emulator.control.faults()).toEqual([])
  })

  it('is met by the next call', async () => {
    await run('wamux emulate fault proxy-error 504 --gateway waha')
    expect(await run('wamux session list --gateway waha --no-input')).toMatchObject({ code: 0 })
    await run('wamux emulate fault error 503 --times 20 --set body=out')
    const { code, stderr } = await run('wamux session list --gateway waha')
    expect(code).not.toBe(0)
    expect(stderr).toContain('503')
    expect(await run('wamux emulate fault off')).toMatchObject({ code: 0, stdout: 'Nothing is wrong any more.\n' })
  })

  it.each([
    ['wamux emulate fault dripp', 'Did you mean drip?'],
    ['wamux emulate fault lost 5', 'takes no value'],
    ['wamux emulate fault drip fast', 'is no number'],
    ['wamux emulate fault drip 0', '1 to'],
    ['wamux emulate fault drip --set speed=1', 'bytesPerSecond'],
    ['wamux emulate fault drip --set 5', 'name=value'],
    ['wamux emulate fault cooldown --gateway waha', 'warest'],
    ['wamux emulate fault webhooks-twice --times 3', '--times'],
    ['wamux emulate fault slow --times many', '--times takes a number'],
    ['wamux emulate fault off constructor', 'nothing is wrong'],
    ['wamux emulate fault slow --url http://127.0.0.1:1', 'There is no emulator'],
  ])('%s says what is wrong', async (line, says) => {
    const { code, stderr } = await run(line)
    expect([code, stderr.includes(says) ? says : stderr]).toEqual([2, says])
    expect(await emulator.emulator.control.faults()).toEqual([])
  })
})

describe('wamux emulate account', () => {
  it('lists the states', async () => {
    const { stdout, code } = await run('wamux emulate account')
    expect(code).toBe(0)
    for (const { name } of accounts) expect(stdout).toContain(name)
  })

  it('puts the only session into a state, which wamux then tells, and ends it', async () => {
    expect(await run('wamux emulate account timelock --set minutes=30')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('waha session shop'),
    })
    const refused = await run('wamux send +4915112345999 "Hello"')
    expect(refused.code).not.toBe(0)
    expect(refused.stderr).toContain('463')
    expect(refused.stderr).toContain('limits this account')
    expect(await run('wamux emulate account ok shop')).toMatchObject({ code: 0, stdout: expect.stringContaining('no limit or ban') })
    expect(await run('wamux send +4915112345999 "Hello"')).toMatchObject({ code: 0 })
  })

  it('takes a phone, too', async () => {
    expect(await run('wamux emulate account banned --phone +12025550155')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('+12025550155'),
    })
    expect(await emulator.emulator.control.faults()).toMatchObject([{ fault: 'banned', phone: '12025550155' }])
  })

  it.each([
    ['wamux emulate account band', 'Did you mean'],
    ['wamux emulate account unpaid', 'subscription'],
    ['wamux emulate account banned nobody', 'no session nobody'],
    ['wamux emulate account qr-expired', 'not pairing'],
    ['wamux emulate account banned --gateway telegram', 'no gateway "telegram"'],
  ])('%s says what is wrong', async (line, says) => {
    const { code, stderr } = await run(line)
    expect([code, stderr.includes(says) ? says : stderr]).toEqual([2, says])
  })
})

it('completes the names', async () => {
  const words = async (...typed: string[]) =>
    (await complete(typed, { cliFile: import.meta.url, cwd: import.meta.dirname }, {})).map(({ word }) => word)
  expect(await words('emulate', 'fault', 'webhooks-')).toEqual(['webhooks-twice', 'webhooks-late', 'webhooks-reordered', 'webhooks-held'])
  expect(await words('emulate', 'account', 'log')).toEqual(['logged-out'])
  expect(await words('emulate', 'fault', '--op')).toEqual(['--operation'])
  expect((await words('emulate', 'f')).includes('fault')).toBe(true)
})

it('help names all of them', async () => {
  const { stdout } = await run('wamux emulate fault --help')
  for (const { name } of others) expect(stdout).toContain(name)
  for (const { name } of accounts) expect((await run('wamux emulate account --help')).stdout).toContain(name)
})

describe('wamux trigger', () => {
  it('makes every event happen that the gateway reports, and no other', async () => {
    for (const type of CAUSED.waha) expect(await run(`wamux trigger ${type} shop`), type).toMatchObject({ code: 0, stderr: '' })
    for (const type of CAUSES.filter((one) => !CAUSED.waha.some((known) => known === one))) {
      const { code, stderr } = await run(`wamux trigger ${type} shop`)
      expect([code, stderr]).toEqual([2, expect.stringMatching(/cannot make ".*" happen on waha.*It can: session.status/s)])
    }
  })

  it('names and completes them all', async () => {
    const { stdout } = await run('wamux trigger --help')
    const offered = await complete(['trigger', ''], { cliFile: import.meta.url, cwd: import.meta.dirname }, {})
    expect(offered.map(({ word }) => word)).toEqual(CAUSES)
    for (const type of CAUSES) expect(stdout).toContain(type)
  })
})
