import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const app = dirname(import.meta.dirname)
const packages = join(dirname(dirname(app)), 'packages')

/** Turbo has built all that it runs tests of; what it has from its cache may look older than its source. */
const builtByTurbo = process.env.TURBO_HASH !== undefined

/** Builds what the tests spawn, where it is missing or older than its source. */
export function setup(): void {
  for (const name of ['core', 'engine', 'node-transport', 'waha', 'wawp', 'warest', 'sparkbot', 'emulator']) {
    const folder = join(packages, name)
    if (isStale(folder, 'index.js')) build(folder)
  }
  if (isStale(app, 'bin.js')) build(app)
}

function isStale(folder: string, file: string): boolean {
  const built = join(folder, 'dist', file)
  return !existsSync(built) || (!builtByTurbo && newest(join(folder, 'src')) > statSync(built).mtimeMs)
}

function build(folder: string): void {
  execFileSync(process.execPath, [join(app, 'node_modules', 'tsdown', 'dist', 'run.mjs')], { cwd: folder, stdio: 'pipe' })
  if (folder === app)
    execFileSync(process.execPath, ['--conditions=@wamux/source', join(app, 'scripts', 'write-man.ts')], { stdio: 'pipe' })
}

function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Math.max(
    ...files.filter(({ name }) => !name.endsWith('.test.ts')).map(({ parentPath, name }) => statSync(join(parentPath, name)).mtimeMs),
  )
}
