import type { Manifest, OperationTable } from '@wamux/core'
import type { Plugins } from '../gateway/plugins.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { keptOf } from './table-cache.ts'

/** The fields that a gateway's document marks as secret in answers: those of each portable verb, and all of them. */
interface SecretFields {
  readonly byVerb: Readonly<Record<string, readonly string[]>>
  readonly all: readonly string[]
}

/**
 * The names of the fields that are secret in what a gateway answers to a verb. They come from its table of operations, which is large and
 * slow to load; so they are kept in a small file of the user's cache until time or size of the table's file change.
 *
 * @returns `undefined` where a plugin from outside has no table: then it is not known what is secret
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
  return keptOf(`secret-fields-${id}`, table, env, isSecretFields, async () => fieldsIn(await plugins.operations(id)))
}

function isSecretFields(fields: SecretFields): boolean {
  return Array.isArray(fields?.all) && typeof fields.byVerb === 'object'
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
