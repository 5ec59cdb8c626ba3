import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { version } from '../src/version.ts'
import { manPages } from './man-page.ts'

const folder = join(import.meta.dirname, '..', 'dist', 'man')
mkdirSync(folder, { recursive: true })
for (const [name, page] of await manPages(version)) writeFileSync(join(folder, name), page)
