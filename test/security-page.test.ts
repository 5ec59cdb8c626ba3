import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { read, root } from './workspace.ts'

const page = read('docs/security.md')

/** Cells of the table below a heading. */
function rowsOf(heading: string): string[][] {
  const lines = sectionOf(heading).split('\n')
  const rows = lines.filter((line) => line.startsWith('| ') && !line.includes('| ---'))
  return rows.slice(1).map((row) => {
    return row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
  })
}

function sectionOf(heading: string): string {
  return page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
}

/** Paths that a text names in backticks; `*` stands for one folder. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`((?:packages|apps|tools|test)\/[^`\s]+)`/g)].map(([, path]) => path ?? '')
}

function exists(path: string): boolean {
  const [before = '', after] = path.split('*')
  if (after === undefined) return existsSync(join(root, path))
  return readdirSync(join(root, before)).some((folder) => existsSync(join(root, before, `${folder}${after}`)))
}

/** What was counted when the attacks were tried first: no suite may be smaller. */
const FIRST: readonly (readonly [words: string, least: number])[] = [
  ['raw answers', 152],
  ['calls whose connection ends', 1_400],
  ['hostile values in paths', 18_000],
  ['junk in each field', 10_000],
  ['forged signatures', 35],
  ['addresses', 100],
  ['spellings of a dangerous path', 40],
  ['operations in the table', 559],
]

describe('docs/security.md', () => {
  it('names only files that are there', () => {
    const named = pathsIn(page)
    expect(named.length).toBeGreaterThan(40)
    expect(named.filter((path) => !exists(path))).toEqual([])
  })

  it('says of each promise where it is tested', () => {
    const rows = rowsOf('Promises')
    expect(rows.length).toBeGreaterThanOrEqual(10)
    for (const [promise = '', tested = ''] of rows) expect(pathsIn(tested), promise.slice(0, 60)).not.toEqual([])
  })

  it('says of each point about the command line where it is tested', () => {
    const points = sectionOf('The command line').split('\n- ').slice(1)
    expect(points.length).toBeGreaterThanOrEqual(6)
    for (const point of points) expect(pathsIn(point), point.slice(0, 60)).not.toEqual([])
  })

  it.each(FIRST)('%s: at least %i', (words, least) => {
    const [, count = '', where = ''] = rowsOf('How much is tried').find(([what = '']) => what.startsWith(words)) ?? []
    expect(Number(count.replaceAll(',', ''))).toBeGreaterThanOrEqual(least)
    expect(pathsIn(where)).not.toEqual([])
  })
})
