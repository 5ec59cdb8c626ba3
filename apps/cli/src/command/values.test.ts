import { describe, expect, it } from 'vitest'
import { countFrom, numberIn, parseDuration } from './values.ts'

describe('numbers', () => {
  it.each([
    ['5', 5],
    ['-5', -5],
    ['+5', 5],
    ['05', 5],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%s', (text, value) => expect(numberIn(text)).toBe(value))

  it.each(['', ' ', '0x10', '0b1', '0o7', '1_000', '5n', 'Infinity', 'NaN', '1e400', '9007199254740993', '٣', '１０', '5 6', '1,5'])(
    '%j is none',
    (text) => expect(numberIn(text)).toBe(undefined),
  )

  it.each(['-1', '1.5', '1e3', '0x10', '٣', '65536', '', '99999999999999999999'])('a port is not %j', (text) => {
    expect(() => countFrom('port', text, 65_535)).toThrow(`--port takes a number from 0 to 65535, not "${text}".`)
  })
})

describe('durations', () => {
  it.each([
    ['1500', 1500],
    ['1500ms', 1500],
    ['0.5s', 500],
    ['1m30s', 90_000],
    ['1h30m', 5_400_000],
    ['1d12h', 129_600_000],
    ['1s500ms', 1_500],
    ['0', 0],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms))

  it.each([
    '',
    ' ',
    's',
    '-1s',
    '+5s',
    '1e3ms',
    '5 s',
    '5S',
    '1w',
    '.5s',
    '5sec',
    '30s1m',
    '5s5s',
    '1m 30s',
    '1m30',
    '٥s',
    '99999999999d',
    'NaN',
  ])('%j is none', (text) => expect(parseDuration(text)).toBe(undefined))
})
