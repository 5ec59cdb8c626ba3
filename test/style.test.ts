import { expect, it } from 'vitest'
import { files, isCode, read, withoutComments } from './workspace.ts'

const MAX_LINES = 400

const isConfig = (file: string) =>
  /(^|\/)[a-z.]+\.config\.[a-z]+$|^tools\/site\/vitepress\/|^(vitest\.project|vitest\.long|tsdown\.base)\.ts$/.test(file)

const hasDefaultExport = (code: string) => /^\s*export\s+default\b|\bexport\s*\{[^}]*\bdefault\b/m.test(withoutComments(code))

const code = files.filter(isCode)

it(`has no hand-written file over ${MAX_LINES} lines`, () => {
  expect(code.filter((file) => read(file).split('\n').length > MAX_LINES + 1)).toEqual([])
})

it('has no file called utils', () => {
  expect(code.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.test)?\.[a-z]+$/.test(file))).toEqual([])
})

it('has default exports in configuration only', () => {
  // a .d.ts says what somebody else's library exports
  expect(code.filter((file) => !isConfig(file) && !file.endsWith('.d.ts') && hasDefaultExport(read(file)))).toEqual([])
})

it('knows a default export when it sees one', () => {
  const word = 'default' // apart, or this file would be found
  expect(hasDefaultExport(`export ${word} 1`)).toBe(true)
  expect(hasDefaultExport(`export { library as ${word} } from './a.ts'`)).toBe(true)
  expect(hasDefaultExport(`import a from 'a'\nexport const b = { default: a } // export default`)).toBe(false)
})
