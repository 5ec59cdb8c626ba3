import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from '../gateway/config-folders.ts'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Something that was made from a table, and from which one. */
interface Entry<Value> {
  readonly key: string
  readonly value: Value
}

/** So many installations of a plugin are remembered: a project has its own beside the global one. */
const MOST_ENTRIES = 4

/**
 * Something small that is made from the table of operations, which is large and slow to load. It is kept in the user's cache until time or
 * size of the table's file change.
 *
 * @param name of the file in the cache
 * @param table URL of the table's file
 * @param isValid checks whether the cached value has the form of what `make` returns
 */
export async function keptOf<Value>(
  name: string,
  table: string,
  env: Terminal['env'],
  isValid: (value: Value) => boolean,
  make: () => Promise<Value>,
): Promise<Value> {
  const { mtimeMs, size } = fs.statSync(fileURLToPath(table))
  const key = `${table} ${mtimeMs} ${size}`
  const folder = cacheFolder(env)
  const file = folder && join(folder, `${name}.json`)
  const entries = file ? read<Value>(file) : []
  const kept = entries.find((one) => one.key === key && isValid(one.value))
  if (kept) return kept.value
  const value = await make()
  if (file) write(file, [{ key, value }, ...entries.filter((one) => !one.key.startsWith(`${table} `))].slice(0, MOST_ENTRIES))
  return value
}

function read<Value>(file: string): readonly Entry<Value>[] {
  try {
    const entries = JSON.parse(fs.readFileSync(file, 'utf8')) as readonly Entry<Value>[]
    return Array.isArray(entries) ? entries.filter((one) => typeof one?.key === 'string') : []
  } catch {
    return []
  }
}

// the file only saves time: nothing is lost when it cannot be written
function write(file: string, entries: readonly Entry<unknown>[]): void {
  try {
    fs.mkdirSync(dirname(file), { recursive: true })
    fs.writeFileSync(file, JSON.stringify(entries), { mode: 0o600 })
  } catch {}
}
