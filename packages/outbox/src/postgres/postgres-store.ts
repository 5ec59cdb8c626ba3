import { GatewayError, invalidInput } from '@wamux/core'
import type { OutboxChange, OutboxMessage } from '../message/message.ts'
import { mayFollow, type OutboxState, outboxStates } from '../message/states.ts'
import { changeOf, contentJson, DUE_COLUMNS, dueOf, messageOf } from '../store/rows.ts'
import type { Lease, ListFilter, Move, NextQuery, OutboxStore, Pause } from '../store/store.ts'
import { openPool, type PgPool, type Row, within } from './client.ts'
import { CHANGES_LOCK, SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** Options of {@link openPostgresStore}. */
export interface PostgresStoreOptions {
  /** Address of the database: `postgres://user:password@host:5432/name`. */
  readonly connectionString: string
  /** Schema for the tables, which is made where there is none: letters, digits and `_`. Default `wamux_outbox`. */
  readonly schema?: string
  /** Most connections at once. Default 4. */
  readonly maxConnections?: number
}

/**
 * Opens an outbox in PostgreSQL, and makes its tables when there are none. Processes of any number of machines may have it open; their
 * clocks should agree. A change is on the server's disk when its promise resolves (`synchronous_commit = on`). It needs the package `pg`.
 *
 * @param options where the database is
 * @returns the store
 * @throws {GatewayError} `unsupported`: the package `pg` is not installed
 * @throws {GatewayError} `invalid_request`: an option is malformed
 * @throws {GatewayError} `config`: the database cannot be reached, or a newer version of this package made the tables
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<OutboxStore> {
  const { connectionString, schema = 'wamux_outbox', maxConnections = 4 } = options
  checkSchema(schema)
  if (typeof connectionString !== 'string' || connectionString === '')
    throw invalidInput('connectionString', 'expected postgres://user@host/name')
  if (!(maxConnections >= 1)) throw invalidInput('maxConnections', 'expected a number, 1 or more')
  const pool = await openPool(connectionString, schema, maxConnections)
  try {
    await within('open the outbox', () => createTables(pool, schema))
  } catch (error) {
    await pool.end().catch(() => {})
    throw error
  }
  return new PostgresStore(pool)
}

/**
 * Refuses what would have to be quoted in SQL.
 *
 * @throws {GatewayError} `invalid_request`: it has other characters
 */
export function checkSchema(schema: string): void {
  if (!/^[a-z_][a-z\d_]{0,40}$/.test(schema)) throw invalidInput('schema', 'expected small letters, digits and _')
}

async function createTables(pool: PgPool, schema: string): Promise<void> {
  const client = await pool.connect()
  try {
    // several processes may begin at once
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${CHANGES_LOCK})`)
    const { rows } = await client.query('SELECT to_regclass($1) IS NOT NULL AS there', [`${schema}.meta`])
    if (rows[0]?.there !== true) await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}; ${SCHEMA}`)
    const version = Number((await client.query('SELECT version FROM meta')).rows[0]?.version)
    if (version > SCHEMA_VERSION) {
      const message = `The tables were made by a newer version of @wamux/outbox (${version}, this one knows ${SCHEMA_VERSION}).`
      throw new GatewayError(message, { kind: 'config', hint: 'Update @wamux/outbox.' })
    }
    await client.query('COMMIT')
    client.release()
  } catch (error) {
    // a connection in the middle of a transaction is not given back
    client.release(true)
    throw error
  }
}

/** The greatest number that a change can have. */
const GREATEST = '9223372036854775807'

const numbers = <Name extends keyof Row>(row: Row | undefined, name: Name) => Number(row?.[name] ?? 0)

class PostgresStore implements OutboxStore {
  readonly #pool: PgPool

  constructor(pool: PgPool) {
    this.#pool = pool
  }

