import type { ErrorKind } from '@wamux/core'

/** How a call ended. */
export type Outcome = 'ok' | ErrorKind

/** The transports that are tried: the platform's fetch, and `createNodeFetch()`. */
export type TransportName = 'native' | 'node'

type ByTransport<Value> = Value | Readonly<Record<TransportName, Value>>

/** The results that a fault may have. */
export interface Expected {
  /** Outcomes that a send or create may have. */
  readonly outcomes: ByTransport<readonly Outcome[]>
  /** How often a send or create is tried; more than once only where nothing can have happened. Default once. */
  readonly tries?: ByTransport<number>
  /** How often a read is tried. Default three times. */
  readonly readTries?: ByTransport<number>
  /** Requests that one try makes; more only where the transport must repeat by itself. Default one. */
  readonly requestsPerTry?: ByTransport<number>
}

interface Row extends Expected {
  readonly why: string
  readonly faults: readonly string[]
}

const UNKNOWN = ['unknown_outcome'] as const

/** The results that each fault may have, and why. A plugin with other documented results names them in its own test. */
export const TABLE: readonly Row[] = [
  {
    why: 'nothing listens: not one byte has left, so even a send is repeated',
    faults: ['refused'],
    outcomes: ['network'],
    tries: 3,
  },
  {
    why: 'the same, and the second try gets through',
    faults: ['refused at first, then up'],
    outcomes: ['ok'],
    tries: 2,
    readTries: 2,
  },
  {
    why: 'the kernel accepts before the server does; when the reset comes first, connecting itself fails and that is certain',
    faults: ['accepted, then reset', 'accepted, then closed'],
    outcomes: ['unknown_outcome', 'network'],
    tries: 3,
  },
  {
    why: 'bytes of the request have left; what the server made of them, no transport can know',
    faults: [
      'reset in the head of the request',
      'closed in the head of the request',
      'reset in the body of the request',
      'closed in the body of the request',
      'reset before the effect',
      'closed before the effect',
      'kept connection reset as the request begins',
      'kept connection closed as the request begins',
      'kept connection with an answer that nobody asked for',
      'kept connection with a second answer right behind the first',
    ],
    outcomes: UNKNOWN,
  },
  {
    why: 'the time is over, so a read ends, too',
    faults: [
      'accepted, then silent',
      'silent in the head of the request',
      'silent in the body of the request',
      'effect, then silent',
      'effect, then silent in the headers',
      'effect, then dripping headers',
      'effect, then silent in the body',
      'effect, then a dripping body',
      'effect, then a dripping body of chunks',
    ],
    outcomes: UNKNOWN,
    readTries: 1,
  },
  {
    why: 'a connection that is known to be closed is not used again',
    faults: ['kept connection closed between two requests'],
    outcomes: ['ok'],
    readTries: 1,
  },
  {
    why: 'the answer is lost, wholly or in part',
    faults: [
      'effect, then reset',
      'effect, then closed',
      'effect, then reset in the status line',
      'effect, then closed in the status line',
      'effect, then reset in the headers',
      'effect, then closed in the headers',
      'effect, then reset after the headers',
      'effect, then closed after the headers',
      'effect, then reset after chunk 1 of 3',
      'effect, then reset after chunk 2 of 3',
      'effect, then reset after chunk 3 of 3',
      'effect, then closed after the last chunk, without an end',
      'effect, then a chunk of no size',
      'effect, then reset in the body',
      'effect, then a body shorter than its length',
      'effect, then a whole body shorter than its length',
      'effect, then gzip that is none',
      'effect, then a head too large',
      'effect, then two lengths',
      'effect, then garbage instead of HTTP',
      'effect, then garbage in the headers',
      'effect, then another protocol',
      'effect, then 100 Continue, then reset',
    ],
    outcomes: UNKNOWN,
  },
  {
    why: 'an answer that cannot be used; asking again would bring the same',
    faults: [
      'effect, then a body without length, cut',
      'effect, then a body too large, and it says so',
      'effect, then a body too large in chunks',
      'effect, then 200 with broken JSON',
      'effect, then 200 with a web page',
      'effect, then 200 with JSON of no end',
      'a status out of range after the effect',
      '302 to another path after the effect',
      '303 to another path after the effect',
      '307 to itself after the effect',
      '308 to another path before the effect',
    ],
    outcomes: UNKNOWN,
    readTries: 1,
  },
  {
    why: 'the server says that it was done',
    faults: [
      'effect, then a body longer than its length',
      'effect, then 103 Early Hints, then 200',
      'effect, then 200 with nothing',
      'effect, then 200 with other data',
      'effect, then 200 with null',
      'effect, then 204',
    ],
    outcomes: ['ok'],
    readTries: 1,
  },
  {
    why: 'an error that does not say how far it got, whoever sent it',
    faults: [
      '500 with nothing before the effect',
      '500 with nothing after the effect',
      '500 with JSON after the effect',
      '502 with a web page after the effect',
      '503 with a web page after the effect',
      '503 with Retry-After before the effect',
      '504 with a web page after the effect',
      '408 before the effect',
      '408 after the effect',
    ],
    outcomes: UNKNOWN,
  },
  {
    why: 'refused for now; a send is repeated only where the gateway documents that it refuses first',
    faults: ['429 with Retry-After before the effect', '429 without Retry-After before the effect'],
    outcomes: ['rate_limited'],
  },
  { why: 'the same, and later it works', faults: ['429 at first, then 200'], outcomes: ['rate_limited'], readTries: 2 },
  {
    why: 'nobody waits a day',
    faults: ['429 with a far Retry-After before the effect'],
    outcomes: ['rate_limited'],
    readTries: 1,
  },
  {
    why: 'a definite no',
    faults: ['400', '422', 'refused with 413 before the body was read'],
    outcomes: ['invalid_request', 'conflict', 'not_found', 'unsupported'],
    readTries: 1,
  },
  { why: 'a definite no', faults: ['401'], outcomes: ['auth'], readTries: 1 },
  { why: 'a definite no', faults: ['403 with a web page'], outcomes: ['permission'], readTries: 1 },
  { why: 'a definite no', faults: ['404 with a web page'], outcomes: ['not_found'], readTries: 1 },
  { why: 'a definite no', faults: ['409'], outcomes: ['conflict'], readTries: 1 },
  { why: 'says by itself that nothing was done', faults: ['501'], outcomes: ['unsupported'], readTries: 1 },
  {
    why: 'a no that the reset may overtake',
    faults: ['refused with 413 before the body was read, then reset'],
    outcomes: ['invalid_request', 'unknown_outcome'],
  },
  {
    why: 'the Fetch standard hides this answer as a network error',
    faults: ['407'],
    outcomes: { native: UNKNOWN, node: ['invalid_request'] },
    readTries: { native: 3, node: 1 },
  },
  {
    why: 'by its definition nothing was done; the Fetch standard has it repeated once, below wamux',
    faults: ['421'],
    outcomes: ['invalid_request'],
    readTries: 1,
    requestsPerTry: { native: 2, node: 1 },
  },
]

/** What is expected of one transport. */
export interface ExpectedOf {
  readonly outcomes: readonly Outcome[]
  readonly tries: number
  readonly readTries: number
  readonly requestsPerTry: number
}

/**
 * Looks up the results that a fault may have.
 *
 * @param differs the entries that are different for one gateway
 */
export function expectedOf(fault: string, transport: TransportName, differs: Readonly<Record<string, Expected>> = {}): ExpectedOf {
  const expected = differs[fault] ?? TABLE.find(({ faults }) => faults.includes(fault))
  if (!expected) throw new Error(`the table has no row for "${fault}"`)
  return {
    outcomes: pick(expected.outcomes, transport),
    tries: pick(expected.tries ?? 1, transport),
    readTries: pick(expected.readTries ?? 3, transport),
    requestsPerTry: pick(expected.requestsPerTry ?? 1, transport),
  }
}

function pick<Value>(value: ByTransport<Value>, transport: TransportName): Value {
  return isByTransport(value) ? value[transport] : value
}

function isByTransport<Value>(value: ByTransport<Value>): value is Readonly<Record<TransportName, Value>> {
  return typeof value === 'object' && value !== null && 'native' in value
}
