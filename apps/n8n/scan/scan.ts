// n8n's own gate, `@n8n/scan-community-package`, on the source and on the packed files; and the newer lint rules that it does not have yet.
// A package without `usableAsTool` has to fail, or the check is dead.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, packageFolder } from '../harness/lab.ts'

interface Scanner {
  SOURCE_FILE_PATTERNS: string[]
  analyzePackage(folder: string, patterns: string[]): Promise<{ passed: boolean; message?: string; details?: string }>
  buildScanConfig(): Promise<object[]>
}

interface LintMessage {
  readonly ruleId: string | null
  readonly severity: number
  readonly message: string
  readonly line: number
}

interface Linter {
  new (options: object): { lintFiles(files: readonly string[]): Promise<{ filePath: string; messages: LintMessage[] }[]> }
}

/** Warnings that are meant to be there, each with its reason in the README. */
const EXPECTED_WARNINGS: readonly string[] = []

const DIST_FILES = ['dist/**/*.js', 'package.json']

if (!existsSync(join(packageFolder, 'dist'))) throw new Error('apps/n8n/dist is missing: build it first')
const { folder: lab } = install({ name: 'lab' })
const load = createRequire(join(lab, 'package.json'))
const scanner = (await import(pathToFileURL(join(lab, 'node_modules/@n8n/scan-community-package/scanner/scanner.mjs')).href)) as Scanner
let problems = 0

await scan('source', packageFolder, scanner.SOURCE_FILE_PATTERNS)
await scan('packed files', packageFolder, DIST_FILES)
await lintWithNewerRules()
await expectAlive()
checkTypes()
process.exitCode = problems > 0 ? 1 : 0

async function scan(name: string, folder: string, patterns: string[]): Promise<void> {
  const { passed, details, message } = await scanner.analyzePackage(folder, patterns)
  console.log(`scan of the ${name}: ${passed ? 'no error' : message}`)
  if (passed) return
  problems += 1
  console.error(shortened(details ?? ''))
}

/** The scanner shows warnings only beside errors, and pins an older set of rules: both sets are run once more, with warnings. */
async function lintWithNewerRules(): Promise<void> {
  const { ESLint } = load('eslint') as { ESLint: Linter }
  const { n8nCommunityNodesPlugin: newer } = (await import(
    pathToFileURL(load.resolve('@n8n/eslint-plugin-community-nodes-next')).href
  )) as { n8nCommunityNodesPlugin: { configs: { recommended: object } } }
  const [pinned, ...others] = await scanner.buildScanConfig()
  if (!pinned) throw new Error('the scanner has no rules')
  for (const [name, config] of [
    ['pinned', [pinned, ...others]],
    ['newer', [newer.configs.recommended, ...others]],
  ] as const) {
    const eslint = new ESLint({ cwd: packageFolder, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: config })
    const files = [...globSync('{nodes,credentials}/**/*.{ts,json}', { cwd: packageFolder }), 'package.json']
    const found = (await eslint.lintFiles(files)).flatMap(({ filePath, messages }) =>
      messages.map(({ ruleId, severity, message, line }) => ({
        rule: ruleId ?? 'parser',
        error: severity === 2,
        text: `${relative(packageFolder, filePath)}:${line} ${ruleId} ${message}`,
      })),
    )
    const unexpected = found.filter(({ rule, error }) => error || !EXPECTED_WARNINGS.includes(rule))
    console.log(`${name} rules: ${files.length} files, ${found.length} findings, ${unexpected.length} of them unexpected`)
    for (const { text } of unexpected) console.error(`  ${text}`)
    problems += unexpected.length
  }
}

/** Takes `usableAsTool` out of a copy; the scan of the copy has to say so. */
async function expectAlive(): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'wamux-n8n-scan-'))
  try {
    for (const name of ['package.json', 'nodes', 'credentials', 'icons'])
      cpSync(join(packageFolder, name), join(copy, name), { recursive: true })
    const file = join(copy, 'nodes/Waha/Waha.node.ts')
    writeFileSync(file, readFileSync(file, 'utf8').replace('usableAsTool: true,', ''))
    const { passed, details = '' } = await scanner.analyzePackage(copy, scanner.SOURCE_FILE_PATTERNS)
    const alive = !passed && details.includes('usable-as-tool')
    console.log(`without usableAsTool: ${alive ? 'refused, so the scan is alive' : 'not refused'}`)
    if (!alive) problems += 1
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

/** The workspace has types of its own for n8n-workflow; here the same code meets the real ones. */
function checkTypes(): void {
  const config = join(lab, 'tsconfig.json')
  const folders = ['nodes', 'credentials', 'src'].map((name) => join(packageFolder, name))
  const paths = { 'n8n-workflow': [join(lab, 'node_modules/n8n-workflow/dist/esm/index.d.ts')] }
  const typeRoots = [join(packageFolder, 'node_modules/@types')]
  writeFileSync(
    config,
    JSON.stringify({ extends: join(packageFolder, 'tsconfig.json'), compilerOptions: { paths, typeRoots }, include: folders }),
  )
  const { status, stdout, stderr } = spawnSync(join(packageFolder, 'node_modules/.bin/tsc'), ['--noEmit', '-p', config], {
    encoding: 'utf8',
  })
  console.log(`types of n8n-workflow: ${status === 0 ? 'fit' : 'do not fit'}`)
  if (status === 0) return
  problems += 1
  console.error(`${stdout}${stderr}`)
}

function shortened(details: string): string {
  return details.replaceAll(`${packageFolder}/`, '')
}
