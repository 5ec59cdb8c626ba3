import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
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
  const document = resolved(`${packageName}/openapi.yaml`, packageName)
  if (document === undefined) {
    throw new UsageError(`${packageName} has no OpenAPI document: it is too old for this.`, `npm install -g ${packageName}@latest`)
  }
  const list = resolved(`${packageName}/differences.yaml`, packageName)
  return {
    ours: { name: `${packageName}/openapi.yaml`, text: await readFile(document, 'utf8') },
    known: list === undefined ? undefined : { name: `${packageName}/differences.yaml`, text: await readFile(list, 'utf8') },
  }
}

// require.resolve, as import.meta.resolve is not there under test runners
function resolved(specifier: string, packageName: string): string | undefined {
  try {
    return createRequire(import.meta.url).resolve(specifier)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return undefined
    if (code === 'MODULE_NOT_FOUND') throw notInstalled(`The plugin ${packageName}`, packageName)
    throw error
  }
}
