import { GatewayError, invalidInput } from '@wamux/core'
import type { Outbox } from '../outbox.ts'
import { loadOptional } from './client.ts'
import { checkSchema } from './postgres-store.ts'

/** Options of {@link shareNumbers}. */
export interface ShareOptions {
  /** Address of the database, as for `openPostgresStore`. */
  readonly connectionString: string
  /** One outbox for each sending number, on a store that all machines share. Every machine names the same numbers. */
  readonly outboxes: readonly Outbox[]
  /** How many numbers this process works on at once. Default 10. */
  readonly atOnce?: number
  /** How long a process works on a number before it puts it back for all, ms. Default 60 000. */
  readonly turnMs?: number
  /** `empty` ends it when no number has anything queued. Default: it goes on. */
  readonly until?: 'empty'
  /** Ends it. Sends that have begun are finished. */
  readonly signal?: AbortSignal
  /** Schema for the tables of pg-boss. Default `wamux_outbox_turns`. */
  readonly schema?: string
  /** Told what pg-boss reports, such as a database that cannot be reached. Default: nothing happens. */
  readonly onError?: (error: Error) => void
}

const QUEUE = 'turns'
const POLL_SECONDS = 0.5
/** A process that was killed is noticed after so long; pg-boss allows no less than 10. */
const HEARTBEAT_SECONDS = 10
const MANY = 1_000_000

interface Turn {
  readonly sender: string
}

/**
 * Runs the outboxes of many numbers on many machines: pg-boss gives each number to one process at a time, in turns, and gives those of a
 * process that ended to others. That a number has one owner does not depend on it: the lease of the store does that. It needs `pg-boss`.
 *
 * @param options the outboxes, and where the database is
 * @returns resolves when the signal has fired, or nothing is queued any more
 * @throws {GatewayError} `unsupported`: the package `pg-boss` is not installed
 * @throws {GatewayError} `invalid_request`: an option is malformed
 * @throws {GatewayError} `config`: the database cannot be reached
 */
export async function shareNumbers(options: ShareOptions): Promise<void> {
  const { connectionString, outboxes, atOnce = 10, turnMs = 60_000, until, signal, schema = 'wamux_outbox_turns' } = options
  checkSchema(schema)
  if (!(atOnce >= 1)) throw invalidInput('atOnce', 'expected a number, 1 or more')
  if (!(turnMs >= 1)) throw invalidInput('turnMs', 'expected a number of ms, 1 or more')
  const { PgBoss } = await loadOptional<typeof import('pg-boss')>('pg-boss', () => import('pg-boss'))
  const boss = new PgBoss({ connectionString, schema, application_name: 'wamux outbox turns', superviseIntervalSeconds: 5 })
  const report = (error: unknown) => options.onError?.(error instanceof Error ? error : new Error(String(error)))
  boss.on('error', report)
  await boss.start().catch((cause: unknown) => {
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new GatewayError(`pg-boss could not begin: ${said}.`, {
      kind: 'config',
      hint: 'Check that the database runs, and its rights.',
      cause,
    })
  })
  const end = new AbortController()
  const ends = signal ? AbortSignal.any([signal, end.signal]) : end.signal
  const bySender = new Map(outboxes.map((outbox) => [outbox.sender, outbox]))
  /** Puts a number on the list of turns, unless it waits there already. */
  const offer = (sender: string) => boss.send(QUEUE, { sender }, { singletonKey: sender })

  /** One turn of one number. */
  async function work({ sender }: Turn): Promise<void> {
    const outbox = bySender.get(sender)
    if (outbox) {
      const over = new AbortController()
      const timer = setTimeout(() => over.abort(), turnMs)
      await outbox.run(AbortSignal.any([ends, over.signal]), { until: 'empty' }).finally(() => clearTimeout(timer))
    }
    const left = !outbox || until !== 'empty' || !(await isEmpty(outbox))
    if (left) await offer(sender)
    else if (await allEmpty()) end.abort()
  }
  async function allEmpty(): Promise<boolean> {
    for (const outbox of outboxes) if (!(await isEmpty(outbox))) return false
    return true
  }

  try {
    const rules = { policy: 'stately', heartbeatSeconds: HEARTBEAT_SECONDS, retryLimit: MANY, retryDelay: 1 } as const
    // a turn that takes longer than all its sends may take is one whose process hangs
    await boss.createQueue(QUEUE, { ...rules, expireInSeconds: Math.ceil(turnMs / 1_000) + 600, deleteAfterSeconds: 60 })
    for (const { sender } of outboxes) await offer(sender)
    await boss.work<Turn>(QUEUE, { localConcurrency: atOnce, batchSize: 1, pollingIntervalSeconds: POLL_SECONDS }, async (jobs) => {
      for (const { data } of jobs) await work(data)
    })
    await ended(ends, until === 'empty' ? allEmpty : async () => false, report)
  } finally {
    end.abort()
    await boss.stop({ graceful: true, timeout: 30_000 })
  }
}

const LOOK_MS = 500

/** Resolves when the signal fires, or other machines have sent the rest. */
async function ended(signal: AbortSignal, isOver: () => Promise<boolean>, report: (error: unknown) => void): Promise<void> {
  while (!signal.aborted) {
    const over = await isOver().catch((error: unknown) => {
      report(error)
      return false
    })
    if (over) return
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, LOOK_MS)
      signal.addEventListener('abort', done)
    })
  }
}

async function isEmpty(outbox: Outbox): Promise<boolean> {
  const { queued, sending } = (await outbox.status()).counts
  return queued + sending === 0
}
