import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { faultsModule } from './fault-words.ts'

const generated = join(import.meta.dirname, '..', 'src', 'generated')
// the commands use the second one
writeFileSync(join(generated, 'emulator-faults.ts'), faultsModule())
const { buildIndex, indexModule } = await import('./build-index.ts')
writeFileSync(join(generated, 'command-index.ts'), indexModule(await buildIndex()))
