import type { OutboxStore } from '../../src/index.ts'
import { openPostgresStore } from '../../src/postgres/index.ts'
import { openSqliteStore } from '../../src/sqlite/index.ts'

/** Which store a program opens: a file of SQLite, or a schema of PostgreSQL. */
export type StorePlace = { readonly path: string } | { readonly connectionString: string; readonly schema: string }

/** Opens the store of a place. */
export function openStore(place: StorePlace): Promise<OutboxStore> {
  return 'path' in place ? openSqliteStore(place.path) : openPostgresStore(place)
}
