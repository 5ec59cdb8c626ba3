import { expect, test } from 'vitest'
import { wahaRetryPlan, warestRetryPlan } from './retry-plans.ts'

const pauses = (plan: { delayMs(attempt: number): number }) => [1, 2, 3].map((attempt) => plan.delayMs(attempt))

test('WAHA: constant, linear and exponential', () => {
  const plan = wahaRetryPlan()
  expect([plan.attempts, pauses(plan)]).toEqual([16, [2_000, 2_000, 2_000]])
  expect(pauses(wahaRetryPlan({ policy: 'linear', delaySeconds: 1 }))).toEqual([1_000, 2_000, 3_000])
  expect(pauses(wahaRetryPlan({ policy: 'exponential', delaySeconds: 1 }))).toEqual([1_000, 2_000, 4_000])
  expect(wahaRetryPlan({ attempts: 0, policy: 'what' }).attempts).toBe(1)
})

test('WARest: four tries for what may get better, and a circuit that opens', () => {
  expect([warestRetryPlan.attempts, pauses(warestRetryPlan)]).toEqual([4, [800, 1_600, 3_200]])
  expect([undefined, 429, 500, 503, 400, 410].map((status) => warestRetryPlan.again?.(status))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ])
  expect([4, 5].map((failures) => warestRetryPlan.pauseMs?.(500, failures))).toEqual([undefined, 60_000])
  expect(warestRetryPlan.pauseMs?.(401, 1)).toBe(900_000)
})
