import { existsSync, readlinkSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How a plugin came to be seen: beside this CLI (also installed globally with it), or in the project that one stands in. */
export type Origin = 'wamux' | 'project'

/** A `node_modules` folder. */
export interface Place {
  readonly folder: string
  readonly origin: Origin
}

/** Where this CLI lies and who calls it. */
export interface Surroundings {
  /** URL of a file of this CLI. */
  readonly self: string
  /** What was started: as a rule a link in a folder of programs. */
  readonly started?: string | undefined
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

/** All places where plugins may be: beside the CLI first, so that no project puts another one in their place. */
export function placesFrom({ self, started, cwd }: Surroundings): Place[] {
  const starts = [dirname(fileURLToPath(self)), ...(started ? [dirname(linkTarget(started))] : [])]
  const places = [
    ...starts.flatMap(modulesAbove).map((folder): Place => ({ folder, origin: 'wamux' })),
    ...modulesAbove(cwd).map((folder): Place => ({ folder, origin: 'project' })),
  ]
  const first = new Map<string, Place>()
  for (const place of places) if (!first.has(place.folder)) first.set(place.folder, place)
  return [...first.values()].filter(({ folder }) => existsSync(folder))
}

// one step only: after `npm link` the global folder holds a link to elsewhere, and it is its siblings that are meant
function linkTarget(file: string): string {
  try {
    return resolve(dirname(file), readlinkSync(file))
  } catch {
    return file
  }
}
