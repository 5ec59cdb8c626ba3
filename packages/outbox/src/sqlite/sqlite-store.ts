import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { GatewayError } from '@wamux/core'
import type { OutboxMessage } from '../message/message.ts'
import { mayFollow, type OutboxState, outboxStates } from '../message/states.ts'
import { changeOf, contentJson, DUE_COLUMNS, dueOf, messageOf } from '../store/rows.ts'
import type { Lease, Move, OutboxStore, Pause } from '../store/store.ts'
import { SCHEMA, SCHEMA_VERSION } from './schema.ts'

/** Options of {@link openSqliteStore}. */
export interface SqliteStoreOptions {
  /** How long a write waits for other processes that write, ms. Default 10 000. */
  readonly busyTimeoutMs?: number
}

/**
 * Opens an outbox in one SQLite file, and makes the file when there is none. Several processes of one machine may have it open. A change is
 * on the disk when its promise resolves (`synchronous = FULL`). It needs Node 22.13 or newer, which brings SQLite.
 *
 * @param path the file; beside it SQLite keeps `-wal` and `-shm`. Not on a network drive
 * @param options how long to wait for others
 * @returns the store
 * @throws {GatewayError} `unsupported`: this Node has no SQLite
 * @throws {GatewayError} `config`: the file cannot be opened, or a newer version of this package made it
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<OutboxStore> {
  const { DatabaseSync } = await loadSqlite()
  return within('open the outbox', () => {
    const database = new DatabaseSync(path)
    database.exec(`PRAGMA busy_timeout = ${Math.max(0, Math.round(options.busyTimeoutMs ?? 10_000))}`)
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    try {
      createTables(database, path)
    } catch (error) {
      database.close()
      throw error
    }
    return new SqliteStore(database)
  })
}

async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  try {
    return await import('node:sqlite')
  } catch (cause) {
    throw new GatewayError(`The SQLite store needs Node 22.13 or newer; this is Node ${process.versions.node}.`, {
      kind: 'unsupported',
      hint: 'Use a newer Node, or createMemoryStore(), which forgets everything when the program ends.',
      cause,
    })
  }
}

function createTables(database: DatabaseSync, path: string): void {
  transact(database, () => {
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
    if (version > SCHEMA_VERSION) {
      const message = `${path} was made by a newer version of @wamux/outbox (tables ${version}, this one knows ${SCHEMA_VERSION}).`
      throw new GatewayError(message, { kind: 'config', hint: 'Update @wamux/outbox.' })
    }
    if (version === 0) database.exec(`${SCHEMA}; PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
}

/** Runs a change as a whole: all of it is on the disk afterwards, or nothing. */
function transact<Result>(database: DatabaseSync, change: () => Result): Result {
  // IMMEDIATE waits for its turn at the beginning, when nothing was read yet
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = change()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has ended the transaction itself after some errors, a full disk among them
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function within<Result>(what: string, action: () => Result): Result {
  try {
    return action()
  } catch (cause) {
    if (GatewayError.is(cause)) throw cause
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new GatewayError(`The SQLite store could not ${what}: ${said}.`, {
      kind: 'config',
      hint: 'Check the free space of its disk, and the rights to its folder.',
      cause,
    })
  }
}

type Row = Readonly<Record<string, SQLOutputValue>>

/** SQLite knows no undefined. */
function orNull(value: string | number | undefined): SQLInputValue {
  return value ?? null
}

const FROM_MESSAGES = 'SELECT * FROM messages'
const REACHED: readonly OutboxState[] = ['sent', 'delivered', 'read']

class SqliteStore implements OutboxStore {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  #sql(text: string): ReturnType<DatabaseSync['prepare']> {
    const known = this.#statements.get(text)
    if (known) return known
    const made = this.#database.prepare(text)
    this.#statements.set(text, made)
    return made
  }

  #write<Result>(change: () => Result): Result {
    return within('write', () => transact(this.#database, change))
  }

  #row(text: string, ...values: (string | number)[]): Row | undefined {
    return within('read', () => this.#sql(text).get(...values) as Row | undefined)
  }

  #rows(text: string, ...values: (string | number)[]): Row[] {
    return within('read', () => this.#sql(text).all(...values) as Row[])
  }

  #note(key: string, sender: string, from: OutboxState, to: OutboxState, at: number, reason: string | undefined): void {
    const text = 'INSERT INTO changes (key, sender, from_state, to_state, at, reason) VALUES (?, ?, ?, ?, ?, ?)'
    this.#sql(text).run(key, sender, from, to, at, orNull(reason))
  }

  async add(...[messages, at]: Parameters<OutboxStore['add']>): Promise<number> {
    return this.#write(() => {
      const insert = this.#sql(`INSERT INTO messages (key, sender, recipient, list, content, state, changed_at, not_before, expires_at)
        VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?) ON CONFLICT (key) DO NOTHING`)
      const before = Number(this.#sql('SELECT max(seq) AS seq FROM messages').get()?.seq ?? 0)
      for (const { key, sender, to, list, notBefore, expiresAt, ...content } of messages) {
        insert.run(key, sender, to, list, contentJson(content), at, notBefore, orNull(expiresAt))
      }
      // one statement for all of them: noting each apart takes as long as adding it
      const note = `INSERT INTO changes (key, sender, to_state, at)
        SELECT key, sender, 'queued', ? FROM messages WHERE seq > ? ORDER BY seq`
      return Number(this.#sql(note).run(at, before).changes)
    })
  }

  async get(key: string): Promise<OutboxMessage | undefined> {
    const row = this.#row(`${FROM_MESSAGES} WHERE key = ?`, key)
    return row && messageOf(row)
  }

  async list(filter: Parameters<OutboxStore['list']>[0]): Promise<readonly OutboxMessage[]> {
    const wanted = [
      ['sender', filter.sender],
      ['state', filter.state],
      ['list', filter.list],
    ].filter((one): one is [string, string] => one[1] !== undefined)
    const where = wanted.map(([column]) => ` AND ${column} = ?`).join('')
    const text = `${FROM_MESSAGES} WHERE seq > ?${where} ORDER BY seq LIMIT ?`
    const values = [filter.after ?? 0, ...wanted.map(([, value]) => value), filter.limit]
    return this.#rows(text, ...values).map(messageOf)
  }

  async count(sender?: string): Promise<Readonly<Record<OutboxState, number>>> {
    const text = 'SELECT state, count(*) AS n FROM messages'
    const rows = sender === undefined ? this.#rows(`${text} GROUP BY state`) : this.#rows(`${text} WHERE sender = ? GROUP BY state`, sender)
    const none = Object.fromEntries(outboxStates.map((state) => [state, 0])) as Record<OutboxState, number>
    for (const { state, n } of rows) none[state as OutboxState] = Number(n)
    return none
  }

  async next({ sender, now, newChats, limit }: Parameters<OutboxStore['next']>[0]): ReturnType<OutboxStore['next']> {
    const known = newChats
      ? ''
      : ' AND EXISTS (SELECT 1 FROM chats WHERE chats.sender = messages.sender AND chats.recipient = messages.recipient)'
    const queued = `WHERE sender = ? AND state = 'queued'${known}`
    const due = `SELECT ${DUE_COLUMNS} FROM messages ${queued} AND not_before <= ? ORDER BY not_before, seq LIMIT ?`
    const rows = this.#rows(due, sender, now, limit)
    const later = `SELECT not_before FROM messages ${queued} AND not_before > ? ORDER BY not_before LIMIT 1`
    // asked for only when there is time to wait for it
    const nextAt = rows.length < limit ? this.#row(later, sender, now)?.not_before : undefined
    return { messages: rows.map(dueOf), nextAt: nextAt == null ? undefined : Number(nextAt) }
  }

  async move(move: Move): Promise<OutboxMessage | undefined> {
    return this.#write(() => this.#apply(move))
  }

  #apply({ key, from, to, at, lease, attempts, reason, messageId, messageKey, notBefore }: Move): OutboxMessage | undefined {
    const row = this.#sql(`${FROM_MESSAGES} WHERE key = ?`).get(key)
    const old = row && messageOf(row)
    if (!old || !from.includes(old.state) || !mayFollow(old.state, to)) return undefined
    if (lease ? lease.sender !== old.sender || this.#tokenOf(lease.sender) !== lease.token : to === 'sending') return undefined
    if (attempts !== undefined && attempts !== old.attempts) return undefined
    const begins = to === 'sending'
    if (begins && this.#sql('SELECT 1 FROM opt_outs WHERE recipient = ?').get(old.to)) return undefined
    const now: OutboxMessage = {
      ...old,
      state: to,
      changedAt: at,
      reason,
      notBefore: notBefore ?? old.notBefore,
      attempts: old.attempts + (begins ? 1 : 0),
      startedAt: begins ? at : old.startedAt,
      messageId: messageId ?? old.messageId,
      messageKey: messageKey ?? old.messageKey,
    }
    const update = `UPDATE messages SET state = ?, changed_at = ?, reason = ?, not_before = ?, attempts = ?, started_at = ?,
      message_id = ?, message_key = ? WHERE key = ?`
    const ids = [orNull(now.messageId), orNull(now.messageKey)] as const
    this.#sql(update).run(to, at, orNull(reason), now.notBefore, now.attempts, orNull(now.startedAt), ids[0], ids[1], key)
    if (begins) {
      const insert = `INSERT INTO sends (sender, at, new_chat)
        SELECT ?, ?, NOT EXISTS (SELECT 1 FROM chats WHERE sender = ? AND recipient = ?)`
      this.#sql(insert).run(old.sender, at, old.sender, old.to)
    }
    if (REACHED.includes(to)) this.#sql('INSERT OR IGNORE INTO chats (sender, recipient) VALUES (?, ?)').run(old.sender, old.to)
    this.#note(key, old.sender, old.state, to, at, reason)
    return now
  }

  async defer(key: string, notBefore: number): Promise<void> {
    this.#write(() => this.#sql(`UPDATE messages SET not_before = ? WHERE key = ? AND state = 'queued'`).run(notBefore, key))
  }

  async find(sender: string, id: string): Promise<OutboxMessage | undefined> {
    const byId = this.#row(`${FROM_MESSAGES} WHERE sender = ? AND message_id = ?`, sender, id)
    const row = byId ?? this.#row(`${FROM_MESSAGES} WHERE sender = ? AND message_key = ?`, sender, id)
    return row && messageOf(row)
  }

  #tokenOf(sender: string): number {
    return Number(this.#sql('SELECT token FROM senders WHERE sender = ?').get(sender)?.token ?? 0)
  }

  async acquire(sender: string, now: number, durationMs: number): Promise<Lease | undefined> {
    const until = now + durationMs
    const text = `INSERT INTO senders (sender, token, until) VALUES (?, 1, ?)
      ON CONFLICT (sender) DO UPDATE SET token = token + 1, until = excluded.until WHERE senders.until <= ? RETURNING token`
    const row = this.#write(() => this.#sql(text).get(sender, until, now))
    return row && { sender, token: Number(row.token), until }
  }

  async renew(lease: Lease, until: number): Promise<Lease | undefined> {
    const text = 'UPDATE senders SET until = ? WHERE sender = ? AND token = ?'
    const { changes } = this.#write(() => this.#sql(text).run(until, lease.sender, lease.token))
    return changes === 0 ? undefined : { ...lease, until }
  }

  async release(lease: Lease): Promise<void> {
    this.#write(() => this.#sql('UPDATE senders SET until = 0 WHERE sender = ? AND token = ?').run(lease.sender, lease.token))
  }

  async history(sender: string, since: number): ReturnType<OutboxStore['history']> {
    const sends = this.#rows('SELECT at, new_chat FROM sends WHERE sender = ? AND at >= ? ORDER BY at', sender, since)
    const first = this.#row('SELECT min(at) AS at FROM sends WHERE sender = ?', sender)?.at
    return {
      sends: sends.map((row) => ({ at: Number(row.at), newChat: row.new_chat === 1 })),
      firstAt: first == null ? undefined : Number(first),
    }
  }

  async addChats(sender: string, chats: readonly string[]): Promise<void> {
    const insert = this.#sql('INSERT OR IGNORE INTO chats (sender, recipient) VALUES (?, ?)')
    this.#write(() => chats.forEach((chat) => void insert.run(sender, chat)))
  }

  async addOptOuts(recipients: readonly string[], at: number): Promise<void> {
    const insert = this.#sql('INSERT OR IGNORE INTO opt_outs (recipient, at) VALUES (?, ?)')
    this.#write(() => recipients.forEach((one) => void insert.run(one, at)))
  }

  async removeOptOuts(recipients: readonly string[]): Promise<void> {
    const remove = this.#sql('DELETE FROM opt_outs WHERE recipient = ?')
    this.#write(() => recipients.forEach((one) => void remove.run(one)))
  }

  async getPause(sender: string): Promise<Pause | undefined> {
    const pause = this.#row('SELECT pause FROM senders WHERE sender = ?', sender)?.pause
    return typeof pause === 'string' ? (JSON.parse(pause) as Pause) : undefined
  }

  async setPause(sender: string, pause: Pause | undefined): Promise<void> {
    const text = 'INSERT INTO senders (sender, pause) VALUES (?, ?) ON CONFLICT (sender) DO UPDATE SET pause = excluded.pause'
    this.#write(() => this.#sql(text).run(sender, orNull(pause && JSON.stringify(pause))))
  }

  async changes(after: number, limit: number): ReturnType<OutboxStore['changes']> {
    return this.#rows('SELECT * FROM changes WHERE seq > ? ORDER BY seq LIMIT ?', after, limit).map(changeOf)
  }

  async lastChange(): Promise<number> {
    return Number(this.#row('SELECT max(seq) AS seq FROM changes')?.seq ?? 0)
  }

  async close(): Promise<void> {
    this.#database.close()
  }
}
