import type { OperationTable } from '@wamux/core'
import { idOf, type Package, tableFile } from '../../gateway/plugin-packages.ts'
import { keptOf } from '../../operation/table-cache.ts'
import type { Terminal } from '../../terminal/terminal.ts'

/** The operations of a gateway as words: family -> name -> description. */
export type OperationNames = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * The names of a gateway's operations. They come from its table, which is large and slow to load. So they are cached in a small file
 * until the table changes.
 */
export async function operationNames(plugin: Package, env: Terminal['env']): Promise<OperationNames> {
  const table = tableFile(plugin)
  if (table === undefined) return {}
  return keptOf<OperationNames>(
    `words-${idOf(plugin.name)}`,
    table,
    env,
    (words) => typeof words === 'object' && words !== null,
    async () => namesIn(((await import(table)) as { operations: OperationTable }).operations, await import('../../operation/names.ts')),
  )
}

function namesIn(table: OperationTable, { familiesOf, operationName }: typeof import('../../operation/names.ts')): OperationNames {
  return Object.fromEntries(
    [...familiesOf(table)].map(([family, operations]) => [
      family,
      Object.fromEntries(operations.map((one) => [operationName(one), one.about])),
    ]),
  )
}
