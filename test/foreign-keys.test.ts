import { expect, it } from 'vitest'
import { sources } from './syntax.ts'
import { read } from './workspace.ts'

/** A table whose keys are any text: what is looked up in it comes from outside, else its type would name the keys. */
const TABLE = /\bconst ([A-Z_]+): (?:Readonly<)?(?:Partial<)?Record<string, /g

/** Looked up by names of ours only, or by what a pattern let through. */
const KNOWN: readonly string[] = [
  'apps/cli/src/command/parse-args.ts: SHORT',
  'apps/cli/src/command/values.ts: UNITS',
  'apps/cli/src/commands/plugins/install.ts: ADD',
  'apps/n8n/src/overlay/sparkbot.ts: BY_PATH',
  'apps/n8n/src/overlay/waha.ts: MEDIA_TYPES',
  'packages/engine/src/answers/content.ts: PROTOCOL',
  'packages/core/src/verbs/address.ts: SERVERS',
  'packages/emulator/src/control/routes.ts: ACTIONS',
]

/** The look-ups in such tables that find what every object has: `constructor`, `__proto__`, `toString`. */
function unguarded(code: string): string[] {
  const lines = code.split('\n')
  return [...code.matchAll(TABLE)].flatMap(([, table = '']) => {
    const isLookUp = new RegExp(`\\b${table}\\[`)
    const isGuard = new RegExp(`Object\\.hasOwn\\(${table},`)
    return lines.flatMap((line, at) => {
      const near = lines.slice(Math.max(0, at - 3), at + 1)
      return isLookUp.test(line) && !near.some((one) => isGuard.test(one)) ? [`${table}, line ${at + 1}`] : []
    })
  })
}

it('looks words from outside up as own properties only', () => {
  const found = sources.flatMap((file) => unguarded(read(file)).map((place) => `${file}: ${place}`))
  expect(found.filter((place) => !KNOWN.some((known) => place.startsWith(`${known},`)))).toEqual([])
})

it('sees a look-up that finds more', () => {
  const table = 'const WORDS: Readonly<Record<string, string>> = {}\n'
  expect(unguarded(`${table}a = WORDS[b]`)).toEqual(['WORDS, line 2'])
  expect(unguarded(`${table}a = Object.hasOwn(WORDS, b) ? WORDS[b] : c`)).toEqual([])
  expect(unguarded('const WORDS: Readonly<Record<Word, string>> = {}\na = WORDS[b]')).toEqual([])
})
