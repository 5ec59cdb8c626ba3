import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { gateways } from '../src/gateways.ts'
import { gatewaysOfPaths } from '../src/merged-paths.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const ids = gateways.map(({ id }) => id)

it.each([
  [`import type { paths } from '@wamux/waha'\nimport type { paths as other } from '@wamux/wawp/client'`, ['waha', 'wawp']],
  [`export type { components, paths as wahaPaths } from '../${'..'}/waha/src/index.ts'`, ['waha']],
  [`type All = import('@wamux/warest').paths & import("@wamux/sparkbot").paths`, ['sparkbot', 'warest']],
  [`import type * as Waha from '@wamux/waha'\ntype P = Waha.paths`, ['waha']],
  [`import type * as Waha from '@wamux/waha'\ntype P = Waha.components`, []],
  [`import { createWaha } from '@wamux/waha'\nimport { createWawp, type components } from '@wamux/wawp'`, []],
  [`import {\n  type components,\n  type paths,\n} from '@wamux/sparkbot'`, ['sparkbot']],
])('finds whose paths a file takes: %j', (source, expected) => {
  expect(gatewaysOfPaths(source, ids)).toEqual(expected)
})

it('no source merges the paths of two gateways', () => {
  const files = globSync('{apps,bench,packages,scripts,tools}/**/*.{ts,mts,tsx}', {
    cwd: root,
    exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name),
  })
  expect(files.length).toBeGreaterThan(100)
  const merging = files.filter(
    (file) => `${root}${file}` !== import.meta.filename && gatewaysOfPaths(readFileSync(`${root}/${file}`, 'utf8'), ids).length > 1,
  )
  expect(merging).toEqual([])
})
