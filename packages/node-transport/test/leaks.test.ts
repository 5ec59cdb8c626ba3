import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url))

// the scripts are TypeScript, which Node runs from 22.18 on
it.runIf(process.features.typescript)('many requests leave nothing behind, and the process ends by itself', async () => {
  const args = ['--expose-gc', '--conditions=@wamux/source', here('soak.ts'), '600']
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 15_000 })
  const left = JSON.parse(stdout)
  expect(left).toMatchObject({ sockets: 0, timers: 0 })
  expect(left.heapGrowthMb).toBeLessThan(3)
})

it.runIf(process.features.typescript)('a process with an unused connection ends by itself, at once', async () => {
  const script = `
    import { createServer } from 'node:http'
    import { createNodeFetch } from ${JSON.stringify(here('../src/index.ts'))}
    const server = createServer((request, response) => response.end('ok')).listen(0, '127.0.0.1', async () => {
      const url = 'http://127.0.0.1:' + server.address().port
      const answer = await createNodeFetch({ keepAliveMs: 60_000 })(url, { method: 'GET', headers: {} })
      console.log(await answer.text())
      server.unref()
    }).on('connection', (socket) => socket.unref())
  `
  const start = performance.now()
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@wamux/source', '--input-type=module', '-e', script], {
    timeout: 18_000,
  })
  expect(stdout).toBe('ok\n')
  expect(performance.now() - start).toBeLessThan(18_000)
})
