// npm run rehearsal: a release on this machine, and nothing leaves it. A clone of HEAD raises its versions, builds, checks and
// publishes all packages to a registry on the loopback address; then users install them from there, in all the ways that go wrong:
// three versions of Node, an old plugin with a new core, two copies of core, a plugin for another contract. `--keep` leaves the folder.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bare, run } from '../processes.mjs'
import { tryConsumers } from './consumers.mjs'
import { startRegistry } from './registry.mjs'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const work = mkdtempSync(join(tmpdir(), 'wamux-rehearsal-'))
const source = join(work, 'source')
const total = { passed: 0, failed: 0 }
/** @type {Record<string, string>} */
const first = {}
/** @type {Record<string, string>} */
const second = {}

const DRY_RUN = ['send', '+4915112345678', 'Hello', '--session', 'default', '--gateway', 'waha', '--dry-run']

/** Two plugins, each with its own copy of core, and errors that the third copy recognises. */
const TWO_CORES = `import { GatewayError } from '@wamux/core'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
const fetch = async () => new Response('{"message":"Unauthorized"}', { status: 401, headers: { 'content-type': 'application/json' } })
const told = []
for (const [name, gateway] of [['waha', createWaha({ baseUrl: 'http://127.0.0.1:9', apiKey: 'k', fetch })], ['warest', createWarest({ baseUrl: 'http://127.0.0.1:9', apiKey: 'k', fetch })]]) {
  await gateway.session.get({ session: 'default' }).catch((error) => told.push(name + ' ' + (GatewayError.is(error) ? error.kind : error)))
}
console.log(told.join(', '))
`

const registry = await startRegistry(join(root, 'node_modules', '.cache', 'wamux-verdaccio'), work)
const user = { ...bare, npm_config_userconfig: registry.userConfig, npm_config_cache: join(work, 'npm-cache'), HOME: work }
// pnpm and changesets run with the tools of this workspace; npm's provenance needs GitHub
const publisher = {
  ...process.env,
  npm_config_userconfig: registry.userConfig,
  npm_config_registry: registry.url,
  npm_config_provenance: 'false',
}

try {
  await release()
  await use()
} finally {
  registry.stop()
  if (process.argv.includes('--keep')) console.log(`kept in ${work}`)
  else rmSync(work, { recursive: true, force: true })
}
console.log(JSON.stringify({ suite: 'release rehearsal', ...total }))
process.exitCode = total.failed > 0 ? 1 : 0

/** One line of the transcript. @template T @param {string} what @param {() => T | Promise<T>} action */
async function step(what, action) {
  const started = Date.now()
  try {
    const told = await action()
    total.passed += 1
    console.log(`ok      ${what}${typeof told === 'string' && told ? `: ${told}` : ''} (${Math.round((Date.now() - started) / 1000)} s)`)
    return told
  } catch (error) {
    total.failed += 1
    console.log(`FAILED  ${what}\n        ${String(error instanceof Error ? error.message : error).replaceAll('\n', '\n        ')}`)
    return undefined
  }
}

/** @param {unknown} condition @param {string} otherwise */
function ensure(condition, otherwise) {
  if (!condition) throw new Error(otherwise)
}

