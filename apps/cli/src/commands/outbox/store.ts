import { dirname, join } from 'node:path'
import type { OutboxStore } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { dataFolder } from '../../gateway/config-folders.ts'
import { shellQuote } from '../../print/shell-quote.ts'
import { fs } from '../../terminal/node-fs.ts'

const STORE = 'WAMUX_OUTBOX_STORE'
const POSTGRES = 'WAMUX_OUTBOX_POSTGRES_URL'

/** A store that is open, and how people call it. */
export interface OpenedStore {
  readonly store: OutboxStore
  /** The file, or `PostgreSQL`. */
  readonly shown: string
}

/**
 * Opens the store of `--store`.
 *
 * @param make whether a file that is not there is made
 * @throws UsageError for a file that is not there or cannot be made, and for an address on the command line
 */
export async function openStore(context: Context, make: boolean): Promise<OpenedStore> {
  const { env } = context.terminal
  const name = context.values.text('store') ?? (env[STORE] || undefined)
  if (name === 'postgres') return { store: await openPostgres(context), shown: 'PostgreSQL' }
  if (name !== undefined && /^[a-z][a-z\d+.-]+:\/\//i.test(name)) {
    throw new UsageError(
      '--store takes a file, or the word postgres.',
      `An address may hold a password, so it stands in a variable: export ${POSTGRES}=…`,
    )
  }
  const file = name ?? defaultFile(env)
  if (!make && !fs.existsSync(file)) throw new UsageError(`There is no list at ${file}.`, 'Make one: wamux outbox import list.csv --text …')
  if (make) makeFile(file)
  const { openSqliteStore } = await import('@wamux/outbox/sqlite')
  return { store: await openSqliteStore(file), shown: file }
}

/** `--store` as it was given, for a command that is suggested. */
export function storeFlag(values: Context['values']): string {
  const given = values.text('store')
  return given === undefined ? '' : ` --store ${shellQuote(given)}`
}

function defaultFile(env: Context['terminal']['env']): string {
  const folder = dataFolder(env)
  if (folder) return join(folder, 'outbox.db')
  throw new UsageError('It is not known where the list is kept: HOME is not set.', `Name a file: --store outbox.db, or ${STORE}.`)
}

/** Makes an empty file that only its owner may read: it holds numbers and texts. SQLite takes it for a new database. */
function makeFile(file: string): void {
  try {
    fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    fs.writeFileSync(file, '', { mode: 0o600, flag: 'wx' })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new UsageError(`${file} cannot be written (${code}).`)
  }
}

async function openPostgres(context: Context): Promise<OutboxStore> {
  const url = context.terminal.env[POSTGRES]
  if (!url) throw new UsageError(`${POSTGRES} is missing: the address of the database.`, `export ${POSTGRES}=postgres://user@host/name`)
  await context.hideSecrets([url, ...passwordIn(url)])
  const { openPostgresStore } = await import('@wamux/outbox/postgres')
  return openPostgresStore({ connectionString: url })
}

function passwordIn(url: string): string[] {
  const password = URL.canParse(url) ? new URL(url).password : ''
  return password === '' ? [] : [password, decodeURIComponent(password)]
}
