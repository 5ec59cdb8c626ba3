import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generatedFiles } from './files.ts'

const check = process.argv.includes('--check')
const root = join(import.meta.dirname, '..')
let stale = 0
for (const [name, text] of generatedFiles()) {
  const path = join(root, name)
  // a checkout on Windows may have other line ends
  const present = existsSync(path) ? (await readFile(path, 'utf8')).replaceAll('\r\n', '\n') : ''
  if (present === text) continue
  stale += 1
  if (check) {
    console.error(`${name}: differs from what the operation table gives, run pnpm generate`)
    continue
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
if (check && stale > 0) process.exitCode = 1
else console.log(`n8n: ${stale === 0 ? 'up to date' : `${stale} files written`}`)
