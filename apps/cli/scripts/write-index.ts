import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildIndex, indexModule } from './build-index.ts'

writeFileSync(join(import.meta.dirname, '..', 'src', 'generated', 'command-index.ts'), indexModule(await buildIndex()))
