import { dirname, join } from 'node:path'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { configFolder } from './config-folders.ts'

type Env = Terminal['env']

/** The file of the configuration that names the projects whose plugins may run. */
export const TRUST_FILE = 'trusted.json'

/** The projects whose plugins may run: real paths. A file that cannot be read trusts nothing. */
export function trustedProjects(env: Env): readonly string[] {
  const folder = configFolder(env)
  if (!folder) return []
  try {
    const { projects } = JSON.parse(fs.readFileSync(join(folder, TRUST_FILE), 'utf8')) as { projects?: unknown }
    return Array.isArray(projects) ? projects.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

/** The project that a `node_modules` folder belongs to, as a real path; nothing when it cannot be looked at. */
export function projectOf(modulesFolder: string): string | undefined {
  try {
    return fs.realpathSync(dirname(modulesFolder))
  } catch {
    return undefined
  }
}
