import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationTable } from '@wamux/core'
import { cacheFolder } from '../../gateway/config-folders.ts'
import { idOf, type Package, tableFile } from '../../gateway/plugin-packages.ts'
import { fs } from '../../terminal/node-fs.ts'
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
  const { mtimeMs, size } = fs.statSync(fileURLToPath(table))
  const key = `${table} ${mtimeMs} ${size}`
  const folder = cacheFolder(env)
  const file = folder && join(folder, `words-${idOf(plugin.name)}.json`)
  const cached = file && readCache(file, key)
  if (cached) return cached
  const words = namesIn(((await import(table)) as { operations: OperationTable }).operations, await import('../../operation/names.ts'))
  if (file) writeCache(file, JSON.stringify({ key, words }))
  return words
}

function namesIn(table: OperationTable, { familiesOf, operationName }: typeof import('../../operation/names.ts')): OperationNames {
  return Object.fromEntries(
    [...familiesOf(table)].map(([family, operations]) => [
      family,
      Object.fromEntries(operations.map((one) => [operationName(one), one.about])),
    ]),
  )
}

function readCache(file: string, key: string): OperationNames | undefined {
  try {
    const cache = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly key?: string; readonly words?: OperationNames }
    return cache.key === key ? cache.words : undefined
  } catch {
    return undefined
  }
}

// the cache only saves time: nothing is lost when it cannot be written
function writeCache(file: string, text: string): void {
  try {
    fs.mkdirSync(dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  } catch {}
}
