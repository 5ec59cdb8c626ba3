import type { ErrorKind, Reached } from '@wamux/core'

/** What the exit code of `wamux` means. Scripts rely on these: they never change their meaning. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  network: 3,
  auth: 4,
  notFound: 5,
  rateLimited: 6,
  unsupported: 7,
  unknownOutcome: 8,
  interrupted: 130,
} as const

/** The exit codes in words, for help and the manual page. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.ok, 'done'],
  [EXIT.failure, 'the gateway said no, or failed'],
  [EXIT.usage, 'the command line or the configuration is wrong'],
  [EXIT.network, 'the gateway could not be reached'],
  [EXIT.auth, 'wrong or missing credentials, or not allowed'],
  [EXIT.notFound, 'no such session or other thing'],
  [EXIT.rateLimited, 'too many requests'],
  [EXIT.unsupported, 'this gateway has no such verb'],
  [EXIT.unknownOutcome, 'it may have been done: look before you repeat it'],
  [EXIT.interrupted, 'interrupted'],
]

type CodeRule = number | ((reached: Reached) => number)

const CODES: Readonly<Record<ErrorKind, CodeRule>> = {
  auth: EXIT.auth,
  permission: EXIT.auth,
  not_found: EXIT.notFound,
  conflict: EXIT.failure,
  // wamux refused it before sending: the command line is wrong
  invalid_request: (reached) => (reached === 'no' ? EXIT.usage : EXIT.failure),
  rate_limited: EXIT.rateLimited,
  timeout: (reached) => (reached === 'no' ? EXIT.network : EXIT.failure),
  aborted: EXIT.interrupted,
  network: EXIT.network,
  server: EXIT.failure,
  bad_response: EXIT.failure,
  unsupported: EXIT.unsupported,
  config: EXIT.usage,
  unknown_outcome: EXIT.unknownOutcome,
}

/** The exit code for an error of a gateway. */
export function exitCodeOf(error: { readonly kind: ErrorKind; readonly reached: Reached }): number {
  // a newer core may have kinds that are not in the table
  const code = (Object.hasOwn(CODES, error.kind) ? CODES[error.kind] : undefined) ?? EXIT.failure
  return typeof code === 'number' ? code : code(error.reached)
}
