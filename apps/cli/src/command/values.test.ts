import { describe, expect, it } from 'vitest'
import { countFrom, numberIn } from './values.ts'

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
