// Runs a command with the Node and the pnpm that this workspace needs, dependencies installed:
//
//   node scripts/toolchain.mjs "turbo run build && node scripts/demo.mjs"
//
// Works with nothing but Node 20 and npm: what is missing comes through npx and stays in npm's cache.
// `--no-install` leaves the dependencies alone, for commands that install them themselves.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.wamux-toolchain.json')
const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager // pnpm@x.y.z
const quiet = { npm_config_loglevel: 'error', npm_config_update_notifier: 'false', NO_UPDATE_NOTIFIER: '1', TURBO_TELEMETRY_DISABLED: '1' }
const patience = { npm_config_fetch_retry_mintimeout: '1000', npm_config_fetch_retry_maxtimeout: '5000' }
const ownPath = process.env.PATH ?? ''
/** @type {NodeJS.ProcessEnv} scripts find the machine's own node and npm again on WAMUX_BARE_PATH */
const env = { ...process.env, ...quiet, ...patience, WAMUX_BARE_PATH: ownPath }

const words = process.argv.slice(2)
const install = words[0] !== '--no-install'
const command = words.slice(install ? 0 : 1).join(' ')
if (command === '') stop('usage: node scripts/toolchain.mjs [--no-install] "<command>"')

/** @type {{ bin?: string, pnpm?: string, installed?: string }} what the last run found and did */
const stamp = existsSync(stampFile) ? JSON.parse(readFileSync(stampFile, 'utf8')) : {}
env.PATH = findTools()
if (install) installDependencies()
run(command)

/** The PATH on which `node` is new enough and `pnpm` is the pinned one. */
function findTools() {
  if (fits(ownPath)) return ownPath
  if (stamp.bin && stamp.pnpm === pnpm && existsSync(join(stamp.bin, 'pnpm'))) return stamp.bin + delimiter + ownPath
  const packages = isNewNode(ownPath) ? `-p ${pnpm}` : `-p node@24 -p ${pnpm}`
  const npx = shell(`npx -y --prefer-offline ${packages} -c "node -p process.env.PATH"`)
  if (npx.status !== 0) stop(`wamux is built with Node 24 and ${pnpm}, and npm could not bring them.`, npx)
  stamp.bin =
    npx.stdout
      .trim()
      .split(delimiter)
      .find((folder) => existsSync(join(folder, 'pnpm'))) ?? ''
  stamp.pnpm = pnpm
  const path = stamp.bin + delimiter + ownPath
  if (isNewNode(path)) return path
  // the package `node` fetches its binary in a preinstall script; without it the old Node silently goes on
  return stop(`npm brought Node 24 without its binary, most likely because its setting ignore-scripts is on.
Install Node 24 yourself, or let npm run that script:
  rm -rf ${dirname(dirname(stamp.bin))} && npm_config_ignore_scripts=false npm test`)
}

/** @param {string} path */
function fits(path) {
  return isNewNode(path) && `pnpm@${shell('pnpm -v', path).stdout.trim()}` === pnpm
}

/** @param {string} path */
function isNewNode(path) {
  const [major = 0, minor = 0] = shell('node -v', path).stdout.replace('v', '').split('.').map(Number)
  return major > 22 || (major === 22 && minor >= 18)
}

/** `pnpm install`, when the lockfile or a package.json has changed since the last time. */
function installDependencies() {
  const folders = ['packages', 'apps', 'tools'].filter((group) => existsSync(join(root, group)))
  const manifests = folders.flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name, 'package.json')))
  const hash = createHash('sha256')
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    const file = join(root, name)
    if (existsSync(file)) hash.update(name).update(readFileSync(file))
  }
  const installed = hash.digest('hex')
  if (stamp.installed === installed && existsSync(join(root, 'node_modules', '.modules.yaml'))) return
  console.error('Installing dependencies…')
  const patience = '--config.fetch-retry-mintimeout=1000 --config.fetch-retry-maxtimeout=5000 --config.confirm-modules-purge=false'
  const done = shell(`pnpm install --frozen-lockfile --prefer-offline --loglevel=error ${patience}`)
  if (done.status !== 0) stop('pnpm could not install the dependencies.', done)
  writeFileSync(stampFile, JSON.stringify({ ...stamp, installed }))
}

/** Runs the command in a shell, hands signals on to all of it, and ends as it ended. @param {string} line */
function run(line) {
  const path = join(root, 'node_modules', '.bin') + delimiter + env.PATH
  // at a terminal Ctrl-C reaches the children by itself; elsewhere they get a group of their own, so that a signal finds all of them
  const group = !process.stdin.isTTY && process.platform !== 'win32'
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let child
  // before the start: a signal may come at once
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      if (group && child?.pid) process.kill(-child.pid, signal)
      else if (signal !== 'SIGINT') child?.kill(signal)
    })
  }
  child = spawn(line, { shell: true, stdio: 'inherit', cwd: root, detached: group, env: { ...env, PATH: path } })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']))
}

/** @param {string} line @param {string} [path] */
function shell(line, path = env.PATH) {
  return spawnSync(line, { shell: true, encoding: 'utf8', cwd: root, env: { ...env, PATH: path }, maxBuffer: 2 ** 26 })
}

/** @param {string} message @param {{ stdout: string, stderr: string }} [failed] @returns {never} */
function stop(message, failed) {
  const told = failed ? `${failed.stderr}${failed.stdout}`.trim() : ''
  console.error(told === '' ? message : `${told}\n\n${message}`)
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ENOTCACHED|ERR_PNPM_(NO_OFFLINE|META_FETCH)/.test(told)) {
    console.error('The network is missing. It is needed once: what was fetched then stays, and works offline.')
  }
  if (told.includes('ERR_PNPM_OUTDATED_LOCKFILE')) console.error('A package.json has changed. Run: npm run pnpm install')
  process.exit(1)
}
