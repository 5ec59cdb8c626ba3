import type { Operation } from '@wamux/core'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../src/command/command.ts'
import { asksForHelp, parseCommand } from '../src/command/parse-args.ts'
import { operationCommand } from '../src/commands/gateway/command.ts'
import { operationInput } from '../src/commands/gateway/input.ts'
import { UsageError } from '../src/errors/usage-error.ts'
import { fieldsOf, flagName, hasWholeBody } from '../src/operation/fields.ts'
import { findUsedFlags, isPathParameter, shownName } from '../src/operation/flags.ts'
import { operationName, splitId } from '../src/operation/names.ts'
import { commands } from '../src/router/registry.ts'
import { findRoute } from '../src/router/route.ts'
import { invoke } from './in-process.ts'
import { ownPlugins } from './own-plugins.ts'

// a text comes from anywhere: none may become a flag, help, another recipient, or nothing
const FIXED = [
  '-Vielen Dank, bis nachher',
  '-h, wie heiß',
  '-hallo',
  '--to=+4915199999999',
  '--help me',
  '--helpless',
  '--profile=other',
  '--gateway=wawp',
  '--json=id',
  '--session=other',
  '--dry-run=1',
  '--unknown',
  '--',
  '---',
  '-- --',
  '--=',
  '=',
  '-=',
  '-5 degrees',
  '-g',
  '-greetings',
  '-oh',
  '-q!',
  '-yes please',
  '-y',
  '@here',
  'two\nlines',
  '-first\n--second',
  '👍',
  '-👋🏽',
  'Grüße',
  '日本語',
  '$(rm -rf /)',
  '"quoted"',
  "it's",
  ' -leading blank',
  '\u202a-rtl\u202c',
  '[]',
  '{}',
  'null',
  'true',
  '12',
]
const PARTS = ['-', '--', '=', 'h', 'help', 'to', 'text', 'json', ' ', '\n', '👍', 'ü', '5', 'q', 'x', '"', '@', '+49', '/', '\\']

/** Texts by chance, always the same ones. */
function generated(count: number): string[] {
  let state = 14
  const next = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(6) }, () => PARTS[next(PARTS.length)]).join('')).filter(
    // alone it stands for stdin
    (text) => text !== '-',
  )
}
const TEXTS = [...FIXED, ...generated(400)]

const FILLED: Readonly<Record<string, string>> = { session: 'shop', to: '+4915112345678', chat: '+4915112345678', group: '1203@g.us' }

interface Place {
  readonly words: readonly string[]
  readonly command: Command
  readonly argument: string
  /** The arguments in front of it. */
  readonly before: readonly string[]
  /** Required ones behind it. */
  readonly after: readonly string[]
}

async function textPlaces(): Promise<Place[]> {
  const places: Place[] = []
  for (const [word, entry] of Object.entries(commands)) {
    const { bare, commands: known } = await entry.load()
    const all = [...Object.entries(known), ...(bare ? [['', bare] as const] : [])]
    for (const [name, command] of all) {
      const args = Object.entries(command.args ?? {})
      for (const [index, [argument, spec]] of args.entries()) {
        if (!spec.freeText) continue
        const fill = ([one]: (typeof args)[number]) => FILLED[one] ?? 'x'
        const after = args.slice(index + 1).filter(([, { required }]) => required)
        places.push({
          words: [word, name].filter(Boolean),
          command,
          argument,
          before: args.slice(0, index).map(fill),
          after: after.map(fill),
        })
      }
    }
  }
  return places
}
const places = await textPlaces()

