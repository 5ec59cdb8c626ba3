export type { PostgresStoreOptions } from './postgres-store.ts'
export { openPostgresStore } from './postgres-store.ts'
