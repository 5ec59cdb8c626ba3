import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { wordsModule } from './emulator-words.ts'

const generated = join(import.meta.dirname, '..', 'src', 'generated')
// the commands use the second one
writeFileSync(join(generated, 'emulator-words.ts'), wordsModule())
const { buildIndex, indexModule } = await import('./build-index.ts')
writeFileSync(join(generated, 'command-index.ts'), indexModule(await buildIndex()))