/** What a command line makes of a text: the text, or an error that says how to give it. */
function taken({ words, command, argument }: Place, rest: readonly string[]): string | UsageError {
  try {
    const values = parseCommand(words.join(' '), command, rest)
    return values.all(argument).join('\0')
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
}

/** A whole word that is a flag of the command: it may be one, so it is refused, and the hint says how it becomes the text. */
function isOwnFlag(text: string, { command, argument }: Place): boolean {
  const names = [...Object.keys(command.args ?? {}), ...Object.keys(command.flags ?? {})].map((name) => `--${name}`)
  const global = ['gateway', 'profile', 'json', 'jq', 'output', 'quiet', 'timeout', 'no-color', 'no-input', 'verbose', 'yes', 'help']
  const [name = ''] = text.split('=', 1)
  return [...names, ...global.map((one) => `--${one}`), '-g', '-o', '-q', '-y', '-h'].includes(text) || name === `--${argument}`
}

it('there are texts in many commands', () => {
  expect(places.map(({ words, argument }) => `${words.join(' ')} <${argument}>`)).toEqual(
    expect.arrayContaining([
      'send <text>',
      'message send-text <text>',
      'message send-poll <question>',
      'message send-poll <option>',
      'message edit <text>',
      'status send-text <text>',
      'group create <subject>',
      'profile set-about <about>',
      'channel create <name>',
      'label create <name>',
    ]),
  )
})

describe.each(places.map((place) => [`${place.words.join(' ')} <${place.argument}>`, place] as const))('%s', (_title, place) => {
  const { command, argument, before, after } = place

  it('takes what stands in its place as it is, or says how to give it', () => {
    for (const text of TEXTS) {
      if (after.length > 0 && text === '--') continue
      const line = [...before, text, ...after]
      const got = taken(place, line)
      if (isOwnFlag(text, place)) {
        if (text === '-h' || text === '--help') expect(asksForHelp(command, line)).toBe(true)
        else if (typeof got !== 'string') expect(got).toBeInstanceOf(UsageError)
        continue
      }
      expect(asksForHelp(command, line), JSON.stringify(text)).toBe(false)
      expect(got, JSON.stringify(line)).toBe(text)
    }
  })

  it('takes every text behind --, and as the value of its flag', async () => {
    for (const text of [...TEXTS, '-h', '--help', '--json', '--yes', '-']) {
      expect(taken(place, [...before, '--', text, ...after]), JSON.stringify(text)).toBe(text)
      expect(taken(place, [`--${argument}=${text}`, ...before, ...after]), JSON.stringify(text)).toBe(text)
      const line = [...before, `--${argument}`, text, ...after]
      expect(taken(place, line), JSON.stringify(text)).toBe(text)
      expect(asksForHelp(command, line)).toBe(false)
      const route = await findRoute([...place.words, ...line], ownPlugins)
      expect(route, JSON.stringify(text)).toMatchObject({ kind: 'command', title: place.words.join(' ') })
    }
  })

  it('refuses an empty text, before anything is sent', () => {
    expect(taken(place, [...before, '', ...after])).toMatchObject({ message: expect.stringContaining('is empty') })
  })
})

describe('a text that could be a flag of the command', () => {
  it.each(['--dry-run', '--quiet', '--no-color'])('%s alone is refused: nothing is sent, and the hint names -- and stdin', async (text) => {
    const ended = await invoke(['message', 'send-text', 'shop', '+4915112345678', text, '--gateway', 'waha'])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('put -- in front of it')
    expect(ended.stderr).toContain('give - and pipe it in')
  })
})

describe('texts that arrive', () => {
  let emulator: EmulatorServer
  beforeAll(async () => {
    emulator = await serveEmulator()
    const env = emulator.gateways.waha.env
    await invoke(['session', 'create', 'shop'], { env })
    await invoke(['session', 'wait-for', 'shop', '--state', 'pairing', '--interval', '20ms'], { env })
    await emulator.emulator.control.scan({ gateway: 'waha', session: 'shop', phone: '+4915100000001' })
    await invoke(['session', 'wait-for', 'shop', '--interval', '20ms'], { env })
  })
  afterAll(() => emulator.close())

  it('are those that were given, and go to nobody else', async () => {
    const env = emulator.gateways.waha.env
    const sent = FIXED.slice(0, 32).filter((text) => text !== '-g' && text !== '-y')
    for (const text of sent) {
      const ended = await invoke(['message', 'send-text', 'shop', '+4915112345678', text], { env })
      expect(ended, text).toMatchObject({ code: 0 })
    }
    const arrived = async () => (await emulator.emulator.control.messages({ phone: '+4915112345678' })).map(({ text }) => text)
    await expect.poll(async () => (await arrived()).length, { timeout: 10_000 }).toBe(sent.length)
    const texts = await arrived()
    // each of them once, at this phone: so none went elsewhere
    expect([...texts].sort()).toEqual([...sent].sort())
  }, 60_000)
})

describe("the flags of a gateway's own operations", async () => {
  const gateways = ['waha', 'wawp', 'warest', 'sparkbot']
  const sources = {
    stdin: async () => 'from stdin',
    text: async () => '',
    bytes: async () => Buffer.from('x'),
    file: async () => new File(['x'], 'x'),
    json: async (text: string) => JSON.parse(text) as unknown,
  }
  const isText = ({ type, format, enum: choices }: ReturnType<typeof fieldsOf>[number]) =>
    (type === 'string' || (Array.isArray(type) && type.includes('string'))) && format !== 'byte' && !choices

  it.each(gateways)('of %s take texts as they are', async (gateway) => {
    const table = await ownPlugins.operations(gateway)
    const texts = TEXTS.filter((_, index) => index < FIXED.length || index % 20 === 0)
    let checked = 0
    for (const operation of Object.values(table.operations) as Operation[]) {
      const [family = ''] = splitId(operation.id) ?? []
      const field = fieldsOf(operation).find(
        (one) => isText(one) && !isPathParameter(operation, one) && !(hasWholeBody(operation) && one.name === 'body'),
      )
      if (!field) continue
      const flag = `--${shownName(flagName(field.name))}`
      for (const text of [texts[checked % texts.length] ?? '', '-h', '6281111111111']) {
        for (const line of [[flag, text], [`${flag}=${text}`]]) {
          const command = operationCommand(gateway, table, family, operationName(operation), line)
          expect(asksForHelp(command, line)).toBe(false)
          const { input } = await operationInput(operation, findUsedFlags(operation, line), parseCommand('x', command, line), sources)
          expect(input[field.name], `${operation.id} ${JSON.stringify(line)}`).toBe(text)
          checked++
        }
      }
    }
    expect(checked).toBeGreaterThan(30)
  })

  it('keep digits as text where a field takes text and other types', async () => {
    const operation = (await ownPlugins.operations('warest')).operations['messages.sendMedia'] as Operation
    const inputOf = async (...line: string[]) => {
      const table = await ownPlugins.operations('warest')
      const command = operationCommand('warest', table, 'messages', 'send-media', line)
      return (await operationInput(operation, findUsedFlags(operation, line), parseCommand('x', command, line), sources)).input
    }
    expect(await inputOf('--to', '6281111111111')).toEqual({ to: '6281111111111' })
    expect(await inputOf('--to', '["6281111111111","6281111111112"]')).toEqual({ to: ['6281111111111', '6281111111112'] })
    expect(await inputOf('--to', '6281111111111', '--to', '6281111111112')).toEqual({ to: ['6281111111111', '6281111111112'] })
    expect(await inputOf('--to', 'json:["6281111111111"]')).toEqual({ to: ['6281111111111'] })
  })
})

it.each([
  ['send-text', '--session', 'shop', '--to', '+4915112345678', '--to', '+4915112345679', '--text', 'a'],
  ['send-text', 'shop', '--to', '+4915112345678', '--text', 'a', '--to', '+4915112345679'],
  ['send-text', 'shop', '+4915112345678', '--text', 'a', '--text', 'b'],
])('a value given twice is told as that: %s', async (...argv) => {
  const { code, stderr } = await invoke(['message', ...argv], { env: {} })
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: --(to|text) is given twice\./)])
})
