// A registry on the loopback address that holds what the rehearsal publishes, and hands on every other package from the registry
// that this machine's npm uses.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { bare, run } from '../processes.mjs'

// verdaccio 6.8.0 asks for a node-fetch that does not install; 2.7.0 does
const PACKAGE = { private: true, dependencies: { verdaccio: '6.8.0' }, overrides: { 'node-fetch': '2.7.0' } }

/**
 * Installs verdaccio once into `cache` and starts it.
 *
 * @param {string} cache where it stays for the next time
 * @param {string} work a temporary folder for what it holds
 * @returns {Promise<{ url: string, userConfig: string, stop(): void }>} `userConfig`: an npmrc that publishes to and installs from it
 */
export async function startRegistry(cache, work) {
  const upstream = (await run('npm', ['config', 'get', 'registry'], work, bare)).trim()
  const command = join(cache, 'node_modules', '.bin', 'verdaccio')
  if (!existsSync(command)) {
    mkdirSync(cache, { recursive: true })
    writeFileSync(join(cache, 'package.json'), JSON.stringify(PACKAGE))
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], cache, bare)
  }
  const port = await freePort()
  const folder = join(work, 'registry')
  mkdirSync(folder)
  writeFileSync(join(folder, 'config.yaml'), config(folder, upstream))
  const server = spawn(command, ['--config', join(folder, 'config.yaml'), '--listen', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: bare,
  })
  const url = `http://127.0.0.1:${port}/`
  for (let left = 100; ; left -= 1) {
    const answer = await fetch(`${url}-/ping`).catch(() => undefined)
    if (answer?.ok) break
    if (left === 0 || server.exitCode !== null) throw new Error('verdaccio did not start')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  const userConfig = join(folder, 'npmrc')
  writeFileSync(userConfig, `registry=${url}\n//127.0.0.1:${port}/:_authToken=rehearsal\nfund=false\naudit=false\nupdate-notifier=false\n`)
  return { url, userConfig, stop: () => server.kill() }
}

/** Everybody may publish, as nobody but this machine reaches it. @param {string} folder @param {string} upstream */
function config(folder, upstream) {
  const own = { access: '$all', publish: '$all', unpublish: '$all' }
  return JSON.stringify({
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, maxage: '60m' } },
    packages: {
      '@wamux/*': own,
      wamux: own,
      'wamux-plugin-*': own,
      'n8n-nodes-wamux': own,
      '**': { access: '$all', proxy: 'upstream' },
    },
    max_body_size: '50mb',
    log: { type: 'stdout', level: 'fatal' },
    web: { enable: false },
  })
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
