import { expect, test } from 'vitest'
import { createVirtualClock } from './virtual-clock.ts'

test('fires what falls due in its order, at its time', async () => {
  const clock = createVirtualClock(1_000)
  const seen: [string, number][] = []
  clock.after(30, () => seen.push(['late', clock.now()]))
  clock.after(10, () => {
    seen.push(['early', clock.now()])
    clock.after(5, () => seen.push(['nested', clock.now()]))
  })
  const cancel = clock.after(20, () => seen.push(['never', clock.now()]))
  cancel()
  clock.after(100, () => seen.push(['beyond', clock.now()]))

  await clock.advance(50)

  expect(seen).toEqual([
    ['early', 1_010],
    ['nested', 1_015],
    ['late', 1_030],
  ])
  expect(clock.now()).toBe(1_050)
})

test('stands still by itself and refuses to go back', async () => {
  const clock = createVirtualClock()
  expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:00.000Z')
  expect(() => clock.advance(-1)).toThrow(RangeError)
})

test('two advances take their turn', async () => {
  const clock = createVirtualClock(0)
  await Promise.all([clock.advance(10), clock.advance(5)])
  expect(clock.now()).toBe(15)
})

test('a timer set by a waiting promise still fires within the same advance', async () => {
  const clock = createVirtualClock(0)
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve))
  let done = 0
  void (async () => {
    await sleep(10)
    await sleep(10)
    done = clock.now()
  })()
  await clock.advance(100)
  expect(done).toBe(20)
})
