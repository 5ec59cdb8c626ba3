import { expect, test } from 'vitest'
import { createIds, DIGITS, UPPER_HEX } from './ids.ts'

test('the same seed gives the same ids, another seed others', () => {
  const [one, same, other] = [createIds(7), createIds(7), createIds(8)]
  const first = one.next('message', 18, UPPER_HEX)
  expect(same.next('message', 18, UPPER_HEX)).toBe(first)
  expect(other.next('message', 18, UPPER_HEX)).not.toBe(first)
  expect(first).toMatch(/^[0-9A-F]{18}$/)
})

test('kinds do not disturb each other', () => {
  const [quiet, busy] = [createIds(1), createIds(1)]
  busy.next('session', 8)
  expect(busy.next('message', 8)).toBe(quiet.next('message', 8))
})

test('ids of one kind differ', () => {
  const ids = createIds(1)
  const made = Array.from({ length: 1_000 }, () => ids.next('message', 12))
  expect(new Set(made).size).toBe(1_000)
  expect(ids.of('key', 5, DIGITS)).toBe(ids.of('key', 5, DIGITS))
})