  async #rows(text: string, ...values: readonly unknown[]): Promise<Row[]> {
    return within('read or write', async () => (await this.#pool.query(text, values)).rows)
  }

  async add(...[messages, at]: Parameters<OutboxStore['add']>): Promise<number> {
    const items = messages.map(({ key, sender, to, list, notBefore, expiresAt, ...content }) => {
      return { key, sender, recipient: to, list, content: contentJson(content), not_before: notBefore, expires_at: expiresAt }
    })
    const [row] = await this.#rows('SELECT add_messages($1, $2) AS added', JSON.stringify(items), at)
    return numbers(row, 'added')
  }

  async get(key: string): Promise<OutboxMessage | undefined> {
    const [row] = await this.#rows('SELECT * FROM messages WHERE key = $1', key)
    return row && messageOf(row)
  }

  async list({ sender, state, list, after = 0, limit }: ListFilter): Promise<readonly OutboxMessage[]> {
    const wanted = Object.entries({ sender, state, list }).filter(([, value]) => value !== undefined)
    const where = wanted.map(([column], index) => ` AND ${column} = $${index + 3}`).join('')
    const text = `SELECT * FROM messages WHERE seq > $1${where} ORDER BY seq LIMIT $2`
    return (await this.#rows(text, after, limit, ...wanted.map(([, value]) => value))).map(messageOf)
  }

  async count(sender?: string): Promise<Readonly<Record<OutboxState, number>>> {
    const text = 'SELECT state, count(*) AS n FROM messages WHERE $1::text IS NULL OR sender = $1 GROUP BY state'
    const counts = Object.fromEntries(outboxStates.map((state) => [state, 0])) as Record<OutboxState, number>
    for (const row of await this.#rows(text, sender ?? null)) counts[row.state as OutboxState] = numbers(row, 'n')
    return counts
  }

  async next({ sender, now, newChats, limit }: NextQuery): ReturnType<OutboxStore['next']> {
    const known = newChats
      ? ''
      : ' AND EXISTS (SELECT 1 FROM chats WHERE chats.sender = messages.sender AND chats.recipient = messages.recipient)'
    const queued = `FROM messages WHERE sender = $1 AND state = 'queued'${known}`
    const due = `SELECT ${DUE_COLUMNS} ${queued} AND not_before <= $2 ORDER BY not_before, seq LIMIT $3`
    const rows = await this.#rows(due, sender, now, limit)
    if (rows.length >= limit) return { messages: rows.map(dueOf) }
    const [later] = await this.#rows(`SELECT min(not_before) AS at ${queued} AND not_before > $2`, sender, now)
    return { messages: rows.map(dueOf), nextAt: later?.at == null ? undefined : Number(later.at) }
  }

  async move({ key, from, to, at, lease, attempts, reason, messageId, messageKey, notBefore }: Move): Promise<OutboxMessage | undefined> {
    const allowed = from.filter((state) => mayFollow(state, to))
    if (allowed.length === 0) return undefined
    const fence = [lease?.sender, lease?.token, attempts]
    const values = [key, allowed, to, at, ...fence, reason, messageId, messageKey, notBefore].map((value) => value ?? null)
    const [row] = await this.#rows('SELECT * FROM move_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)', ...values)
    return row && messageOf(row)
  }

  async defer(key: string, notBefore: number): Promise<void> {
    await this.#rows(`UPDATE messages SET not_before = $2 WHERE key = $1 AND state = 'queued'`, key, notBefore)
  }

  async find(sender: string, id: string): Promise<OutboxMessage | undefined> {
    const text = `SELECT * FROM messages WHERE sender = $1 AND message_id = $2
      UNION ALL SELECT * FROM messages WHERE sender = $1 AND message_key = $2 LIMIT 1`
    const [row] = await this.#rows(text, sender, id)
    return row && messageOf(row)
  }

  async acquire(sender: string, now: number, durationMs: number): Promise<Lease | undefined> {
    const until = now + durationMs
    const text = `INSERT INTO senders (sender, token, until) VALUES ($1, 1, $2)
      ON CONFLICT (sender) DO UPDATE SET token = senders.token + 1, until = excluded.until WHERE senders.until <= $3 RETURNING token`
    const [row] = await this.#rows(text, sender, until, now)
    return row && { sender, token: Number(row.token), until }
  }

  async renew(lease: Lease, until: number): Promise<Lease | undefined> {
    const text = 'UPDATE senders SET until = $3 WHERE sender = $1 AND token = $2 RETURNING token'
    const [row] = await this.#rows(text, lease.sender, lease.token, until)
    return row && { ...lease, until }
  }

  async release({ sender, token }: Lease): Promise<void> {
    await this.#rows('UPDATE senders SET until = 0 WHERE sender = $1 AND token = $2', sender, token)
  }

  async history(sender: string, since: number): ReturnType<OutboxStore['history']> {
    const rows = await this.#rows('SELECT at, new_chat FROM sends WHERE sender = $1 AND at >= $2 ORDER BY at', sender, since)
    const [first] = await this.#rows('SELECT min(at) AS at FROM sends WHERE sender = $1', sender)
    const sends = rows.map(({ at, new_chat }) => ({ at: Number(at), newChat: new_chat === true }))
    return { sends, firstAt: first?.at == null ? undefined : Number(first.at) }
  }

  async addChats(sender: string, chats: readonly string[]): Promise<void> {
    const text = 'INSERT INTO chats (sender, recipient) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING'
    await this.#rows(text, sender, [...chats].sort())
  }

  async addOptOuts(recipients: readonly string[], at: number): Promise<void> {
    const text = 'INSERT INTO opt_outs (recipient, at) SELECT unnest($1::text[]), $2 ON CONFLICT DO NOTHING'
    await this.#rows(text, [...recipients].sort(), at)
  }

  async removeOptOuts(recipients: readonly string[]): Promise<void> {
    await this.#rows('DELETE FROM opt_outs WHERE recipient = ANY ($1::text[])', recipients)
  }

  async getPause(sender: string): Promise<Pause | undefined> {
    const [row] = await this.#rows('SELECT pause FROM senders WHERE sender = $1', sender)
    return typeof row?.pause === 'string' ? (JSON.parse(row.pause) as Pause) : undefined
  }

  async setPause(sender: string, pause: Pause | undefined): Promise<void> {
    const text = 'INSERT INTO senders (sender, pause) VALUES ($1, $2) ON CONFLICT (sender) DO UPDATE SET pause = excluded.pause'
    await this.#rows(text, sender, pause ? JSON.stringify(pause) : null)
  }

  async changes(after: number, limit: number): Promise<readonly OutboxChange[]> {
    const text = 'SELECT * FROM changes WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3'
    const read = async (last: string | number) => (await this.#rows(text, after, last, limit)).map(changeOf)
    const seen = await read(GREATEST)
    if (seen.every(({ seq }, index) => seq === after + 1 + index)) return seen
    // a change with a smaller number may still be on its way. Once this lock was had, all below the last one are written or undone
    await this.#writersEnd()
    return read(seen.at(-1)?.seq ?? after)
  }

  async lastChange(): Promise<number> {
    await this.#writersEnd()
    const [row] = await this.#rows('SELECT max(seq) AS seq FROM changes')
    return numbers(row, 'seq')
  }

  /** Waits for all writers that have begun. */
  async #writersEnd(): Promise<void> {
    await this.#rows(`SELECT pg_advisory_xact_lock(${CHANGES_LOCK})`)
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}
