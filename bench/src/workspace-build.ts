import { existsSync, globSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Which wamux is measured. */
export interface WorkspaceBuild {
  /** For the reader. */
  readonly about: string
  /** Arguments for Node that make it load that one. */
  readonly execArgv: readonly string[]
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const BUILT = [
  'packages/core/dist/index.js',
  'packages/engine/dist/index.js',
  'packages/node-transport/dist/index.js',
  'packages/waha/dist/index.js',
  'packages/waha/dist/client.js',
]

/** The built packages, or the sources when a build is missing or older than they are. */
export function workspaceBuild(): WorkspaceBuild {
  const built = BUILT.map((file) => `${root}/${file}`)
  const fromSource = (reason: string) => ({ about: `the sources (${reason})`, execArgv: ['--conditions=@wamux/source'] })
  if (!built.every((file) => existsSync(file))) return fromSource('core and waha are not built')
  const sources = globSync('packages/{core,engine,node-transport,waha}/src/**/*.ts', { cwd: root }).filter(
    (file) => !/\.test(-d)?\.ts$/.test(file),
  )
  const newest = Math.max(...sources.map((file) => changed(`${root}/${file}`)))
  if (newest > Math.min(...built.map(changed))) return fromSource('newer than what is built')
  return { about: 'the built packages (dist)', execArgv: [] }
}

function changed(file: string): number {
  return statSync(file).mtimeMs
}
