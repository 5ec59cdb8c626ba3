import { GatewayError } from '../errors/gateway-error.ts'
import { sleep } from '../time/sleep.ts'
import type { ConnectionLoss } from '../vocabulary/event.ts'
import { type CatchUp, catchUpOnce, catchUpUntilDone } from './catch-up.ts'
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts'

/** What happened to the connection. */
export interface ConnectionReports<Item> {
  lost(reason: ConnectionLoss): Item
  /** @param awayMs how long it was away, ms */
  restored(awayMs: number): Item
  /**
   * Something may be missing.
   *
   * @param since ms since the epoch
   * @param until ms since the epoch
   */
  gap(since: number, until: number, messagesLookedUp: boolean): Item
}

export interface SocketOptions<Item> extends ConnectionOptions<Item> {
  /** What was missed while there was no connection. */
  readonly missed: CatchUp<Item> | undefined
  readonly since: number | undefined
  readonly random: () => number
  readonly signal: AbortSignal | undefined
  /** Called when the connection breaks or is back. Default: not reported. */
  readonly reports?: ConnectionReports<Item>
  /** How long nothing may come before it is checked whether the connection is still alive, ms. Default 60 000. */
  readonly silenceMs?: number
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** A connection that was open for this long counts as a success, ms. After one that broke earlier the pauses keep growing. */
const GOOD_MS = 10_000
/** Failed attempts to open the socket for the first time before it gives up. */
const MOST_FAILURES = 5
const SILENCE_MS = 60_000
/** After this many silences in a row the connection is opened again, even if polls find nothing: they cannot find edits and reactions. */
const MOST_SILENCES = 10

/** Events from a socket that is opened again whenever it closes. Ends when the signal fires. */
export async function* socketItems<Item>(options: SocketOptions<Item>): AsyncGenerator<Item> {
  const { clock, random, signal, gateway, reports } = options
  let missedSince = options.since
  let failures = 0
  let everOpen = false
  let lostAt: number | undefined
  while (!signal?.aborted) {
    let openedAt: number | undefined
    let lookedUp = true
    const connection = openConnection(options)
    const stop = () => connection.close()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      if (await connection.opened) {
        openedAt = clock.now()
        everOpen = true
        const again = lostAt !== undefined
        if (lostAt !== undefined && reports) yield reports.restored(openedAt - lostAt)
        lostAt = undefined
        if (missedSince !== undefined) {
          // fetched after the socket is open, so that none is lost; an event that comes both ways is recognised by its key
          const [since, until] = [missedSince, openedAt]
          const first = await catchUpOnce(options.missed, since)
          yield* first.items
          if (!first.complete) {
            lookedUp = false
            void catchUpUntilDone(options.missed, since, { clock, signal: connection.ended }, ({ items, complete, possible }) => {
              for (const item of items) connection.push(item)
              if (!complete) return
              lookedUp = true
              if (again && reports) connection.push(reports.gap(since, until, possible))
            })
          } else if (again && reports) yield reports.gap(since, until, first.possible)
        }
        yield* itemsOf(connection, options)
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      connection.close()
    }
    if (connection.refused) throw notAllowed(gateway)
    if (signal?.aborted) return
    if (openedAt !== undefined) {
      lostAt = clock.now()
      if (reports) yield reports.lost(connection.loss)
    }
    // what could not be fetched yet is fetched after the next connection
    missedSince = (lookedUp ? connection.lastHeardAt : undefined) ?? missedSince ?? clock.now()
    failures = openedAt !== undefined && clock.now() - openedAt >= GOOD_MS ? 1 : failures + 1
    if (!everOpen && failures >= MOST_FAILURES) throw notOpened(gateway)
    const most = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
    await sleep(clock, most * random(), signal).catch(() => undefined)
  }
}

/**
 * The items of a connection until it ends. A connection can break without an event, and platforms offer no ping to programs. So after a
 * silence the gateway is polled: when it does not answer, or has older items that the socket did not deliver, the connection is dead.
 */
async function* itemsOf<Item>(connection: Connection<Item>, options: SocketOptions<Item>): AsyncGenerator<Item> {
  const { clock, missed, silenceMs = SILENCE_MS } = options
  let silences = 0
  for (;;) {
    const next = await connection.next(silenceMs)
    if (next === undefined) return
    if (next !== 'silent') {
      silences = 0
      yield next.item
      continue
    }
    silences += 1
    const since = connection.lastHeardAt ?? clock.now()
    const { items, complete, possible, overdue } = await catchUpOnce(missed, since)
    yield* items
    const dead = possible && (overdue || !complete)
    if (dead || silences >= MOST_SILENCES) connection.close('silent')
  }
}

const NOT_OPENED = 'WAMUX_SOCKET_NOT_OPENED'

/** True for the error of a socket that never opened. */
export function isSocketUnopened(error: unknown): boolean {
  return GatewayError.is(error) && error.code === NOT_OPENED
}

function notAllowed({ id, name }: { readonly id: string; readonly name: string }): GatewayError {
  const hint = 'Are the credentials right, and may they listen to this session?'
  return new GatewayError(`${name}: the event socket was closed: not allowed`, { kind: 'auth', gateway: id, hint, reached: 'yes' })
}

function notOpened({ id, name }: { readonly id: string; readonly name: string }): GatewayError {
  const hint = 'Is its address right, does it have a socket, and are the credentials accepted there?'
  return new GatewayError(`${name}: the event socket could not be opened`, {
    kind: 'network',
    code: NOT_OPENED,
    gateway: id,
    hint,
    retryable: true,
  })
}
