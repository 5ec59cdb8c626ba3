import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPlugins } from '../src/gateway/plugins.ts'
import { invoke } from './in-process.ts'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'wamux-new-'))
})
afterEach(() => rmSync(cwd, { recursive: true }))

const wamux = (...args: string[]) => invoke(args, { plugins: createPlugins({ cliFile: import.meta.url, cwd, env: {} }) })
const filesOf = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())

it('makes a plugin under the name of the gateway', async () => {
  const { code, stdout } = await wamux('plugins', 'new', 'bird-cloud')
  expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('npm install') })
  const folder = join(cwd, 'wamux-plugin-bird-cloud')
  const texts = filesOf(folder).map((one) => [one.name, readFileSync(join(one.parentPath, one.name), 'utf8')] as const)
  expect(texts.filter(([name, text]) => /acme/i.test(name + text)).map(([name]) => name)).toEqual([])
  const { name, wamux: names } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>
  expect([name, names]).toEqual(['wamux-plugin-bird-cloud', { manifest: './dist/manifest.json' }])
  expect(readFileSync(join(folder, 'src/manifest.ts'), 'utf8')).toContain("env: 'WAMUX_BIRD_CLOUD_API_KEY'")
  expect(readFileSync(join(folder, 'src/index.ts'), 'utf8')).toContain('createBirdCloud')
  expect(existsSync(join(folder, '.gitignore'))).toBe(true)
})

it('has a numbered list of what is left to do', async () => {
  await wamux('plugins', 'new', 'bird', './here')
  const texts = filesOf(join(cwd, 'here')).map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
  const numbers = texts.flatMap((text) => [...text.matchAll(/^\s*(?:\/\/|#) TODO (\d+): \S/gm)].map(([, number]) => Number(number)))
  expect(numbers.sort()).toEqual([1, 2, 3, 4, 5, 6, 7])
})

it('writes over nothing, and takes no id that cannot be one', async () => {
  writeFileSync(join(cwd, 'mine.txt'), '')
  expect(await wamux('plugins', 'new', 'bird', '.')).toMatchObject({ code: 2, stderr: expect.stringContaining('not empty') })
  for (const id of ['Bird', '../bird', 'bird/', '1bird', 'bird-', '-bird', 'waha', '__proto__']) {
    expect({ id, ...(await wamux('plugins', 'new', '--', id)) }).toMatchObject({ id, code: 2 })
  }
  expect(readdirSync(cwd)).toEqual(['mine.txt'])
})
