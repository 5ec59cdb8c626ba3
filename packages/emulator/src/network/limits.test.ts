import { expect, test } from 'vitest'
import { oldestDropper } from './limits.ts'

test('drops the oldest until it fits, also after others were deleted and after it was empty', () => {
  const map = new Map<number, string>()
  const dropped: string[] = []
  const drop = oldestDropper(map, 3, (value) => dropped.push(value))
  const add = (...keys: number[]) => {
    for (const key of keys) map.set(key, `of ${key}`)
    drop()
  }
  add(1, 2, 3, 4)
  expect(dropped.splice(0)).toEqual(['of 1'])
  map.delete(3)
  add(5, 6, 7)
  expect([dropped.splice(0), [...map.keys()]]).toEqual([
    ['of 2', 'of 4'],
    [5, 6, 7],
  ])
  map.clear()
  add(8, 9, 10, 11, 12)
  expect([dropped.splice(0), [...map.keys()]]).toEqual([
    ['of 8', 'of 9'],
    [10, 11, 12],
  ])
})
