/** Node brings SQLite since 22.13. Tests that need it are skipped without, and say so. */
export const hasSqlite: boolean = await import('node:sqlite').then(
  () => true,
  () => false,
)

if (!hasSqlite) console.warn(`Tests of the SQLite store are skipped: Node ${process.versions.node} has no SQLite, 22.13 has.`)
