import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { files, packages, publicPackages, read } from './workspace.ts'

interface Config {
  access: string
  baseBranch: string
  commit: boolean
  fixed: string[][]
  linked: string[][]
  ignore: string[]
  updateInternalDependencies: string
}

const config = JSON.parse(read('.changeset/config.json')) as Config
const notes = files.filter((file) => /^\.changeset\/[^/]+\.md$/.test(file) && !file.endsWith('README.md'))

/** What is wrong with a changeset. */
function noteProblems(text: string, known: readonly string[]): string[] {
  const [, front, body = ''] = /^---\n([\s\S]*?)\n?---\n([\s\S]*)$/.exec(text) ?? []
  if (front === undefined) return ['has no front matter']
  const bumps = Object.entries((parse(front) ?? {}) as Record<string, string>)
  return [
    ...bumps.filter(([name]) => !known.includes(name)).map(([name]) => `${name} is no public package`),
    ...bumps.filter(([, bump]) => !['patch', 'minor', 'major'].includes(bump)).map(([name, bump]) => `${name}: ${bump}`),
    // a changelog has only sentences about its own package
    ...(bumps.length === 1 ? [] : [`names ${bumps.length} packages: write one file for each`]),
    ...(body.trim() === '' ? ['says nothing'] : []),
  ]
}

describe('changesets', () => {
  const names = publicPackages.map(({ manifest }) => manifest.name)

  it('versions every package on its own, from main, public', () => {
    expect(config).toMatchObject({ access: 'public', baseBranch: 'main', commit: false, fixed: [], linked: [] })
    expect(config.updateInternalDependencies).toBe('patch')
  })

  it('names only packages that exist', () => {
    const all = packages.map(({ manifest }) => manifest.name)
    const named = [...config.ignore, ...config.fixed.flat(), ...config.linked.flat()]
    expect(named.filter((name) => !all.includes(name))).toEqual([])
  })

  it.each(notes)('%s', (file) => {
    expect(noteProblems(read(file), names)).toEqual([])
  })

  it('sees an unknown package, a wrong bump and an empty text', () => {
    expect(noteProblems('---\n"@wamux/waha": minor\n---\n\nText.\n', ['@wamux/waha'])).toEqual([])
    expect(noteProblems('---\n"@wamux/nothing": huge\n---\n', ['@wamux/waha'])).toEqual([
      '@wamux/nothing is no public package',
      '@wamux/nothing: huge',
      'says nothing',
    ])
    expect(noteProblems('---\n"a": minor\n"b": patch\n---\n\nText.\n', ['a', 'b'])).toEqual(['names 2 packages: write one file for each'])
    expect(noteProblems('Text.', [])).toEqual(['has no front matter'])
  })
})
