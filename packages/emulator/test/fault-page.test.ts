import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { faultPage } from '../scripts/fault-page.ts'
import { FAULT_KINDS } from '../src/faults/table/fault-kinds.ts'

const PAGE = new URL('../../../docs/emulator-faults.md', import.meta.url)
// the formatter pads the cells of tables
const words = (text: string) => text.replace(/-{3,}/g, '---').replace(/\s+/g, ' ')

test('the page in the documentation says what the table says: npm run generate', () => {
  expect(words(readFileSync(PAGE, 'utf8'))).toBe(words(faultPage()))
})

test('it has a section for everything that can go wrong', () => {
  const page = readFileSync(PAGE, 'utf8')
  expect([...page.matchAll(/^### `(.+)`$/gm)].map(([, name]) => name)).toEqual(FAULT_KINDS.map(({ name }) => name))
})
