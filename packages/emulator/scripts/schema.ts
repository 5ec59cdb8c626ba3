import { readFileSync, writeFileSync } from 'node:fs'
import { SCENARIO_SCHEMA } from '../src/scenario/schema.ts'

// scenario.schema.json, for editors; with --check it fails when the file is not the present one
const FILE = new URL('../scenario.schema.json', import.meta.url)
const text = `${JSON.stringify(SCENARIO_SCHEMA, undefined, 2)}\n`

if (!process.argv.includes('--check')) writeFileSync(FILE, text)
else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('scenario.schema.json is not what src/scenario/schema.ts says: run npm run generate')
  process.exitCode = 1
}
