import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OperationTable } from '@wamux/core'
import { exportedFile, idOf, type Package } from '../../gateway/packages.ts'
import { cacheFolder } from '../../gateway/folders.ts'
import type { Terminal } from '../../terminal/terminal.ts'

/** Families of operations, each with its operations and what they are about. */
export type NativeWords = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * The words of a gateway's operations. They come from its table, which is large: what was read once is kept in a small file until the
 * table changes.
 */
export async function nativeWords(plugin: Package, env: Terminal['env']): Promise<NativeWords> {
  const table = exportedFile(plugin, './operations')
  if (table === undefined) return {}
  const { mtimeMs, size } = statSync(fileURLToPath(table))
  const key = `${table} ${mtimeMs} ${size}`
  const folder = cacheFolder(env)
  const file = folder && join(folder, `words-${idOf(plugin.name)}.json`)
  const kept = file && readKept(file, key)
  if (kept) return kept
  const words = wordsOf(((await import(table)) as { operations: OperationTable }).operations, await import('../operation/command.ts'))
  if (file) keep(file, JSON.stringify({ key, words }))
  return words
}

function wordsOf(table: OperationTable, { familiesOf, operationWord }: typeof import('../operation/command.ts')): NativeWords {
  return Object.fromEntries(
    [...familiesOf(table)].map(([family, operations]) => [
      family,
      Object.fromEntries(operations.map((one) => [operationWord(one), one.about])),
    ]),
  )
}

function readKept(file: string, key: string): NativeWords | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly key?: string; readonly words?: NativeWords }
    return kept.key === key ? kept.words : undefined
  } catch {
    return undefined
  }
}

// it only saves time: where it cannot be written, it is done without
function keep(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } catch {}
}
