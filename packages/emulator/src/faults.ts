import type { Clock } from '@wamux/core'
import { EmulatorError } from './errors.ts'
import { type Ids, UPPER_HEX } from './ids.ts'
import { createMemory, type Memory } from './memory/memory.ts'
import type { GatewayId } from './sessions/session.ts'

/** A failure to produce. With `delayMs` alone the operation only takes longer. */
export interface Fault {
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
  /** The connection breaks: before the operation is performed, or with `effect` after it: then it happened and the answer is lost. */
  readonly lose?: boolean
  /** The answer breaks off in the middle; the operation was performed. */
  readonly cut?: boolean
  /** Whether the operation is performed before `status` or `lose`. Default false. */
  readonly effect?: boolean
}

/** A fault broke the connection. In process `fetch` rejects with it as the cause; the server resets the socket. */
export class ConnectionLost extends Error {
  override readonly name: string = 'ConnectionLost'
  readonly code: string = 'ECONNRESET'

  constructor() {
    super('the emulated connection was reset')
  }
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  list(): readonly Fault[]
  /** Performs an operation, with the next fault that is meant for it. */
  around(gateway: GatewayId, operation: string, perform: () => Promise<Response>): Promise<Response>
}

export function createFaults(clock: Clock, ids: Ids, memory: Memory = createMemory()): Faults {
  const faults = memory.part('faults', () => new Set<{ readonly fault: Fault; left: number }>())

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

  return {
    add(fault) {
      check(fault)
      faults.add({ fault, left: fault.times ?? 1 })
    },

    clear() {
      faults.clear()
    },

    list: () => [...faults].map(({ fault, left }) => ({ ...fault, times: left })),

    async around(gateway, operation, perform) {
      const fault = faults.size === 0 ? undefined : next(gateway, operation)
      if (!fault) return perform()
      const { delayMs = 0, status, headers = {}, body = null, lose = false, cut = false, effect = false } = fault
      if (delayMs > 0) await new Promise<void>((resolve) => void clock.after(delayMs, resolve))
      if (cut) return broken(await perform())
      if (effect && (lose || status !== undefined)) await perform()
      if (lose) throw new ConnectionLost()
      return status === undefined ? perform() : new Response(body, { status, headers })
    },
  }
}

/** An answer whose body ends in the middle. */
async function broken(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes.slice(0, Math.ceil(bytes.length / 2)))
    },
    pull(controller) {
      controller.error(new ConnectionLost())
    },
  })
  return new Response(body, { status: response.status, headers: response.headers })
}

function check({ status, times = 1, probability = 1, delayMs = 0 }: Fault): void {
  const bad = (field: string, expected: string) => new EmulatorError('invalid', `${field}: expected ${expected}`)
  if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599)) throw bad('status', '200 to 599')
  if (!(times >= 1)) throw bad('times', '1 or more')
  if (!(probability > 0 && probability <= 1)) throw bad('probability', 'more than 0, at most 1')
  if (!(delayMs >= 0)) throw bad('delayMs', 'milliseconds')
}
