import { expect, it } from 'vitest'
import { paintFor } from '../terminal/terminal.ts'
import { type Column, pairs, table } from './table.ts'
import { textWidth } from './text-width.ts'

type Row = Readonly<Record<'name' | 'state' | 'note', string>>
const COLUMNS: readonly Column<Row>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'STATE', text: ({ state }) => state, paint: (cell, _row, paint) => paint.green(cell) },
  { title: 'NOTE', text: ({ note }) => note },
]
const plain = paintFor({ write() {} }, {})
const coloured = paintFor({ write() {} }, { FORCE_COLOR: '1' })

it('aligns columns, also with wide characters', () => {
  const rows = [
    { name: '日本語', state: 'ok', note: 'x' },
    { name: 'a', state: 'failed', note: '👍' },
  ]
  expect(table(rows, COLUMNS, plain, 80)).toBe('NAME    STATE   NOTE\n日本語  ok      x\na       failed  👍\n')
})

it('leaves out what is empty in every row', () => {
  expect(table([{ name: 'a', state: '', note: 'x' }], COLUMNS, plain, 80)).toBe('NAME  NOTE\na     x\n')
})

it('stays within 80 columns, and cuts nothing where there is no terminal', () => {
  const rows = [{ name: 'n'.repeat(60), state: 'connected', note: '漢字'.repeat(30) }]
  const lines = table(rows, COLUMNS, plain, 80).trimEnd().split('\n')
  expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80)
  expect(lines[1]).toContain('…')
  expect(lines[1]).toContain('connected')
  expect(table(rows, COLUMNS, plain)).toContain('漢字'.repeat(30))
})

it('pads before it paints', () => {
  expect(table([{ name: 'a', state: 'ok', note: 'x' }], COLUMNS, coloured, 80)).toContain('a     \x1b[32mok   \x1b[39m  x\n')
})

it('is tab-separated for a program: nothing padded or cut, and every column in its place', () => {
  const rows = [{ name: 'a\tb\nc', state: '', note: 'x' }]
  expect(table(rows, COLUMNS, plain)).toBe('NAME\tSTATE\tNOTE\na b c\t\tx\n')
  expect(table(rows, COLUMNS, coloured)).toContain('a b c\t\tx\n')
})

it('never cuts a whole column, such as an id, however narrow the terminal is', () => {
  const id = 'true_4915112345678@c.us_3EB0A0B1C2D3E4F5A6B7'
  const columns: readonly Column<Row>[] = [
    { title: 'TEXT', text: ({ note }) => note },
    { title: 'ID', text: ({ name }) => name, whole: true },
  ]
  for (const width of [80, 60, 40, 10, 1]) {
    const [, line = ''] = table([{ name: id, state: '', note: 'a long text '.repeat(9) }], columns, plain, width).split('\n')
    expect(line).toContain(id)
    if (width >= 60) expect(textWidth(line)).toBeLessThanOrEqual(width)
  }
})

it('does not let a name steer the terminal', () => {
  const shown = table([{ name: 'a\x1b]0;title\x07b', state: 'ok', note: '' }], COLUMNS, plain)
  expect(shown).toContain('a\ufffd]0;title\ufffdb')
})

it('shows names and values that are there', () => {
  const entries = [
    ['session', 'default'],
    ['me', undefined],
    ['to', ''],
    ['状態', 'ok'],
  ] as const
  expect(pairs(entries, plain)).toBe('session  default\n状態     ok\n')
  expect(pairs([], plain)).toBe('')
})
