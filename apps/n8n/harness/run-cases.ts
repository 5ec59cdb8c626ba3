import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isComposed } from '../src/composed/operation-names.ts'
import { operationOf } from '../src/controls/operation-value.ts'
import { sparkbotOverlay } from '../src/overlay/sparkbot.ts'
import { wahaOverlay } from '../src/overlay/waha.ts'
import { warestOverlay } from '../src/overlay/warest.ts'
import { wawpOverlay } from '../src/overlay/wawp.ts'
import { emulatorCase, played } from './cases/emulator-cases.ts'
import { errorCases } from './cases/error-cases.ts'
import { formOf, placesOf } from './cases/form.ts'
import { type Case, casesFor } from './cases/operation-cases.ts'
import { portableCases } from './cases/portable-cases.ts'
import { selfTests } from './cases/self-test.ts'
import { loadPackage } from './engine/package-under-test.ts'
import { createSubject, type Subject } from './engine/subject.ts'
import { GATEWAYS } from './gateways.ts'

// node run-cases.mjs <repository> <n8n packages> <package under test> <file for the result> [part of a case's name]
const [repository = '', lab = '', staged = '', result = '', wanted = ''] = process.argv.slice(2)
const overlays = { waha: wahaOverlay, wawp: wawpOverlay, warest: warestOverlay, sparkbot: sparkbotOverlay }
const loaded = loadPackage(staged)
const isOldNode = Number.parseInt(process.versions.node, 10) < 24

const subjects: Subject[] = []
const cases: Case[] = []
for (const gateway of GATEWAYS) {
  const document = join(repository, 'packages', gateway.id, 'openapi', `${gateway.id}.openapi.yaml`)
  const subject = await createSubject({ gateway, loaded, lab, document })
  subjects.push(subject)
  const overlay = overlays[gateway.id]
  const { found, problems } = placesOf(subject.description, gateway.table, (resource, value) =>
    isComposed(overlay, resource, value) ? 'composed' : operationOf(gateway.table, overlay, resource, value),
  )
  cases.push({ name: `${gateway.id}: each operation of the table is in the node once`, run: async () => problems })
  cases.push(...errorCases(gateway, loaded, lab))
  if (!isOldNode) cases.push(...portableCases(gateway, loaded, lab))
  for (const operation of Object.values(gateway.table.operations)) {
    const place = found.get(operation.id)
    if (!place) continue
    const form = formOf(subject.description, place)
    if (gateway.id === 'waha' && operation.id === 'messages.sendText') cases.push(...selfTests({ gateway, loaded, lab, document }, form))
    cases.push(...casesFor(subject, operation, form))
    // what a gateway answers is the same for every Node
    if (!isOldNode) cases.push(emulatorCase(gateway, loaded, lab, operation, form))
  }
}

let passed = 0
let failed = 0
const started = performance.now()
for (const one of cases.filter(({ name }) => name.includes(wanted))) {
  const problems = await one.run().catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)])
  if (problems.length === 0) {
    passed += 1
    continue
  }
  failed += 1
  console.log(`FAILED ${one.name}`)
  for (const problem of problems.slice(0, 5)) console.log(`       ${problem}`)
}
await Promise.all(subjects.map((subject) => subject.close()))
console.log(
  `n8n on Node ${process.versions.node}: ${passed} passed, ${failed} failed in ${Math.round((performance.now() - started) / 1000)} s`,
)
if (played.size > 0) console.log(`${played.size} operations were played by the emulator too`)
writeFileSync(result, JSON.stringify({ passed, failed }))
// n8n keeps timers that nobody ends
process.exit(0)
