import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledLibraries, thirdPartyPage } from './bundled.ts'

writeFileSync(join(import.meta.dirname, '..', 'THIRD-PARTY.md'), thirdPartyPage(bundledLibraries()))
