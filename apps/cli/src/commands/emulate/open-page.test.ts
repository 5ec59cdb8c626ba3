import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openerOf, openInBrowser } from './open-page.ts'

const URL = 'http://127.0.0.1:4010/'

it('opens with what each system has', () => {
  expect(openerOf('linux', URL)).toEqual(['xdg-open', URL])
  expect(openerOf('freebsd', URL)).toEqual(['xdg-open', URL])
  expect(openerOf('darwin', URL)).toEqual(['open', URL])
  expect(openerOf('win32', URL)).toEqual(['cmd', '/c', 'start', '', URL])
})

it('gives the address to the program as one argument, and says when there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-open-'))
  const file = join(folder, 'opened')
  const write = 'require("node:fs").writeFileSync(process.argv[1], process.argv[2])'
  expect(await openInBrowser(URL, [process.execPath, '-e', write, file, URL])).toBe(true)
  await expect.poll(() => readFileSync(file, 'utf8'), { timeout: 10_000 }).toBe(URL)
  expect(await openInBrowser(URL, [join(folder, 'no-such-program'), URL])).toBe(false)
  rmSync(folder, { recursive: true })
})
