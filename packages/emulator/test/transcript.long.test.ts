import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const program = `import { runTranscript } from ${JSON.stringify(new URL('./transcript-run.ts', import.meta.url).href)}
process.stdout.write(await runTranscript())`

async function runAlone(): Promise<string> {
  const args = ['--conditions=@wamux/source', '--input-type=module', '--eval', program]
  const cwd = fileURLToPath(new URL('..', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

test('two processes write the same transcript of all four gateways, byte for byte', async () => {
  const [one, other] = [await runAlone(), await runAlone()]
  expect(one.length).toBeGreaterThan(10_000)
  expect(other).toBe(one)
})
