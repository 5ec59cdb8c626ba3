import type { Clock } from '@wamux/core'
import { EmulatorError } from '../errors.ts'
import { type Ids, UPPER_HEX } from '../ids.ts'
import { createMemory, type Memory } from '../memory/memory.ts'
import type { GatewayId } from '../sessions/session.ts'
import { Answer } from '../wire/answer.ts'
import { cutOff, dripping, padded } from './answers.ts'
import { ConnectionLost } from './connection-lost.ts'
import type { WireFault } from './kinds.ts'

/** A failure to produce. With `delayMs` alone the operation only takes longer. */
export interface Fault {
  /** Name of the kind that it was made from; see `control.faultKinds`. */
  readonly fault?: WireFault
  /** Default: all. */
  readonly gateway?: GatewayId
  /** Id in the gateway's operation table: `messages.sendText`. Default: all. */
  readonly operation?: string
  /** How many calls it hits. Default 1. */
  readonly times?: number
  /** How probable it is for each call, 0 to 1. Default 1. */
  readonly probability?: number
  /** Waits so long first, ms of the emulator's clock. */
  readonly delayMs?: number
  /** Answers with this status. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Body of that answer. Default: none. */
  readonly body?: string
  /** Answers with a redirect to this address; `status` is 307 then unless given. */
  readonly location?: string
  /** The connection breaks: before the operation is performed, or with `effect` after it: then it happened and the answer is lost. */
  readonly lose?: boolean
  /** The answer breaks off in the middle; the operation was performed. */
  readonly cut?: boolean
  /** The body of the answer comes so many bytes a second; the operation was performed. */
  readonly bytesPerSecond?: number
  /** The answer is a JSON object of so many bytes; the operation was performed. */
  readonly bytes?: number
  /** Whether the operation is performed before `status` or `lose`. Default false. */
  readonly effect?: boolean
}

/** A fault that has not happened to all its calls yet. */
export interface WaitingFault extends Fault {
  /** Id of the fault, for `control.stopFault`. */
  readonly id: string
}

export interface Faults {
  /** @returns its id */
  add(fault: Fault): string
  clear(): void
  /** @returns false when there is no such fault any more */
  remove(id: string): boolean
  list(): readonly WaitingFault[]
  /** Performs an operation, with the next fault that is meant for it. */
  around(gateway: GatewayId, operation: string, perform: () => Promise<Answer>): Promise<Answer>
}

/** Largest number of faults kept. */
const MAX_FAULTS = 1_000

interface StoredFault {
  readonly id: string
  readonly fault: Fault
  left: number
}

export function createFaults(clock: Clock, ids: Ids, memory: Memory = createMemory()): Faults {
  const faults = memory.part('faults', () => new Set<StoredFault>())

  function next(gateway: GatewayId, operation: string): Fault | undefined {
    const found = [...faults].find(({ fault }) => (fault.gateway ?? gateway) === gateway && (fault.operation ?? operation) === operation)
    if (!found) return undefined
    const { probability = 1 } = found.fault
    // drawn from the seed, so that a run can be repeated
    if (probability < 1 && Number.parseInt(ids.next('fault', 8, UPPER_HEX), 16) / 0x1_0000_0000 >= probability) return undefined
    found.left -= 1
    if (found.left <= 0) faults.delete(found)
    return found.fault
  }

  async function answer(fault: Fault, perform: () => Promise<Answer>): Promise<Answer> {
    if (fault.delayMs) await new Promise<void>((resolve) => void clock.after(fault.delayMs ?? 0, resolve))
    const { headers = {}, body, lose = false, cut = false, effect = false, location, bytes, bytesPerSecond } = fault
    const status = fault.status ?? (location === undefined ? undefined : 307)
    if (cut) return cutOff(await perform())
    if (bytesPerSecond !== undefined) return dripping(await perform(), bytesPerSecond, clock)
    if (bytes !== undefined) {
      await perform()
      return padded(bytes)
    }
    if (effect && (lose || status !== undefined)) await perform()
    if (lose) throw new ConnectionLost()
    if (status === undefined) return perform()
    return new Answer(status, headersOf(headers, location, body), body)
  }

  return {
    add(fault) {
      check(fault)
      if (faults.size >= MAX_FAULTS) throw new EmulatorError('conflict', `there are ${MAX_FAULTS} faults already: clear them first`)
      const id = `fault-${ids.next('fault/id', 6)}`
      faults.add({ id, fault, left: fault.times ?? 1 })
      return id
    },

    clear() {
      faults.clear()
    },

    remove(id) {
      const found = [...faults].find((one) => one.id === id)
      return found !== undefined && faults.delete(found)
    },

    list: () => [...faults].map(({ id, fault, left }) => ({ ...fault, id, times: left })),

    around(gateway, operation, perform) {
      const fault = faults.size === 0 ? undefined : next(gateway, operation)
      return fault ? answer(fault, perform) : perform()
    },
  }
}

/**
 * By names in lower case; a text without a type gets the one that `Response` gives it.
 *
 * @throws {TypeError} no header can have such a text
 */
function headersOf(headers: Readonly<Record<string, string>>, location: string | undefined, body?: string): Record<string, string> {
  const all = new Headers({ ...headers, ...(location === undefined ? {} : { location }) })
  if (body !== undefined && !all.has('content-type')) all.set('content-type', 'text/plain;charset=UTF-8')
  return Object.fromEntries(all)
}

const NO_BODY: readonly number[] = [204, 205, 304]

function check({ status, times = 1, probability = 1, delayMs = 0, bytes, bytesPerSecond, body, headers, location }: Fault): void {
  const bad = (field: string, expected: string) => new EmulatorError('invalid', `${field}: expected ${expected}`)
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) throw bad('status', '200 to 599')
  if (!(times >= 1)) throw bad('times', '1 or more')
  if (!(probability > 0 && probability <= 1)) throw bad('probability', 'more than 0, at most 1')
  if (!(delayMs >= 0)) throw bad('delayMs', 'milliseconds')
  if (bytes !== undefined && !(Number.isInteger(bytes) && bytes >= 1)) throw bad('bytes', '1 or more')
  if (bytesPerSecond !== undefined && !(bytesPerSecond >= 1)) throw bad('bytesPerSecond', '1 or more')
  if (body !== undefined && typeof body !== 'string') throw bad('body', 'text')
  if (body !== undefined && status !== undefined && NO_BODY.includes(status))
    throw bad('body', `none, as an answer with ${status} has none`)
  if (location !== undefined && typeof location !== 'string') throw bad('location', 'an address')
  if (headers === undefined && location === undefined) return
  try {
    headersOf(headers ?? {}, location)
  } catch {
    throw bad(location === undefined ? 'headers' : 'location', 'text that a header can have')
  }
}
