// Packs every public package as npm would get it, checks the tarball (publint, attw), installs it with the machine's own Node and
// plain npm into an empty folder, and imports every export. Needs `turbo run build` first. One line per package, then one of JSON.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tryNew, tryPlugin } from './outside-plugin.mjs'
import { bare, run } from './processes.mjs'
import { buildHash, writeChecked } from './release-record.mjs'

/** @typedef {{ name: string, version: string, private?: boolean, exports?: Record<string, unknown>, bin?: Record<string, string>, dependencies?: Record<string, string>, n8n?: { nodes: string[], credentials: string[] } }} Manifest */
/** @typedef {{ folder: string, manifest: Manifest }} Package */
/** @typedef {{ attw: boolean, expect: Record<string, string> }} Rule what to check, beside what every package gets; `expect`: a name per export */

/** @type {Record<string, Rule>} */
const RULES = {
  '@wamux/core': { attw: true, expect: { '.': 'definePlugin' } },
  '@wamux/engine': { attw: true, expect: { '.': 'engineMessage' } },
  '@wamux/node-transport': { attw: true, expect: { '.': 'createNodeFetch' } },
  '@wamux/outbox': { attw: true, expect: { '.': 'createOutbox', './postgres': 'openPostgresStore', './store-suite': 'storeCases' } },
  '@wamux/waha': plugin('Waha'),
  '@wamux/wawp': plugin('Wawp'),
  '@wamux/warest': plugin('Warest'),
  '@wamux/sparkbot': plugin('Sparkbot'),
  '@wamux/codegen': { attw: true, expect: { '.': 'generate' } },
  '@wamux/testkit': { attw: true, expect: {} },
  '@wamux/emulator': { attw: true, expect: {} },
  wamux: { attw: false, expect: {} }, // a command, without types
  'n8n-nodes-wamux': { attw: false, expect: {} }, // CommonJS that n8n loads by file name
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const work = mkdtempSync(join(tmpdir(), 'wamux-pack-'))
const bin = join(root, 'node_modules', '.bin')
const total = { passed: 0, failed: 0 }
/** @type {Record<string, string>} the build of each package that passed */
const checked = {}

try {
  const packages = publicPackages()
  const node = (await run('node', ['--version'], work, bare)).trim()
  /** @type {Map<string, string>} */
  const tarballs = new Map()
  await inParallel(packages, async (one) => {
    const tarball = await pack(one).catch((/** @type {Error} */ error) => report(one, [], [`pack: ${error.message}`]))
    if (tarball) tarballs.set(one.manifest.name, tarball)
  })
  await inParallel(
    packages.filter(({ manifest }) => tarballs.has(manifest.name)),
    (one) => check(one, tarballs, node),
  )
  if (tarballs.size === packages.length) await tryOutside(tarballs)
} finally {
  rmSync(work, { recursive: true, force: true })
}
writeChecked(checked)
console.log(JSON.stringify({ suite: 'pack-smoke', ...total }))
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** @param {string} name @returns {Rule} */
function plugin(name) {
  return {
    attw: true,
    expect: { '.': `create${name}`, './client': `create${name}Client`, './manifest': 'manifest', './operations': 'operations' },
  }
}

/** @returns {Package[]} */
function publicPackages() {
  const folders = ['packages', 'apps'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)))
  return folders
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** @param {Package} one */
async function pack({ folder, manifest }) {
  if (!existsSync(join(folder, 'dist'))) throw new Error('dist is missing: build first')
  const target = join(work, manifest.name.replaceAll(/[@/]/g, '_'))
  mkdirSync(target)
  await run('pnpm', ['pack', '--pack-destination', target], folder)
  const [tarball = ''] = readdirSync(target)
  return join(target, tarball)
}