/** What maintainers do, twice: everything, then core alone raised by a minor. */
async function release() {
  await step('clone HEAD and install', async () => {
    await run('git', ['clone', '--quiet', '--branch', await branch(), root, source], work)
    await run('git', ['config', 'user.email', 'rehearsal@example.org'], source)
    await run('git', ['config', 'user.name', 'Rehearsal'], source)
    await run('node', ['scripts/toolchain.mjs', 'true'], source)
    // no provenance without GitHub's identity
    for (const folder of publicFolders())
      edit(join(folder, 'package.json'), (text) => text.replace('"provenance": true', '"provenance": false'))
    await commit('rehearsal')
  })
  await step('publishing a build that nobody checked is refused', async () => {
    const folder = join(source, 'packages', 'core')
    const refused = await run('pnpm', ['publish', '--no-git-checks'], folder, publisher).then(
      () => '',
      (/** @type {Error} */ error) => error.message,
    )
    ensure(refused.includes('npm run release:publish'), `it said: ${refused || 'nothing, and published'}`)
  })
  await step('raise the versions', async () => {
    if (readdirSync(join(source, '.changeset')).some((name) => name.endsWith('.md') && name !== 'README.md'))
      await run('npm', ['run', 'release:version'], source)
    await commit('version')
    Object.assign(first, versions())
    return Object.entries(first)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  })
  await step('build, check and publish all', async () => {
    await run('npm', ['run', 'release:publish', '--', '--no-git-tag'], source, publisher)
    for (const [name, version] of Object.entries(first)) ensure(await isPublished(name, version), `${name} ${version} is not there`)
    return `${Object.keys(first).length} packages`
  })
  await step('a minor of core alone', async () => {
    writeFileSync(join(source, '.changeset', 'rehearsed.md'), "---\n'@wamux/core': minor\n---\n\nRehearsed.\n")
    await run('npm', ['run', 'release:version'], source)
    await commit('second version')
    Object.assign(second, versions())
    ensure(second['@wamux/core'] !== first['@wamux/core'], 'the version of core stayed')
    ensure(!existsSync(join(source, '.changeset', 'rehearsed.md')), 'the changeset stayed')
    const major = Object.entries(second).filter(([name, version]) => version.split('.')[0] !== first[name]?.split('.')[0])
    ensure(major.length === 0, `a minor of core made a major of ${major.join(' and ')}`)
    const words = readFileSync(join(source, 'packages', 'waha', 'CHANGELOG.md'), 'utf8')
    ensure(!words.includes('Rehearsed.'), "the words about core stand in WAHA's changelog")
    return Object.entries(second)
      .filter(([name, version]) => version !== first[name])
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')
  })
  await step('publish what changed', async () => {
    await run('npm', ['run', 'release:publish', '--', '--no-git-tag'], source, publisher)
    for (const [name, version] of Object.entries(second)) ensure(await isPublished(name, version), `${name} ${version} is not there`)
  })
}

/** What users do. */
async function use() {
  const nodes = { 20: user, 22: await withNode(22), 24: await withNode(24) }
  for (const [major, env] of Object.entries(nodes)) {
    await step(`Node ${major}: npm i wamux @wamux/waha in an empty folder, and run it`, async () => {
      const folder = await installed(`node-${major}`, ['wamux', '@wamux/waha'], env)
      const node = (await run('node', ['--version'], folder, env)).trim()
      ensure(node.startsWith(`v${major}.`), `this is Node ${node}`)
      return `${node}, ${await sends(folder, second, env)}`
    })
  }
  await step('a new command line with an old plugin', async () => {
    const folder = await installed('old-plugin', ['wamux', `@wamux/waha@${first['@wamux/waha']}`], user)
    return sends(folder, { ...second, '@wamux/waha': first['@wamux/waha'] ?? '' }, user)
  })
  await step('an old command line with a new plugin', async () => {
    const folder = await installed('old-cli', [`wamux@${first.wamux}`, '@wamux/waha'], user)
    return sends(folder, { ...second, wamux: first.wamux ?? '' }, user)
  })
  await step('two copies of core in one program', async () => {
    const folder = await installed(
      'two-cores',
      [`@wamux/core@${second['@wamux/core']}`, `@wamux/waha@${first['@wamux/waha']}`, `@wamux/warest@${second['@wamux/warest']}`],
      user,
    )
    const copies = (await run('find', ['node_modules', '-path', '*/@wamux/core/package.json'], folder)).trim().split('\n')
    ensure(copies.length > 1, 'there is one copy only')
    writeFileSync(join(folder, 'two.mjs'), TWO_CORES)
    const told = (await run('node', ['two.mjs'], folder, user)).trim()
    ensure(told === 'waha auth, warest auth', `it told ${told}`)
    return `${copies.length} copies; an error of one is recognised by the other`
  })
  await step('a plugin for another version of the contract', async () => {
    const folder = await installed('contract', ['wamux', '@wamux/waha'], user)
    const plugin = join(folder, 'node_modules', '@wamux', 'waha')
    edit(join(plugin, 'dist', 'manifest.json'), (text) => text.replace(/"contract":\s*1/, '"contract":2'))
    for (const name of readdirSync(join(plugin, 'dist')).filter((file) => file.endsWith('.js'))) {
      const file = join(plugin, 'dist', name)
      writeFileSync(file, readFileSync(file, 'utf8').replace(/contract: ?1\b/, 'contract: 2'))
    }
    const told = await run(join(folder, 'node_modules', '.bin', 'wamux'), DRY_RUN, folder, { ...user, WAMUX_WAHA_API_KEY: 'key' }).then(
      () => 'nothing, and ran',
      (/** @type {Error} */ error) => error.message,
    )
    ensure(told.includes('it speaks version 2 of the wamux contract, and this CLI speaks 1'), `it said ${told}`)
  })
  const consumers = join(work, 'consumers')
  mkdirSync(consumers)
  await tryConsumers({ folder: consumers, env: user, nodes, step, ensure })
}

