import { expect, it } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import type { CommandSpec } from './command.ts'
import { findWords, parseCommand } from './parse-args.ts'
import { parseDuration } from './values.ts'

const SPEC: CommandSpec = {
  about: 'test',
  args: {
    session: { about: 'the session', required: true },
    to: { about: 'the number', required: true },
    text: { about: 'the text', from: 'stdin' },
  },
  flags: {
    wait: { about: 'wait' },
    state: { about: 'state', value: 'state', choices: ['connected', 'stopped'], list: true },
  },
  examples: [],
}

const parse = (...argv: string[]) => parseCommand('test', SPEC, argv)
const shown = (...argv: string[]) => {
  const values = parse(...argv)
  return ['session', 'to', 'text'].map((name) => values.text(name))
}

function usageError(run: () => unknown): UsageError {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return error
  }
  throw new Error('no UsageError')
}

it('takes values in their place, by name, or mixed', () => {
  expect(shown('s', '+49', 'hi')).toEqual(['s', '+49', 'hi'])
  expect(shown('--text', 'hi', '--to', '+49', '--session', 's')).toEqual(['s', '+49', 'hi'])
  expect(shown('--session=s', '+49', 'hi')).toEqual(['s', '+49', 'hi'])
  expect(shown('s', '--to', '+49', 'hi')).toEqual(['s', '+49', 'hi'])
})

it('takes text that starts with a dash where that is unmistakable', () => {
  expect(shown('s', '+49', '-')).toEqual(['s', '+49', '-'])
  expect(shown('s', '+49', '--text', '-')).toEqual(['s', '+49', '-'])
  expect(shown('s', '+49', '--text=-5 degrees')).toEqual(['s', '+49', '-5 degrees'])
  expect(shown('s', '--to', '+49', '--', '--wait')).toEqual(['s', '+49', '--wait'])
})

it.each([
  [['s'], '<to> is missing', '--help'],
  [['s', '+49', 'a', 'b'], '"b" is one argument too many', '--help'],
  [['s', '', 'a'], '<to> is empty', undefined],
  [['s', '+49', '--wiat'], 'Unknown flag --wiat', 'Did you mean --wait?'],
  [['s', '+49', '-x'], 'Unknown flag -x', '--help'],
  [['s', '+49', '--constructor'], 'Unknown flag --constructor', '--help'],
  [['s', '+49', '--wait=yes'], '--wait takes no value', '--help'],
  [['s', '+49', '--state'], '--state needs a value', '--help'],
  [['s', '+49', '--state', '--wait'], 'not "--wait"', undefined],
  [['s', '+49', '-xyz'], 'Unknown flag -xyz', 'put -- in front of it, or give - and pipe it in'],
  [['s', '+49', '--state', 'conected'], 'not "conected"', 'Did you mean connected?'],
  [['s', '+49', '--timeout', 'soon'], '--timeout takes a time', '--help'],
] as const)('refuses %j', (argv, message, hint) => {
  const error = usageError(() => parse(...argv))
  expect(error.message).toContain(message)
  if (hint) expect(error.hint).toContain(hint)
})

it('reads lists, switches and durations', () => {
  const values = parse('s', '+49', '--state', 'connected,stopped', '--wait', '--timeout', '2m')
  expect(values.list('state')).toEqual(['connected', 'stopped'])
  expect(values.is('wait')).toBe(true)
  expect(values.is('json')).toBe(false)
  expect(values.ms('timeout')).toBe(120_000)
  expect(values.ms('interval')).toBeUndefined()
})

it.each([
  ['1500', 1500],
  ['250ms', 250],
  ['30s', 30_000],
  ['1.5s', 1500],
  ['2m', 120_000],
  ['-1', undefined],
  ['8h', 28_800_000],
  ['7d', 604_800_000],
  ['1w', undefined],
  ['', undefined],
  ['9999999999', undefined],
])('%j is %j ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

it('finds the words of a command between flags', () => {
  expect(findWords(['--gateway', 'waha', 'session', '--json', 'stop', 'x']).words).toEqual(['session', 'stop', 'x'])
  expect(findWords(['session', '--', 'stop']).words).toEqual(['session'])
  expect(findWords(['session', '-h']).help).toBe(true)
  expect(findWords(['a', '--json', 'b']).places).toEqual([0, 2])
})
