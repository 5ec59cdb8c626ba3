import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { projectOf, trustedProjects } from './trusted-folders.ts'

/** Where a plugin was found: beside this CLI (also when both are installed globally), or in the project of the working directory. */
export type Origin = 'wamux' | 'project'

/** A `node_modules` folder. */
export interface ModulesFolder {
  readonly folder: string
  readonly origin: Origin
  /** False for a project that nobody has trusted: nothing in it is run. */
  readonly trusted: boolean
}

/** Where the search for plugins starts. */
export interface SearchStart {
  /** URL of a file of this CLI. */
  readonly cliFile: string
  /** The file that was started, usually a link in a `bin` folder. */
  readonly startedFile?: string | undefined
  readonly cwd: string
  /** Says where the list of trusted projects is; without it no project is trusted. */
  readonly env?: Terminal['env']
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
export function modulesFolders({ cliFile, startedFile, cwd, env = {} }: SearchStart): ModulesFolder[] {
  const starts = [dirname(fileURLToPath(cliFile)), ...(startedFile ? [dirname(linkTarget(startedFile))] : [])]
  const all = [
    ...starts.flatMap(modulesAbove).map((folder): ModulesFolder => ({ folder, origin: 'wamux', trusted: true })),
    ...modulesAbove(cwd).map((folder): ModulesFolder => ({ folder, origin: 'project', trusted: false })),
  ]
  const first = new Map<string, ModulesFolder>()
  for (const one of all) if (!first.has(one.folder)) first.set(one.folder, one)
  const found = [...first.values()].filter(({ folder }) => fs.existsSync(folder))
  if (found.every(({ trusted }) => trusted)) return found
  const projects = trustedProjects(env)
  return found.map((one) => (one.trusted || projects.includes(projectOf(one.folder) ?? '') ? { ...one, trusted: true } : one))
}

// follows one link, not the whole chain: after `npm link` plugins lie beside the link in the global folder, not beside its target
function linkTarget(file: string): string {
  try {
    return resolve(dirname(file), fs.readlinkSync(file))
  } catch {
    return file
  }
}
