// `prepublishOnly` of every public package: refuses to publish a build that scripts/pack-smoke.mjs did not check as it is now.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildHash, readChecked } from './release-record.mjs'

const folder = process.cwd()
const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
if (readChecked()[name] !== buildHash(folder)) {
  console.error(`${name} ${version} is not published: this build was not checked, or has changed since.
Run \`npm run release:publish\` in the root of the repository. It builds, checks and then publishes what npm does not have yet.`)
  process.exitCode = 1
}