/** @param {Package} one @param {Map<string, string>} tarballs @param {string} node */
async function check(one, tarballs, node) {
  const { name } = one.manifest
  const tarball = tarballs.get(name) ?? ''
  const rule = RULES[name]
  /** @type {string[]} */
  const done = [`packed ${Math.round(statSync(tarball).size / 1024)} kB`]
  /** @type {string[]} */
  const problems = []
  /** @param {string} what @param {() => Promise<string | void>} action */
  const attempt = async (what, action) => {
    try {
      done.push((await action()) || what)
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : error}`)
    }
  }
  if (!rule) problems.push('no rule for this package in scripts/pack-smoke.mjs')
  await attempt('contents', () => checkContents(tarball))
  await attempt('publint', () => run(join(bin, 'publint'), [tarball, '--strict'], work).then(() => undefined))
  if (rule?.attw) {
    // documents that are exported beside the code have no types
    const documents = Object.keys(one.manifest.exports ?? {}).filter((key) => key.endsWith('.yaml'))
    const excluded = documents.length > 0 ? ['--exclude-entrypoints', ...documents.map((key) => key.replace('./', ''))] : []
    const options = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji', '--no-color', '--quiet', ...excluded]
    await attempt('attw', () => run(join(bin, 'attw'), [tarball, ...options], work).then(() => undefined))
  }
  await attempt('install', () => installAndImport(one, rule?.expect ?? {}, tarballs, node))
  if (name === 'wamux') await attempt('works with one plugin, and says how to get others', () => withOnePlugin(tarballs))
  if (problems.length === 0) checked[name] = buildHash(one.folder)
  report(one, done, problems)
}

/** Plugins from outside, made with the packed packages as their authors would. @param {Map<string, string>} tarballs */
async function tryOutside(tarballs) {
  const example = 'examples/wamux-plugin-gowa'
  const place = () => mkdtempSync(join(work, 'outside-'))
  /** @type {[string, () => Promise<string | void>][]} */
  const tries = [
    [`${example}: installed, generated, built, found by the command`, () => tryPlugin(join(root, example), place(), tarballs)],
    ['wamux plugins new: compiles, and says what is left to do', () => tryNew(place(), tarballs)],
  ]
  for (const [what, action] of tries) {
    try {
      const more = await action()
      total.passed += 1
      console.log(more ? `${what}, ${more}` : what)
    } catch (error) {
      total.failed += 1
      console.log(`FAILED ${what}\n  ${(error instanceof Error ? error.message : String(error)).replaceAll('\n', '\n  ')}`)
    }
  }
}

/** The command with no plugin but one, as a user would install it. @param {Map<string, string>} tarballs */
async function withOnePlugin(tarballs) {
  const folder = mkdtempSync(join(work, 'one-plugin-'))
  const files = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]))
  const { wamux, '@wamux/waha': waha, ...overrides } = files
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { wamux, '@wamux/waha': waha }, overrides }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], folder, bare)
  const command = join(folder, 'node_modules', '.bin', 'wamux')
  const env = { PATH: bare.PATH, HOME: folder, WAMUX_WAHA_API_KEY: 'key' }
  const plugins = JSON.parse(await run(command, ['plugins', '--json'], folder, env))
  const there = plugins.filter((/** @type {{ folder: unknown }} */ one) => one.folder).map((/** @type {{ id: string }} */ one) => one.id)
  if (there.join() !== 'waha') throw new Error(`wamux plugins finds ${there.join() || 'none'}`)
  const request = await run(
    command,
    ['message', 'send-text', 'default', '+4915112345678', 'Hi', '--gateway', 'waha', '--dry-run'],
    folder,
    env,
  )
  if (!request.includes('/api/sendText')) throw new Error(`it would send ${request}`)
  const refused = await run(command, ['session', 'list', '--gateway', 'warest'], folder, env).catch(
    (/** @type {Error} */ error) => error.message,
  )
  if (!refused.includes('npm install -g @wamux/warest')) throw new Error(`without a plugin it says ${refused}`)
}

/** The tarball holds what readers and licences need, and nothing that only works in the workspace. @param {string} tarball */
async function checkContents(tarball) {
  const names = (await run('tar', ['-tzf', tarball], work)).split('\n')
  const missing = ['package.json', 'README.md', 'LICENSE'].filter((name) => !names.includes(`package/${name}`))
  if (missing.length > 0) throw new Error(`without ${missing.join(', ')}`)
  const strays = names.filter((name) => /\.test(-d)?\.ts$|\/fixtures\/|\.tsbuildinfo$/.test(name))
  if (strays.length > 0) throw new Error(`with ${strays.join(', ')}`)
  const { dependencies = {} } = JSON.parse(await run('tar', ['-xzOf', tarball, 'package/package.json'], work))
  const local = Object.entries(dependencies).filter(([, range]) => /^(workspace|catalog|file|link):/.test(String(range)))
  if (local.length > 0) throw new Error(`depends on ${local.join(', ')}`)
}

/** @param {Package} one @param {Record<string, string>} expected @param {Map<string, string>} tarballs @param {string} node */
async function installAndImport({ manifest }, expected, tarballs, node) {
  const folder = mkdtempSync(join(work, 'install-'))
  const others = [...tarballs].filter(([name]) => name !== manifest.name).map(([name, file]) => [name, `file:${file}`])
  const dependencies = { [manifest.name]: `file:${tarballs.get(manifest.name)}` }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies, overrides: Object.fromEntries(others) }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], folder, bare)
  if (manifest.n8n) standInForN8n(folder)
  const keys = Object.keys(manifest.exports ?? {}).filter((key) => !/\.(json|yaml)$/.test(key))
  const imports = keys.map((key) => ({ target: manifest.name + key.slice(1), expected: expected[key] }))
  const files = [...(manifest.n8n?.nodes ?? []), ...(manifest.n8n?.credentials ?? [])].map(
    (file) => `./node_modules/${manifest.name}/${file}`,
  )
  writeFileSync(join(folder, 'smoke.mjs'), smoke(imports, files))
  const told = imports.length + files.length > 0 ? (await run('node', ['smoke.mjs'], folder, bare)).trim() : 'nothing to import'
  const versions = []
  for (const command of Object.keys(manifest.bin ?? {})) {
    const version = (await run(join(folder, 'node_modules', '.bin', command), ['--version'], folder, bare)).trim()
    if (!version.includes(manifest.version)) throw new Error(`${command} --version says ${version}`)
    versions.push(`, ${command} --version`)
  }
  return `npm install on Node ${node}: ${told}${versions.join('')}`
}

/** n8n brings `n8n-workflow` itself; to load the files something that answers to every name will do. @param {string} folder */
function standInForN8n(folder) {
  const place = join(folder, 'node_modules', 'n8n-workflow')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'index.js'), 'module.exports = new Proxy({}, { get: () => class {} })')
}

/** A module that imports everything and says how many names it found. @param {object[]} imports @param {string[]} files */
function smoke(imports, files) {
  return `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const found = []
for (const { target, expected } of ${JSON.stringify(imports)}) {
  const names = Object.keys(await import(target))
  if (expected ? !names.includes(expected) : names.length === 0) throw new Error(target + ' exports ' + (names.join(', ') || 'nothing') + (expected ? ', not ' + expected : ''))
  found.push(target + ' (' + names.length + ')')
}
for (const file of ${JSON.stringify(files)}) {
  if (!Object.values(require(file)).some((value) => typeof value === 'function')) throw new Error(file + ' exports no class')
}
if (${files.length} > 0) found.push('${files.length} files')
console.log(found.join(' '))
`
}

/** @param {Package} one @param {string[]} done @param {string[]} problems @returns {undefined} */
function report({ manifest }, done, problems) {
  total.passed += done.length
  total.failed += problems.length
  console.log(`${problems.length > 0 ? 'FAILED ' : ''}${manifest.name} ${manifest.version}: ${done.join(', ')}`)
  for (const problem of problems) console.log(`  ${problem.replaceAll('\n', '\n  ')}`)
}

/** Two at a time. @template T @param {readonly T[]} items @param {(item: T) => Promise<unknown>} action */
async function inParallel(items, action) {
  const queue = [...items]
  const work = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await action(item)
  }
  await Promise.all([work(), work()])
}
