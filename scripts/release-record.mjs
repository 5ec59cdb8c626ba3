// Which builds were checked: scripts/pack-smoke.mjs writes it, scripts/publish-guard.mjs asks for it.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', '.cache', 'wamux-release.json')

/** Everything that a package would publish of its build, in 64 hex digits. @param {string} folder of the package */
export function buildHash(folder) {
  const hash = createHash('sha256')
  for (const name of ['package.json', 'README.md']) hash.update(readFileSync(join(folder, name)))
  const dist = join(folder, 'dist')
  for (const name of existsSync(dist) ? readdirSync(dist, { recursive: true, encoding: 'utf8' }).sort() : []) {
    if (/\.[a-z]+$/.test(name)) hash.update(`\n${name}\n`).update(readFileSync(join(dist, name)))
  }
  return hash.digest('hex')
}

/** @param {Record<string, string>} checked the hash of each package that passed, by its name */
export function writeChecked(checked) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(checked))
}

/** @returns {Record<string, string>} */
export function readChecked() {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
