import { expect, it } from 'vitest'
import { expectLinear, repeated } from '../src/growth.ts'

/** Work of `length ** power`, in steps of its own, so that no engine can shorten it. */
function work(steps: number): number {
  let sum = 0
  for (let step = 0; step < steps; step++) sum = (sum * 31 + step) % 1_000_003
  return sum
}

it('accepts work that grows as its input does', () => {
  expectLinear((text) => work(text.length * 1_000), repeated('ab'), 4_000)
})

it('refuses work that grows with the square of its input', () => {
  expect(() => expectLinear((text) => work(text.length ** 2), repeated('ab', '{', '}'), 1_500)).toThrow('expected linear work')
})

it('makes inputs of about the size asked for', () => {
  expect(repeated('abc', '<', '>')(7)).toBe('<abcabcabc>')
})
