import { expect, test } from 'vitest'
import { createHeights } from '../../page/parts/heights.ts'

test('places rows by what is known of them and by guess', () => {
  const heights = createHeights(10)
  heights.resize(1_000)
  expect([heights.total, heights.top(500), heights.at(5_000)]).toEqual([10_000, 5_000, 500])
  expect(heights.set(3, 25)).toBe(15)
  expect(heights.set(3, 25)).toBe(0)
  expect([heights.top(3), heights.top(4), heights.total]).toEqual([30, 55, 10_015])
  expect([heights.at(30), heights.at(54), heights.at(55)]).toEqual([3, 3, 4])
})

test('finds the same row as a search from the beginning, for any heights', () => {
  const heights = createHeights(40)
  const real = Array.from({ length: 700 }, (_, index) => 20 + ((index * 7919) % 90))
  heights.resize(real.length)
  for (const [index, height] of real.entries()) heights.set(index, height)
  let top = 0
  for (const [index, height] of real.entries()) {
    expect([heights.top(index), heights.at(top), heights.at(top + height - 1)]).toEqual([top, index, index])
    top += height
  }
  expect(heights.total).toBe(top)
})

test('grows and shrinks, and keeps what it knows', () => {
  const heights = createHeights(10)
  heights.resize(100)
  heights.set(99, 50)
  heights.resize(10_000)
  expect([heights.top(100), heights.total]).toEqual([1_040, 100_040])
  heights.resize(50)
  expect(heights.total).toBe(500)
  heights.resize(100)
  expect(heights.total).toBe(1_000)
  heights.resize(0)
  expect([heights.total, heights.at(0)]).toEqual([0, 0])
})
