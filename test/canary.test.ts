import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { read, root } from './workspace.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** Runs the script over a folder of these files; a file called `log` is given as an argument. */
function search(files: Readonly<Record<string, string>>): { status: number | null; result: unknown; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'wamux-canary-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const logs = 'log' in files ? [join(folder, 'log')] : []
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/canary.mjs'), `--root=${folder}`, ...logs], {
    encoding: 'utf8',
  })
  return { status, result: JSON.parse(stdout.trim().split('\n').at(-1) ?? ''), output: stdout }
}

// apart, or this run's own results would have it in them
const canary = ['c4n', '4ry'].join('')
const secret = `${canary}-waha/+=&% ~`
const results = 'packages/waha/.test-results/vitest.json'

describe('the search for canaries', () => {
  it('finds none where there is none', () => {
    const files = {
      [results]: '{"passed":1}',
      'packages/waha/test/fixtures/a.json': '{}',
      log: 'all is well',
      'src/not-searched.ts': secret,
    }
    expect(search(files)).toMatchObject({ status: 0, result: { suite: 'canary', passed: 3, failed: 0 } })
  })

  it.each([
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['double-encoded', encodeURIComponent(encodeURIComponent(secret))],
    ['every letter encoded', [...secret].map((letter) => `%25${letter.charCodeAt(0).toString(16)}`).join('')],
    ['between bytes', `\u0000\u00ff${secret}\u00fe`],
  ])('finds one: %s', (_name, text) => {
    const { status, result, output } = search({ [results]: `line 1\nline 2 ${text}`, log: text })
    expect({ status, result }).toEqual({ status: 1, result: { suite: 'canary', passed: 0, failed: 2 } })
    expect(output).toContain(`${results}: 1 times a secret, first in line 2`)
    expect(output).not.toContain(canary)
  })

  it('does not pass when there was nothing to search', () => {
    expect(search({ 'src/a.ts': '' })).toMatchObject({ status: 1, result: { passed: 0, failed: 1 } })
  })

  it('looks for what the suites use', () => {
    const script = read('scripts/canary.mjs')
    expect(script).toContain(`'${canary}'`)
    for (const file of ['tools/fault-server/src/cases/canary.ts', 'packages/testkit/src/running/call-verb.ts'])
      expect(read(file)).toContain(`CANARY = '${canary}'`)
    const used = [read('packages/core/test/sample-gateway.ts'), read('packages/core/test/request/send.test.ts')].join('\n')
    for (const [, value = ''] of used.matchAll(/(?:apiKey|hookSecret): '([^']+)'/g)) expect(script).toContain(`'${value}'`)
  })
})
