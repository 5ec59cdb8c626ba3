import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../../errors/usage-error.ts'
import { OFFICIAL } from '../../gateway/plugin-packages.ts'
import type { Plugins } from '../../gateway/plugins.ts'
import type { Source } from './diff/diff-specs.ts'

/** The documents in an installed plugin. */
export interface InstalledDocument {
  readonly ours: Source
  readonly known: Source | undefined
}

/** Reads our document and the known differences from the plugin. @throws UsageError when the plugin is not there, or too old */
export async function installedDocument(gateway: string, plugins: Plugins): Promise<InstalledDocument> {
  const packageName = (Object.hasOwn(OFFICIAL, gateway) ? OFFICIAL[gateway] : undefined) ?? `wamux-plugin-${gateway}`
  const path = fileURLToPath(plugins.exportedFile(packageName, './openapi.yaml', `The plugin ${packageName}`))
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new UsageError(`${packageName} has no OpenAPI document: it is too old for this.`, `npm install -g ${packageName}@latest`)
  // the list is beside the document; it is optional
  const known = await readFile(join(dirname(path), 'differences.yaml'), 'utf8').catch(ignoreMissing)
  return {
    ours: { name: `the document of ${packageName}`, text },
    known: known === undefined ? undefined : { name: `differences.yaml of ${packageName}`, text: known },
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
