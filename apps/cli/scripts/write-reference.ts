// node --conditions=@wamux/source scripts/write-reference.ts FOLDER: the reference of the command line, for the documentation site.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { referencePages } from './reference-pages.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('name the folder to write to')
mkdirSync(folder, { recursive: true })
for (const [name, page] of await referencePages()) writeFileSync(join(folder, `${name}.md`), page)
