import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bundledLibraries, thirdPartyPage } from '../scripts/bundled.ts'

it('lists every library that is part of dist, with its licence: pnpm --filter wamux third-party', () => {
  const libraries = bundledLibraries()
  expect(libraries.map(({ name }) => name)).toEqual(expect.arrayContaining(['uqr', 'yaml', '@michaelhomer/jqjs', '@clack/prompts']))
  expect(readFileSync(join(import.meta.dirname, '..', 'THIRD-PARTY.md'), 'utf8')).toBe(thirdPartyPage(libraries))
})

it('has none whose licence asks for more than its text', () => {
  for (const { name, licence } of bundledLibraries()) expect(licence, name).toMatch(/MIT|ISC|Apache License|BSD/)
})
