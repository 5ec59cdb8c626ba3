import { expect, it } from 'vitest'
import { expectCpuWithin, expectLinear, repeated } from '../src/growth.ts'

/** Work of `length ** power`, in steps of its own, so that no engine can shorten it. */
function work(steps: number): number {
  let sum = 0
  for (let step = 0; step < steps; step++) sum = (sum * 31 + step) % 1_000_003
  return sum
}

it('accepts work that grows as its input does', async () => {
  await expectLinear((text) => work(text.length * 1_000), repeated('ab'), 1_500)
})

it('refuses work that grows with the square of its input', async () => {
  const square = expectLinear((text) => work(text.length ** 2), repeated('ab', '{', '}'), 700)
  await expect(square).rejects.toThrow('expected linear work')
})

it('measures work up to the end of its promise', async () => {
  const square = async (count: number) => {
    await null
    return work(count ** 2)
  }
  await expect(expectLinear(square, (size) => size, 700)).rejects.toThrow('expected linear work')
})

it('compares work with other work', async () => {
  const steps = (count: number) => () => work(count)
  await expectCpuWithin(3, steps(1_000_000), steps(1_000_000))
  await expect(expectCpuWithin(3, steps(5_000_000), steps(1_000_000))).rejects.toThrow('expected at most 3 times')
})

it('makes inputs of about the size asked for', () => {
  expect(repeated('abc', '<', '>')(7)).toBe('<abcabcabc>')
})
