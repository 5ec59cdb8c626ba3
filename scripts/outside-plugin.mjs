// What an author outside this repository does: copies a plugin's folder, installs the packed packages with plain npm, and runs the plugin's
// own scripts. No workspace, no condition @wamux/source. Run by pack-smoke with the tarballs that it packed.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bare, run } from './processes.mjs'

/** Without colours, which would stand between the words that are read. */
const PLAIN = { ...bare, NO_COLOR: '1', FORCE_COLOR: '0' }

const SKIPPED = ['node_modules', 'dist', '.test-results']

/**
 * Tries a plugin as its author: install, generate --check, type-check, build, test, and the command line finds it.
 *
 * @param {string} source folder of the plugin
 * @param {string} work an empty folder to work in
 * @param {ReadonlyMap<string, string>} tarballs packed packages by name
 * @returns {Promise<string>} how many tests passed
 */
export async function tryPlugin(source, work, tarballs) {
  const folder = join(work, 'plugin')
  cpSync(source, folder, { recursive: true, filter: (file) => !SKIPPED.some((name) => file.endsWith(`/${name}`)) })
  const files = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]))
  const manifest = await install(folder, files)
  const npm = (/** @type {string[]} */ ...args) => run('npm', args, folder, PLAIN)
  await npm('run', 'typecheck')
  await npm('run', 'build')
  const tested = await npm('test')
  await findByCommand(folder, manifest.name, work, tarballs)
  return /Tests\s+(\d+ passed)/.exec(tested)?.[1] ?? 'tests passed'
}

/**
 * Tries `wamux plugins new`: what it makes compiles, and its tests fail with the list of what is left to do.
 *
 * @param {string} work an empty folder to work in
 * @param {ReadonlyMap<string, string>} tarballs packed packages by name
 */
export async function tryNew(work, tarballs) {
  const files = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`]))
  const { wamux, ...overrides } = files
  writeFileSync(join(work, 'package.json'), JSON.stringify({ private: true, dependencies: { wamux }, overrides }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], work, bare)
  await run(join(work, 'node_modules', '.bin', 'wamux'), ['plugins', 'new', 'acme', 'made'], work, { PATH: bare.PATH, HOME: work })
  const folder = join(work, 'made')
  await install(folder, files)
  for (const script of ['generate', 'typecheck', 'build']) await run('npm', ['run', script], folder, PLAIN)
  const said = await run('npm', ['test'], folder, PLAIN).then(
    () => '',
    (/** @type {Error} */ error) => error.message,
  )
  const numbers = [...said.matchAll(/^(\d+)\. \S+:\d+: \S/gm)].map(([, number]) => number)
  if (numbers.join() !== '1,2,3,4,5,6,7') throw new Error(`the list of what is left to do has ${numbers.join() || 'nothing'}:\n${said}`)
  if (!said.includes('TODO 7') || said.includes('contract > absent verbs >'))
    throw new Error(`the suite fails for another reason:\n${said}`)
}

/** Takes our packages from their tarballs, all others from npm. @param {string} folder @param {Readonly<Record<string, string>>} files */
async function install(folder, files) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const part of [manifest.dependencies, manifest.devDependencies]) {
    for (const name of Object.keys(part)) if (files[name]) part[name] = files[name]
  }
  const direct = { ...manifest.dependencies, ...manifest.devDependencies }
  manifest.overrides = Object.fromEntries(Object.entries(files).filter(([name]) => !(name in direct)))
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], folder, bare)
  return manifest
}

/** The command line, with the plugin installed beside it. @param {string} folder @param {string} name @param {string} work @param {ReadonlyMap<string, string>} tarballs */
async function findByCommand(folder, name, work, tarballs) {
  const place = join(work, 'command')
  mkdirSync(place)
  const packed = (await run('npm', ['pack', '--silent', '--pack-destination', place], folder, bare)).trim().split('\n').at(-1) ?? ''
  const files = Object.fromEntries([...tarballs].map(([one, file]) => [one, `file:${file}`]))
  const { wamux, ...overrides } = files
  const dependencies = { wamux, [name]: `file:${join(place, packed)}` }
  writeFileSync(join(place, 'package.json'), JSON.stringify({ private: true, dependencies, overrides }))
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], place, bare)
  const command = join(place, 'node_modules', '.bin', 'wamux')
  const plugins = JSON.parse(await run(command, ['plugins', '--json'], place, { PATH: bare.PATH, HOME: place }))
  const found = plugins.find((/** @type {{ package: string }} */ one) => one.package === name)
  if (!found?.folder || found.problem) throw new Error(`wamux plugins says of ${name}: ${found?.problem ?? 'nothing'}`)
}
