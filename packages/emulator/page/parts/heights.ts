/** Heights of the rows of a long list: guessed until a row was seen. Finds the row at a place in the time that log2 of their number takes. */
export interface Heights {
  readonly total: number
  /** @returns by how much the row is higher than it was taken for */
  set(index: number, height: number): number
  /** Where a row begins. */
  top(index: number): number
  /** The row at a place. */
  at(place: number): number
  resize(count: number): void
}

/** @param guess height of a row that was not seen yet, px */
export function createHeights(guess: number): Heights {
  let count = 0
  let capacity = 256
  // a Fenwick tree of what rows are higher than guessed
  let tree = new Float64Array(capacity + 1)
  let known = new Float64Array(capacity)

  function add(index: number, delta: number): void {
    for (let node = index + 1; node <= capacity; node += node & -node) tree[node] = (tree[node] ?? 0) + delta
  }

  function sum(index: number): number {
    let found = 0
    for (let node = index; node > 0; node -= node & -node) found += tree[node] ?? 0
    return found
  }

  function put(index: number, height: number): number {
    const delta = height - guess - (known[index] ?? 0)
    if (delta !== 0) {
      known[index] = height - guess
      add(index, delta)
    }
    return delta
  }

  return {
    get total() {
      return count * guess + sum(Math.min(count, capacity))
    },
    set: put,
    top: (index) => index * guess + sum(Math.min(index, capacity)),
    at(place) {
      let [low, high] = [0, Math.max(0, count - 1)]
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (middle * guess + sum(middle) <= place) low = middle
        else high = middle - 1
      }
      return low
    },
    resize(wanted) {
      for (let index = wanted; index < count; index++) put(index, guess)
      count = wanted
      if (count <= capacity) return
      const before = known
      while (capacity < count) capacity *= 2
      tree = new Float64Array(capacity + 1)
      known = new Float64Array(capacity)
      for (const [index, delta] of before.entries()) if (delta !== 0) put(index, delta + guess)
    },
  }
}
