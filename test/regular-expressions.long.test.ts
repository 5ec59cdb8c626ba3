import { describe, expect, it } from 'vitest'
import { nodesOf, sources } from './syntax.ts'
import { read } from './workspace.ts'

// recheck's own is written in Scala; the JavaScript that it is compiled to needs no Java and no binary
process.env.RECHECK_BACKEND = 'pure'
const { checkSync } = await import('recheck')

interface Found {
  readonly place: string
  readonly pattern: string
  readonly flags: string
}

/** Every regular expression literal in a source. */
function literalsOf(file: string, code: string): Found[] {
  return [...nodesOf(code)].flatMap(({ type, regex, loc }) =>
    type === 'Literal' && regex ? [{ place: `${file}:${loc.start.line}`, ...(regex as Omit<Found, 'place'>) }] : [],
  )
}

/** What a pattern that never repeats without a bound does cannot grow with the text. */
function canGrow({ pattern }: Found): boolean {
  return /[*+]|\{\d+,\}/.test(pattern)
}

// a tenth of what it tries by default finds what grows with the square
const QUICK = { maxIteration: 3, maxAttackStringSize: 2_000, incubationLimit: 10_000, attackLimit: 200_000 }

/** Automata are quick and exact, and know nothing of what looks around; such a pattern is tried with texts that are bred against it. */
function problemOf({ pattern, flags }: Pick<Found, 'pattern' | 'flags'>): string | undefined {
  const exact = checkSync(pattern, flags, { checker: 'automaton', timeout: 10_000 })
  const result = exact.status === 'unknown' ? checkSync(pattern, flags, { checker: 'fuzz', timeout: 10_000, ...QUICK }) : exact
  if (result.status === 'safe') return undefined
  return `${result.status}: ${result.status === 'vulnerable' ? result.complexity.summary : result.error.kind}`
}

const literals = sources.flatMap((file) => literalsOf(file, read(file)))

describe('regular expressions', () => {
  it('are found', () => {
    expect(literals.length).toBeGreaterThan(200)
    expect(literalsOf('a.ts', 'const a: RegExp = /x+/g; f(1 / 2 / 3, b.replace(/[/]y*/, ""))')).toMatchObject([
      { pattern: 'x+', flags: 'g', place: 'a.ts:1' },
      { pattern: '[/]y*', flags: '' },
    ])
  })

  it.each(['\\s+$', '(?!x)\\s+$', '(a+)+b', '\\{([^}]*)\\}', '(a|a)*b'])('%s would be seen', (pattern) => {
    expect(problemOf({ pattern, flags: '' })).toBeDefined()
  })

  it('do work that grows with the text, never with its square', { timeout: 150_000 }, () => {
    const checked = new Map<string, string | undefined>()
    const wrong = literals.filter(canGrow).flatMap((literal) => {
      const key = `/${literal.pattern}/${literal.flags}`
      if (!checked.has(key)) checked.set(key, problemOf(literal))
      const problem = checked.get(key)
      return problem === undefined ? [] : [`${literal.place} ${key} ${problem}`]
    })
    expect(wrong).toEqual([])
  })
})
