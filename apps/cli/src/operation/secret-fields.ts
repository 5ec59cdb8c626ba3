import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest, OperationTable } from '@wamux/core'
import { cacheFolder } from '../gateway/config-folders.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** The fields that a gateway's document marks as secret in answers: those of each portable verb, and all of them. */
interface SecretFields {
  readonly byVerb: Readonly<Record<string, readonly string[]>>
  readonly all: readonly string[]
}

/**
 * The names of the fields that are secret in what a gateway answers to a verb. They come from its table of operations, which is large and
 * slow to load; so they are kept in a small file of the user's cache until time or size of the table's file change.
 *
 * @returns `undefined` where a plugin of somebody else comes without a table: then nobody can tell what is secret
 */
export async function secretFieldsOf(
  verb: string,
  manifest: Manifest,
  plugins: Plugins,
  env: Terminal['env'],
): Promise<readonly string[] | undefined> {
  const fields = await readFields(manifest, plugins, env).catch(() => undefined)
  if (!fields) return undefined
  // a verb that is put together may have asked any operation
  return (Object.hasOwn(fields.byVerb, verb) ? fields.byVerb[verb] : undefined) ?? fields.all
}

async function readFields({ id, packageName }: Manifest, plugins: Plugins, env: Terminal['env']): Promise<SecretFields> {
  const table = plugins.exportedFile(packageName, './operations', `The table of ${id}`)
  const { mtimeMs, size } = fs.statSync(fileURLToPath(table))
  const key = `${table} ${mtimeMs} ${size}`
  const folder = cacheFolder(env)
  const file = folder && join(folder, `secret-fields-${id}.json`)
  const kept = file && readKept(file, key)
  if (kept) return kept
  const fields = fieldsIn(await plugins.operations(id))
  if (file) keep(file, JSON.stringify({ key, fields }))
  return fields
}

function fieldsIn({ operations }: OperationTable): SecretFields {
  const byVerb: Record<string, string[]> = {}
  const all = new Set<string>()
  for (const { capability, secretFields = [] } of Object.values(operations)) {
    for (const name of secretFields) all.add(name)
    if (capability === undefined) continue
    byVerb[capability] ??= []
    for (const name of secretFields) byVerb[capability].push(name)
  }
  return { byVerb, all: [...all] }
}

function readKept(file: string, key: string): SecretFields | undefined {
  try {
    const { key: of, fields } = JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly key?: string; readonly fields?: SecretFields }
    return of === key && Array.isArray(fields?.all) && typeof fields.byVerb === 'object' ? fields : undefined
  } catch {
    return undefined
  }
}

// it only saves time: nothing is lost when it cannot be written
function keep(file: string, text: string): void {
  try {
    fs.mkdirSync(dirname(file), { recursive: true })
    fs.writeFileSync(file, text, { mode: 0o600 })
  } catch {}
}
