import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

const app = dirname(import.meta.dirname)
const packages = join(dirname(dirname(app)), 'packages')

/** Builds what the tests spawn, where it is missing or older than its source. */
export function setup(): void {
  for (const folder of ['core', 'waha', 'wawp', 'warest', 'sparkbot', 'emulator'].map((name) => join(packages, name))) {
    if (!existsSync(join(folder, 'dist', 'index.js'))) build(folder)
  }
  const built = join(app, 'dist', 'bin.js')
  if (!existsSync(built) || newest(join(app, 'src')) > statSync(built).mtimeMs) build(app)
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