/** The installed command tells its version, finds the plugin and shows the request it would send. @param {string} folder @param {Record<string, string>} expected @param {NodeJS.ProcessEnv} env */
async function sends(folder, expected, env) {
  const command = join(folder, 'node_modules', '.bin', 'wamux')
  const own = { ...env, WAMUX_WAHA_API_KEY: 'key', HOME: folder }
  const version = (await run(command, ['--version'], folder, own)).trim()
  ensure(version.includes(expected.wamux ?? '?'), `--version says ${version}, not ${expected.wamux}`)
  const manifest = JSON.parse(readFileSync(join(folder, 'node_modules', '@wamux', 'waha', 'package.json'), 'utf8'))
  ensure(manifest.version === expected['@wamux/waha'], `@wamux/waha is ${manifest.version}`)
  const request = await run(command, DRY_RUN, folder, own)
  ensure(request.includes('/api/sendText'), `it would send ${request}`)
  return `wamux ${version}, @wamux/waha ${manifest.version}`
}

/** A folder in which a user has installed packages with plain npm. @param {string} name @param {string[]} packages @param {NodeJS.ProcessEnv} env */
async function installed(name, packages, env) {
  const folder = join(work, name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await run('npm', ['install', '--prefer-offline', '--loglevel=error', ...packages], folder, env)
  return folder
}

/** The user's environment with another Node, which npm brings. @param {number} major */
async function withNode(major) {
  const folder = join(root, 'node_modules', '.cache', 'wamux-nodes', String(major))
  if (!existsSync(join(folder, 'node_modules', '.bin', 'node'))) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{ "private": true }')
    await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', `node@${major}`], folder, bare)
  }
  return { ...user, PATH: join(folder, 'node_modules', '.bin') + delimiter + user.PATH }
}

/** @returns {string[]} */
function publicFolders() {
  const folders = ['packages', 'apps'].flatMap((group) => readdirSync(join(source, group)).map((name) => join(source, group, name)))
  return folders.filter((folder) => existsSync(join(folder, 'package.json')) && manifestOf(folder).private !== true)
}

/** @param {string} folder @returns {{ name: string, version: string, private?: boolean }} */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
}

/** @returns {Record<string, string>} */
function versions() {
  return Object.fromEntries(publicFolders().map((folder) => [manifestOf(folder).name, manifestOf(folder).version]))
}

/** @param {string} name @param {string} version */
async function isPublished(name, version) {
  const answer = await fetch(`${registry.url}${name.replace('/', '%2f')}`)
  if (!answer.ok) return false
  return Object.hasOwn(/** @type {{ versions: object }} */ (await answer.json()).versions, version)
}

/** changesets compares with main. */
async function branch() {
  const name = (await run('git', ['rev-parse', '--abbrev-ref', 'HEAD'], root)).trim()
  if (name !== 'HEAD') return name
  await run('git', ['branch', '--force', 'rehearsal', 'HEAD'], root)
  return 'rehearsal'
}

/** @param {string} message */
async function commit(message) {
  await run('git', ['commit', '--quiet', '--all', '--allow-empty', '--message', message], source)
}

/** @param {string} file @param {(text: string) => string} change */
function edit(file, change) {
  const before = readFileSync(file, 'utf8')
  const after = change(before)
  ensure(after !== before, `${file} has nothing to change`)
  writeFileSync(file, after)
}
