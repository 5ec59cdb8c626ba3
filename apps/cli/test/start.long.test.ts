import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstLine, start, wamux } from './spawned.ts'

let folder: string
let server: Server
let env: Record<string, string>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-start-'))
  server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('[]'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  env = {
    HOME: folder,
    WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    WAMUX_WAHA_API_KEY: 'k',
    // says at the end what of Node was loaded
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(
      "process.on('exit',()=>{process.stderr.write('LOADED '+process.moduleLoadList.join(',')+'\\n')})",
    )}`,
  }
})
afterAll(() => {
  server.close().closeAllConnections()
  rmSync(folder, { recursive: true, force: true })
})

const loadedBy = async (...args: string[]) => {
  const { code, stderr } = await wamux(args, env)
  expect(code, stderr).toBe(0)
  return (/LOADED (.*)/.exec(stderr)?.[1] ?? '').split(',').map((one) => one.replace('NativeModule ', ''))
}

describe('what a command loads of Node', () => {
  it.each([
    ['a verb', ['session', 'list', '--json']],
    ['an operation', ['waha', 'sessions', 'list', '--json']],
  ])('%s: node:http, and no undici, TLS, compression or cryptography', async (_what, args) => {
    const loaded = await loadedBy(...args)
    expect(loaded).toContain('http')
    expect(loaded.filter((one) => /^(internal\/deps\/undici\/undici|tls|zlib|crypto)$/.test(one))).toEqual([])
  })

  it('emulate, until its first line: no undici, TLS and compression', async () => {
    const running = start(['emulate', '--port', '0', '--json'], env)
    await firstLine(running)
    running.child.kill('SIGINT')
    const loaded = (/LOADED (.*)/.exec((await running.ended).stderr)?.[1] ?? '').replaceAll('NativeModule ', '').split(',')
    expect(loaded).toContain('http')
    expect(loaded.filter((one) => /^(internal\/deps\/undici\/undici|tls|zlib)$/.test(one))).toEqual([])
  })

  it.each([[['--help']], [['--version']], [['__complete', 'session', 'st']]])('%j: no network at all', async (args) => {
    const loaded = await loadedBy(...args)
    expect(loaded.filter((one) => /^(http|tls|zlib|crypto|internal\/fs\/streams)$/.test(one))).toEqual([])
  })
})

describe('how many files a command loads', () => {
  // every file takes Node half a millisecond to find, read and link
  it.each([
    ['--version', 1, ['--version']],
    ['completion', 2, ['__complete', 'session', 'st']],
    ['--help', 2, ['--help']],
    ['a verb', 6, ['session', 'list', '--json']],
    ['an operation', 7, ['waha', 'sessions', 'list', '--json']],
  ])('%s: at most %i', async (_what, most, args) => {
    const hook = `import { registerHooks } from 'node:module'
let files = 0
registerHooks?.({ load(url, context, next) { files += url.startsWith('file:') ? 1 : 0; return next(url, context) } })
process.on('exit', () => process.stderr.write('FILES ' + files + '\\n'))`
    const counted = { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}` }
    // the first run reads the table for what it keeps in the cache
    await wamux(args, counted)
    const { stderr } = await wamux(args, counted)
    expect(Number(/FILES (\d+)/.exec(stderr)?.[1])).toBeLessThanOrEqual(most)
  })

  it('one file for Node has whatever the entries have that it stands for', async () => {
    const packages = join(import.meta.dirname, '..', '..', '..', 'packages')
    for (const name of ['core', 'engine', 'waha', 'wawp', 'warest', 'sparkbot']) {
      const { exports } = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8')) as {
        exports: Record<string, { readonly node?: string; readonly default?: string }>
      }
      const entries = Object.entries(exports).filter(([, target]) => target.node !== undefined)
      expect(entries.length).toBeGreaterThan(2)
      for (const [entry, target] of entries) {
        const load = async (file = '') => Object.keys((await import(join(packages, name, file))) as object)
        const together = await load(target.node)
        expect(
          (await load(target.default)).filter((one) => one.length > 1 && !together.includes(one)),
          `${name} ${entry}`,
        ).toEqual([])
      }
    }
  })
})

// Node keeps compiled code since 22.1
describe.skipIf(Number(process.versions.node.split('.')[0]) < 22)('compiled code', () => {
  const plain = () => ({ HOME: folder, ...Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('WAMUX_'))) })

  it("is kept in the user's cache, and nowhere for --version", async () => {
    const cache = join(folder, 'cache')
    await wamux(['--version'], { ...plain(), XDG_CACHE_HOME: cache })
    expect(existsSync(cache)).toBe(false)
    await wamux(['session', 'list'], { ...plain(), XDG_CACHE_HOME: cache })
    expect(readdirSync(join(cache, 'wamux', 'compiled')).length).toBeGreaterThan(0)
  })

  it('is not kept where Node is told not to, and a folder that cannot be written harms nothing', async () => {
    const off = join(folder, 'off')
    await wamux(['session', 'list'], { ...plain(), XDG_CACHE_HOME: off, NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(existsSync(join(off, 'wamux', 'compiled')) && readdirSync(join(off, 'wamux', 'compiled')).length > 0).toBe(false)
    expect(await wamux(['session', 'list'], { ...plain(), XDG_CACHE_HOME: '/dev/null' })).toMatchObject({ code: 0 })
  })
})

it('a second emulator takes a free port, and says so', async () => {
  const first = start(['emulate', '--json'], { HOME: folder })
  const one = JSON.parse(await firstLine(first)) as { url: string }
  const second = start(['emulate', '--json'], { HOME: folder })
  const other = JSON.parse(await firstLine(second)) as { url: string }
  expect(other.url).not.toBe(one.url)
  first.child.kill('SIGINT')
  second.child.kill('SIGINT')
  expect((await second.ended).stderr).toContain('Port 4010 is taken')
  await first.ended
  expect(await wamux(['emulate', '--port', new URL(env.WAMUX_WAHA_BASE_URL ?? '').port], { HOME: folder })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is in use'),
  })
})
