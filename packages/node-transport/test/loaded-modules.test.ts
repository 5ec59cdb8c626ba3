import { execFile } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'

// how long a program takes to its first request depends on what of Node it loads; this sees what, not how long
const SOURCE = pathToFileURL(join(dirname(import.meta.dirname), 'src', 'index.ts')).href

let server: Server
let url: string
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume()
    const packed = request.url === '/packed'
    response.writeHead(200, { 'content-type': 'application/json', ...(packed ? { 'content-encoding': 'br' } : {}) })
    response.end(packed ? brotliCompressSync('{}') : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => void server.close().closeAllConnections())

/** The modules of Node that a program has loaded after one request. */
async function loadedAfter(path: string, body = 'undefined', before = ''): Promise<readonly string[]> {
  const program = `
    ${before}
    const { createNodeFetch } = await import(${JSON.stringify(SOURCE)})
    const response = await createNodeFetch()(${JSON.stringify(url + path)}, { method: ${body === 'undefined' ? "'GET'" : "'POST'"}, headers: {}, body: ${body} })
    const text = await response.text()
    console.log(JSON.stringify({ text, loaded: process.moduleLoadList.map((one) => one.replace('NativeModule ', '')) }))
    process.exit(0)`
  const args = ['--conditions=@wamux/source', '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname })
  const { text, loaded } = JSON.parse(stdout) as { text: string; loaded: string[] }
  expect(text).toBe('{}')
  return loaded
}

const HEAVY = ['internal/deps/undici/undici', 'tls', 'zlib', 'crypto']

it('a plain request loads node:http, and neither undici nor TLS, compression or cryptography', async () => {
  const loaded = await loadedAfter('/')
  expect(loaded).toContain('http')
  expect(loaded.filter((one) => HEAVY.includes(one))).toEqual([])
  expect(await loadedAfter('/', `'{}'`)).not.toContain('internal/deps/undici/undici')
})

it('the same program with an import of node:http loads undici: this test can tell', async () => {
  const loaded = await loadedAfter('/', 'undefined', `await import('node:http')`)
  expect(loaded).toContain('internal/deps/undici/undici')
})

it('a compressed answer loads compression', async () => {
  expect(await loadedAfter('/packed')).toContain('zlib')
})

it('Node without process.getBuiltinModule, before 20.16, takes require', async () => {
  const loaded = await loadedAfter('/', 'undefined', 'process.getBuiltinModule = undefined')
  expect(loaded).not.toContain('internal/deps/undici/undici')
})
