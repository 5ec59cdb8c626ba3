import { expect, it } from 'vitest'
import { columnsOf, paintFor } from './terminal.ts'

const tty = { write() {}, isTTY: true, columns: 100 }
const pipe = { write() {} }

it.each([
  ['a terminal', tty, {}, false, true],
  ['a pipe', pipe, {}, false, false],
  ['NO_COLOR', tty, { NO_COLOR: '1' }, false, false],
  ['an empty NO_COLOR', tty, { NO_COLOR: '' }, false, true],
  ['a dumb terminal', tty, { TERM: 'dumb' }, false, false],
  ['FORCE_COLOR into a pipe', pipe, { FORCE_COLOR: '1' }, false, true],
  ['FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false, false],
  ['FORCE_COLOR over NO_COLOR', pipe, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  ['--no-color over all', tty, { FORCE_COLOR: '1' }, true, false],
])('%s: colour or not', (_name, output, env, noColor, on) => {
  const paint = paintFor(output, env, noColor)
  expect(paint.on).toBe(on)
  expect(paint.red('x')).toBe(on ? '\x1b[31mx\x1b[39m' : 'x')
  expect(paint.red('')).toBe('')
})

it('knows its width on a terminal only', () => {
  expect(columnsOf(tty, { COLUMNS: '40' })).toBe(100)
  expect(columnsOf({ write() {}, isTTY: true }, { COLUMNS: '40' })).toBe(40)
  expect(columnsOf({ write() {}, isTTY: true }, {})).toBe(80)
  expect(columnsOf(pipe, { COLUMNS: '40' })).toBeUndefined()
})
