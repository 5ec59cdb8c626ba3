import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildIndex } from '../../../scripts/build-index.ts'
import { GLOBAL_FLAGS } from '../../command/flags.ts'
import { commandIndex } from '../../generated/command-index.ts'
import { candidateText, complete } from './complete.ts'
import { SCRIPTS } from './scripts.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-complete-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const words = async (...typed: string[]) =>
  (await complete(typed, { cliFile: import.meta.url, cwd: import.meta.dirname }, { XDG_CACHE_HOME: folder })).map(({ word }) => word)

it('is made from the commands: pnpm --filter wamux index', async () => {
  expect(commandIndex).toEqual(await buildIndex())
})

it('knows the flags of every command', async () => {
  const flags = Object.keys(GLOBAL_FLAGS)
    .filter((name) => !GLOBAL_FLAGS[name]?.hidden)
    .map((name) => `--${name}`)
  expect((await words('doctor', '--')).sort()).toEqual(['--offline', ...flags].sort())
  expect(await words('doctor', '--output', '')).toEqual(GLOBAL_FLAGS.output?.choices)
})

it('offers no command as the value of a flag', async () => {
  for (const flag of ['--jq', '--timeout']) {
    expect(await words(flag, '')).toEqual([])
    expect(await words('session', flag, 's')).toEqual([])
  }
})

describe('completion', () => {
  it.each([
    [['ses'], ['session']],
    [['wah'], ['waha']],
    [['--ver'], ['--version', '--verbose']],
    [
      ['session', 'st'],
      ['start', 'stop'],
    ],
    [['session', 'delete', 'x', '--y'], ['--yes']],
    [
      ['--gateway=waha', 'session', 'qr', 'x', '--o'],
      ['--out', '--once', '--output'],
    ],
    [
      ['--gateway', 'waha', 'session', 'qr', 'x', '--o'],
      ['--out', '--once', '--output'],
    ],
    [
      ['session', 'list', '--output', ''],
      ['table', 'json', 'ndjson', 'csv', 'yaml'],
    ],
    [
      ['session', 'list', '--gateway', 'w'],
      ['waha', 'wawp', 'warest'],
    ],
    [['help', 'exit'], ['exit-codes']],
    [['completion', 'z'], ['zsh']],
    [['operations', 'sp'], ['sparkbot']],
    [['waha', 'sess'], ['sessions']],
    [
      ['waha', 'sessions', 'sto'],
      ['stop', 'stop-deprecated'],
    ],
    [['waha', 'messages', 'send-text', '--chat'], ['--chat-id']],
    [['session', 'stop', ''], []],
    [['nope', 'x', ''], []],
    [['waha', 'constructor', ''], []],
  ])('of %j is %j', async (typed, found) => {
    expect((await words(...typed)).sort()).toEqual([...found].sort())
  })

  it('has everything when nothing is typed', async () => {
    expect(await words('')).toEqual(expect.arrayContaining(['session', 'message', 'group', 'waha', 'sparkbot', 'help']))
    expect((await words('session', '')).length).toBeGreaterThanOrEqual(13)
  })

  it('keeps the words of a gateway, and does without where it cannot', async () => {
    await words('wawp', '')
    expect(readdirSync(join(folder, 'wamux'))).toContain('words-wawp.json')
    expect(JSON.parse(readFileSync(join(folder, 'wamux', 'words-wawp.json'), 'utf8'))[0].value.messages).toHaveProperty('send-text')
    const found = await complete(
      ['wawp', 'mess'],
      { cliFile: import.meta.url, cwd: import.meta.dirname },
      { XDG_CACHE_HOME: join(folder, 'wamux', 'words-wawp.json') },
    )
    expect(found.map(({ word }) => word)).toEqual(['messages'])
  })

  it('is a line for each word', () => {
    expect(candidateText([{ word: 'a', about: 'two\nlines\tand a tab' }])).toBe('a\ttwo lines and a tab\n')
  })

  it('has a script for each shell, which asks wamux', () => {
    expect(Object.keys(SCRIPTS)).toEqual(['bash', 'zsh', 'fish', 'powershell'])
    for (const script of Object.values(SCRIPTS)) expect(script).toContain('wamux __complete')
  })
})
