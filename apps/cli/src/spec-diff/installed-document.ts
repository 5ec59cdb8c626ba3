import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { notInstalled } from '../gateways.ts'
import { UsageError } from '../usage-error.ts'
import type { Source } from './diff-specs.ts'

/** What an installed plugin brings along about its API. */
export interface InstalledDocument {
  readonly ours: Source
  readonly known: Source | undefined
}

/** Reads our document and the known differences from the plugin. @throws UsageError when the plugin is not there, or too old */
export async function installedDocument(gateway: string): Promise<InstalledDocument> {
  const packageName = `@wamux/${gateway}`
  const path = documentPath(packageName)
  const text = await readFile(path, 'utf8')
  // the list lies beside its document, and a plugin may do without
  const known = await readFile(join(dirname(path), 'differences.yaml'), 'utf8').catch(absent)
  return {
    ours: { name: `the document of ${packageName}`, text },
    known: known === undefined ? undefined : { name: `differences.yaml of ${packageName}`, text: known },
  }
}

// require.resolve, as import.meta.resolve is not there under test runners
function documentPath(packageName: string): string {
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/openapi.yaml`)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') {
      throw new UsageError(`${packageName} has no OpenAPI document: it is too old for this.`, `npm install -g ${packageName}@latest`)
    }
    if (code === 'MODULE_NOT_FOUND') throw notInstalled(`The plugin ${packageName}`, packageName)
    throw error
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
