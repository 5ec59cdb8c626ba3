/** Something that a clock calls at a time. */
export interface QueuedTimer {
  /** ms since the epoch. */
  at: number
  /** Grows with each timer: of those at one time, the first comes first. */
  readonly order: number
  readonly callback: () => void
  /** Taken out or cancelled. */
  over: boolean
}

/** Timers in the order in which they are due. Thousands wait at a time, as each message has some. */
export interface TimerQueue {
  add(at: number, callback: () => void): QueuedTimer
  /** The next one; it stays. */
  first(): QueuedTimer | undefined
  /** Takes the next one out. */
  shift(): QueuedTimer | undefined
  /** Forgets one. */
  cancel(timer: QueuedTimer): void
  /** Moves all to other times. */
  move(by: number): void
  /** The order of the newest one. */
  readonly newest: number
}

/** How many cancelled timers may be in the queue before they are removed. */
const MANY = 64

export function createTimerQueue(): TimerQueue {
  // a binary heap: each comes before the two at twice its place
  let heap: QueuedTimer[] = []
  let made = 0
  /** How many in it are cancelled. */
  let cancelled = 0

  function rise(place: number, timer: QueuedTimer): void {
    let at = place
    while (at > 0) {
      const above = (at - 1) >> 1
      const other = heap[above] as QueuedTimer
      if (isBefore(other, timer)) break
      heap[at] = other
      at = above
    }
    heap[at] = timer
  }

  function sink(timer: QueuedTimer): void {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      let next = heap[left]
      if (!next) break
      const right = heap[left + 1]
      const place = right && isBefore(right, next) ? left + 1 : left
      next = heap[place] as QueuedTimer
      if (isBefore(timer, next)) break
      heap[at] = next
      at = place
    }
    heap[at] = timer
  }

  function takeFirst(): void {
    const [first] = heap
    const last = heap.pop()
    if (last && first !== last) sink(last)
  }

  function first(): QueuedTimer | undefined {
    for (; heap[0]?.over; cancelled -= 1) takeFirst()
    return heap[0]
  }

  return {
    add(at, callback) {
      made += 1
      const timer: QueuedTimer = { at, order: made, callback, over: false }
      rise(heap.length, timer)
      return timer
    },
    first,
    shift() {
      const next = first()
      if (!next) return undefined
      next.over = true
      takeFirst()
      return next
    },
    cancel(timer) {
      if (timer.over) return
      timer.over = true
      cancelled += 1
      if (cancelled < MANY || cancelled * 2 < heap.length) return
      // a sorted array is a heap, too
      heap = heap.filter(({ over }) => !over).sort((one, other) => (isBefore(one, other) ? -1 : 1))
      cancelled = 0
    },
    move(by) {
      for (const timer of heap) timer.at += by
    },
    get newest() {
      return made
    },
  }
}

function isBefore(one: QueuedTimer, other: QueuedTimer): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
