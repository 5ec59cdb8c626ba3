import { expect, test } from 'vitest'
import { createTimerQueue, type QueuedTimer } from './timer-queue.ts'

const nothing = () => {}

/** Numbers that look random and are the same in each run. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    yield (state >>> 8) % 100
  }
}

test('gives whatever was added, cancelled and moved in the order of time, and of adding at one time', () => {
  const queue = createTimerQueue()
  const random = numbers()
  let waiting: QueuedTimer[] = []
  const given: (QueuedTimer | undefined)[] = []
  const wanted: (QueuedTimer | undefined)[] = []
  for (let step = 0; step < 3_000; step++) {
    const choice = random.next().value
    const [first] = waiting.toSorted((one, other) => one.at - other.at || one.order - other.order)
    if (choice < 50) waiting.push(queue.add(random.next().value, nothing))
    else if (choice < 75) {
      const one = waiting[random.next().value % Math.max(1, waiting.length)]
      if (one) queue.cancel(one)
      waiting = waiting.filter((other) => other !== one)
    } else if (choice < 78) queue.move(random.next().value - 50)
    else {
      expect(queue.first()).toBe(first)
      given.push(queue.shift())
      wanted.push(first)
      waiting = waiting.filter((other) => other !== first)
    }
  }
  expect(given).toEqual(wanted)
  expect(given.filter(Boolean).length).toBeGreaterThan(300)
})

test('one that is cancelled twice, or after it was taken out, disturbs nothing', () => {
  const queue = createTimerQueue()
  const [first, second] = [queue.add(1, nothing), queue.add(2, nothing)]
  expect(queue.shift()).toBe(first)
  queue.cancel(first)
  queue.cancel(second)
  queue.cancel(second)
  expect(queue.first()).toBeUndefined()
  expect(queue.shift()).toBeUndefined()
})
