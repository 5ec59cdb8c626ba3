import { parse, stringify } from 'devalue'
import { EmulatorError } from '../errors.ts'
import { isStoredMessage, reviveMessage } from '../network/messages/message.ts'
import { isOneReceipt, reviveOneReceipt } from '../network/messages/receipts.ts'
import type { Parts } from './memory.ts'

const FORMAT = 'wamux-emulator/1'

/**
 * Everything that an emulator knew at one moment: JSON, to be kept in a variable or a file. It contains what gateways were given, also keys
 * of webhooks.
 */
export interface Snapshot {
  /** Form of the rest. */
  readonly format: 'wamux-emulator/1'
  /** The emulator's time, ms since the epoch. */
  readonly now: number
  /** The seed that its ids come from. */
  readonly seed: number
  /** The parts of the state, as the package `devalue` writes them: JSON with maps, sets, bytes and shared objects. */
  readonly state: string
}

/** Writes parts as a snapshot. The parts may go on changing. */
export function encodeSnapshot(parts: Parts, now: number, seed: number): Snapshot {
  const state = stringify(parts, {
    Message: (value) => isStoredMessage(value) && { ...value },
    Receipt: (value) => isOneReceipt(value) && [...value][0],
  })
  return { format: FORMAT, now, seed, state }
}

/**
 * Reads the parts of a snapshot.
 *
 * @param value a {@link Snapshot}, perhaps out of a file
 * @throws {EmulatorError} `invalid`: it is none, or of another version
 */
export function decodeSnapshot(value: unknown): Snapshot & { readonly parts: Parts } {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Snapshot, unknown>>
  const { format, now, seed, state } = given
  if (format !== FORMAT)
    throw new EmulatorError('invalid', `format: expected a snapshot of this emulator (${FORMAT}), not ${JSON.stringify(format)}`)
  if (typeof now !== 'number' || !Number.isFinite(now)) throw new EmulatorError('invalid', 'now: expected milliseconds since the epoch')
  if (typeof seed !== 'number') throw new EmulatorError('invalid', 'seed: expected a number')
  if (typeof state !== 'string') throw new EmulatorError('invalid', 'state: expected text')
  const parts = read(state)
  if (typeof parts !== 'object' || parts === null) throw new EmulatorError('invalid', 'state: expected the parts of a snapshot')
  return { format, now, seed, state, parts: parts as Parts }
}

function read(state: string): unknown {
  try {
    return parse(state, { Message: reviveMessage, Receipt: reviveOneReceipt })
  } catch (error) {
    throw new EmulatorError('invalid', `state: cannot be read: ${(error as Error).message}`)
  }
}
