import { expect, it } from 'vitest'
import { escapedForJson, oneLine, paintedLines, severalLines } from './visible-text.ts'

const flag = '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'
const hidden = 'a\u{e0068}\u{e0069}b'

it('the flag of England stays, and words in tags do not stay hidden', () => {
  for (const show of [oneLine, severalLines, paintedLines]) {
    expect(show(flag)).toBe(flag)
    expect(show(hidden)).toBe('a\ufffd\ufffdb')
    expect(show(`\u{1f3f4}${'\u{e0068}'.repeat(9)}\u{e007f}`)).toBe(`\u{1f3f4}${'\ufffd'.repeat(10)}`)
  }
})

it('JSON with tags is read as it was', () => {
  const text = escapedForJson(JSON.stringify([flag, hidden, '\u206a\ufff9']))
  expect(JSON.parse(text)).toEqual([flag, hidden, '\u206a\ufff9'])
  expect(text).toContain(flag)
  expect(text).toContain('\\udb40\\udc68')
})
