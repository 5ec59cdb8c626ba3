import { readFileSync, writeFileSync } from 'node:fs'
import { controlDocument } from '../src/control/document/document.ts'
import { SCENARIO_SCHEMA } from '../src/scenario/schema.ts'

// files for editors and other programs; with --check it fails when one is not the present one
const FILES = { 'scenario.schema.json': SCENARIO_SCHEMA, 'control.openapi.json': controlDocument() }

for (const [name, value] of Object.entries(FILES)) {
  const file = new URL(`../${name}`, import.meta.url)
  const text = `${JSON.stringify(value, undefined, 2)}\n`
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) {
    console.error(`${name} is not what the sources say: run npm run generate`)
    process.exitCode = 1
  }
}
