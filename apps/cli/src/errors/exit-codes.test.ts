import type { ErrorKind, Reached } from '@wamux/core'
import { GatewayError } from '@wamux/core'
import { expect, it } from 'vitest'
import { EXIT, EXIT_MEANINGS, exitCodeOf } from './exit-codes.ts'

// complete by type: a new kind does not compile without its codes
const CODES: Readonly<Record<ErrorKind, Readonly<Record<Reached, number>>>> = {
  auth: { no: 4, maybe: 4, yes: 4 },
  permission: { no: 4, maybe: 4, yes: 4 },
  not_found: { no: 5, maybe: 5, yes: 5 },
  conflict: { no: 1, maybe: 1, yes: 1 },
  invalid_request: { no: 2, maybe: 1, yes: 1 },
  rate_limited: { no: 6, maybe: 6, yes: 6 },
  timeout: { no: 3, maybe: 1, yes: 1 },
  aborted: { no: 130, maybe: 130, yes: 130 },
  network: { no: 3, maybe: 3, yes: 3 },
  server: { no: 1, maybe: 1, yes: 1 },
  bad_response: { no: 1, maybe: 1, yes: 1 },
  unsupported: { no: 7, maybe: 7, yes: 7 },
  config: { no: 2, maybe: 2, yes: 2 },
  unknown_outcome: { no: 8, maybe: 8, yes: 8 },
}

const cases = Object.entries(CODES).flatMap(([kind, codes]) =>
  Object.entries(codes).map(([reached, code]) => ({ kind: kind as ErrorKind, reached: reached as Reached, code })),
)

it.each(cases)('$kind, reached $reached: $code', ({ kind, reached, code }) => {
  expect(exitCodeOf(new GatewayError('x', { kind, reached }))).toBe(code)
})

it('calls a kind that it does not know a failure', () => {
  expect(exitCodeOf({ kind: 'from_the_future' as ErrorKind, reached: 'yes' })).toBe(EXIT.failure)
})

it('explains every code once', () => {
  expect(EXIT_MEANINGS.map(([code]) => code)).toEqual(Object.values(EXIT))
})
