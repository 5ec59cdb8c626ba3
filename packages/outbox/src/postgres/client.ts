/// <reference path="./pg.d.ts" />

import { GatewayError } from '@wamux/core'

/** A row, as PostgreSQL gives it: 64-bit numbers are texts. */
export type Row = Readonly<Record<string, string | number | boolean | null>>

/** What the store needs of `pg`. */
export interface PgPool {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: Row[]; readonly rowCount: number | null }>
  connect(): Promise<PgClient>
  on(event: 'error', listener: (error: Error) => void): unknown
  end(): Promise<void>
}

/** One connection of the pool. */
export interface PgClient extends Pick<PgPool, 'query'> {
  release(broken?: boolean): void
}

interface PgModule {
  readonly default: { readonly Pool: new (options: object) => PgPool }
}

/** Loads a package that is installed by those who want PostgreSQL only. */
export async function loadOptional<Module>(name: 'pg' | 'pg-boss', load: () => Promise<unknown>): Promise<Module> {
  try {
    return (await load()) as Module
  } catch (cause) {
    throw new GatewayError(`PostgreSQL needs the package ${name}, which cannot be loaded.`, {
      kind: 'unsupported',
      hint: `npm install ${name}. It needs Node 22.12 or newer; this is Node ${process.versions.node}.`,
      cause,
    })
  }
}

/** Opens a pool whose connections are in a schema, and have a commit on the disk before they answer. */
export async function openPool(connectionString: string, schema: string, most: number): Promise<PgPool> {
  const { default: pg } = await loadOptional<PgModule>('pg', () => import('pg'))
  const options = `-c search_path=${schema} -c synchronous_commit=on`
  const pool = new pg.Pool({ connectionString, max: most, options, application_name: 'wamux outbox' })
  // a connection that breaks while nobody uses it is replaced by the pool
  pool.on('error', () => {})
  return pool
}

/** Errors after which PostgreSQL has undone everything, and the same may be tried again. */
const UNDONE: readonly string[] = ['40001', '40P01']
const MOST_TRIES = 5

/** Runs a statement, and says in a sentence what went wrong. */
export async function within<Result>(what: string, action: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await action()
    } catch (cause) {
      if (GatewayError.is(cause)) throw cause
      const { code = '', message } = cause as { readonly code?: string; readonly message?: string }
      if (UNDONE.includes(code) && tries < MOST_TRIES) continue
      throw new GatewayError(`The PostgreSQL store could not ${what}: ${message || code || 'no reason was given'}.`, {
        kind: 'config',
        hint: 'Check that the database runs, its address and its rights.',
        cause,
      })
    }
  }
}
