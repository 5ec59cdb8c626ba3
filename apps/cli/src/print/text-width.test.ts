import { expect, it } from 'vitest'
import { fitText, padText, plainText, textWidth, wrapText } from './text-width.ts'

it.each([
  ['', 0],
  ['abc', 3],
  ['Grüße…', 6],
  ['日本語', 6],
  ['한국', 4],
  ['ｆｕｌｌ', 8],
  ['e\u0301', 1],
  ['👍', 2],
  ['👨‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['a\u200bb', 2],
  ['привет', 6],
])('%j takes %d columns', (text, width) => {
  expect(textWidth(text)).toBe(width)
})

it('pads and cuts by columns, never within a character', () => {
  expect(padText('日本', 6)).toBe('日本  ')
  expect(padText('too long', 3)).toBe('too long')
  expect(fitText('日本語', 6)).toBe('日本語')
  expect(fitText('日本語', 5)).toBe('日本…')
  expect(fitText('日本語', 4)).toBe('日…')
  expect(fitText('👨‍👩‍👧👨‍👩‍👧', 3)).toBe('👨‍👩‍👧…')
})

it('lets nothing through that steers a terminal', () => {
  expect(plainText('a\x1b[31mb\x07\x9bc\nd\u202ee')).toBe('a\ufffd[31mb\ufffd\ufffdc d\ufffde')
  expect(plainText('Grüße 👍')).toBe('Grüße 👍')
})

it('wraps at spaces', () => {
  expect(wrapText('one two three four', 9)).toEqual(['one two', 'three', 'four'])
  expect(wrapText('unbreakable', 4)).toEqual(['unbreakable'])
  expect(wrapText('a b', Number.POSITIVE_INFINITY)).toEqual(['a b'])
  expect(wrapText('', 10)).toEqual([])
})
