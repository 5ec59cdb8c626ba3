export type { PostgresStoreOptions } from './postgres-store.ts'
export { openPostgresStore } from './postgres-store.ts'
export type { ShareOptions } from './share-numbers.ts'
export { shareNumbers } from './share-numbers.ts'
