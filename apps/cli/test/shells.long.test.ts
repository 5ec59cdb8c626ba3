import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { manPages } from '../scripts/man-page.ts'
import { BIN, wamux } from './spawned.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-shell-'))
  writeFileSync(join(folder, 'wamux'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, { mode: 0o755 })
})
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(process.platform === 'win32')('completion in bash', () => {
  it('completes commands, operations and flags', async () => {
    const { stdout: script } = await wamux(['completion', 'bash'], {})
    writeFileSync(join(folder, 'completion.bash'), script)
    const complete = (...typed: string[]) => {
      const list = typed.map((word) => `'${word}'`).join(' ')
      const lines = [
        `source ${join(folder, 'completion.bash')}`,
        `COMP_WORDS=(wamux ${list})`,
        `COMP_CWORD=${typed.length}`,
        '_wamux',
        `printf "%s\\n" "\${COMPREPLY[@]}"`,
      ]
      const env = { PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder }
      return spawnSync('bash', ['--norc', '-c', lines.join('\n')], { env, encoding: 'utf8' })
        .stdout.trim()
        .split('\n')
    }
    expect(complete('sess')).toEqual(['session'])
    expect(complete('session', 'st')).toEqual(['start', 'stop'])
    expect(complete('waha', 'sessions', 'rest')).toEqual(['restart'])
    expect(complete('session', 'delete', 'x', '--ye')).toEqual(['--yes'])
  })
})

describe('manual pages', () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as { man: string[] }

  it('are named in package.json, one for each group', async () => {
    const pages = await manPages('1.2.3')
    expect(manifest.man.map((path) => path.replace('./dist/man/', '')).sort()).toEqual([...pages.keys()].sort())
  })

  it('are written in what man reads', async () => {
    for (const [name, page] of await manPages('1.2.3')) {
      expect(page, name).toMatch(/^\.TH "WAMUX/)
      const unknown = page.split('\n').filter((line) => line.startsWith('.') && !/^\.(TH|SH|SS|PP|TP|B|br|nf|fi)( |$)/.test(line))
      expect(unknown, name).toEqual([])
      expect(page).not.toContain('undefined')
    }
  })

  it('are part of what is built', () => {
    for (const path of manifest.man) expect(existsSync(join(import.meta.dirname, '..', path)), path).toBe(true)
  })
})
