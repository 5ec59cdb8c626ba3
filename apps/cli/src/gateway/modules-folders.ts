import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fs } from '../terminal/node-fs.ts'

/** Where a plugin was found: beside this CLI (also when both are installed globally), or in the project of the working directory. */
export type Origin = 'wamux' | 'project'

/** A `node_modules` folder. */
export interface ModulesFolder {
  readonly folder: string
  readonly origin: Origin
}

/** Where the search for plugins starts. */
export interface SearchStart {
  /** URL of a file of this CLI. */
  readonly cliFile: string
  /** The file that was started, usually a link in a `bin` folder. */
  readonly startedFile?: string | undefined
  readonly cwd: string
}

/** The `node_modules` folders that Node would look into from a folder, the nearest first. */
export function modulesAbove(start: string): string[] {
  const folders: string[] = []
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    folders.push(basename(folder) === 'node_modules' ? folder : join(folder, 'node_modules'))
    if (dirname(folder) === folder) return [...new Set(folders)]
  }
}

/** All folders where plugins may be. Those beside the CLI come first, so that a project cannot replace an installed plugin. */
export function modulesFolders({ cliFile, startedFile, cwd }: SearchStart): ModulesFolder[] {
  const starts = [dirname(fileURLToPath(cliFile)), ...(startedFile ? [dirname(linkTarget(startedFile))] : [])]
  const all = [
    ...starts.flatMap(modulesAbove).map((folder): ModulesFolder => ({ folder, origin: 'wamux' })),
    ...modulesAbove(cwd).map((folder): ModulesFolder => ({ folder, origin: 'project' })),
  ]
  const first = new Map<string, ModulesFolder>()
  for (const one of all) if (!first.has(one.folder)) first.set(one.folder, one)
  return [...first.values()].filter(({ folder }) => fs.existsSync(folder))
}

// follows one link, not the whole chain: after `npm link` plugins lie beside the link in the global folder, not beside its target
function linkTarget(file: string): string {
  try {
    return resolve(dirname(file), fs.readlinkSync(file))
  } catch {
    return file
  }
}
