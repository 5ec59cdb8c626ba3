// npm run test:n8n [-- part of a case's name]: installs n8n's packages where they are missing and runs every operation of every node in
// n8n's own engine, with this Node and, where it is another one, with the machine's own. The nodes have to be built.

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { build } from 'esbuild'
import { install, packageFolder, repository, type Staged, stage } from './lab.ts'

const total = { suite: 'n8n', passed: 0, failed: 0 }

let staged: Staged | undefined
try {
  const lab = install({ name: 'lab' })
  if (lab.seconds > 0) console.log(`n8n's packages were installed in ${lab.seconds} s`)
  staged = stage(packageFolder, lab)
  const program = join(staged.work, 'run-cases.mjs')
  // one file, so that a Node without types for JavaScript runs it too
  await build({
    entryPoints: [join(import.meta.dirname, 'run-cases.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@wamux/source'],
    banner: { js: `import { createRequire as requireFor } from 'node:module'\nconst require = requireFor(import.meta.url)` },
    logLevel: 'warning',
  })
  for (const node of nodes()) runWith(node, program, lab.folder, staged)
} catch (error) {
  console.error(error)
  total.failed += 1
} finally {
  staged?.remove()
}
console.log(JSON.stringify(total))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** This Node, and the machine's own when it is of another major version. */
function nodes(): string[] {
  const bare = (process.env.WAMUX_BARE_PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.includes('node_modules'))
  const found = spawnSync('node', ['-p', '[process.versions.node, process.execPath].join()'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: bare.join(delimiter) },
  })
  const [version = '', path = ''] = (found.stdout ?? '').trim().split(',')
  const isOther = path !== '' && Number.parseInt(version, 10) !== Number.parseInt(process.versions.node, 10)
  return isOther ? [process.execPath, path] : [process.execPath]
}

function runWith(node: string, program: string, lab: string, { folder, work }: Staged): void {
  const result = join(work, 'result.json')
  rmSync(result, { force: true })
  const { status } = spawnSync(node, [program, repository, lab, folder, result, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, N8N_USER_FOLDER: work, N8N_ENCRYPTION_KEY: 'harness', N8N_LOG_LEVEL: 'silent', NODE_OPTIONS: '' },
  })
  try {
    if (status !== 0) throw new Error(`${node} ended with ${status}`)
    const { passed, failed } = JSON.parse(readFileSync(result, 'utf8')) as { passed: number; failed: number }
    total.passed += passed
    total.failed += failed
  } catch (error) {
    console.error(String(error))
    total.failed += 1
  }
}
