import type { Paint } from '../terminal/terminal.ts'
import { fitText, padText, plainText, widestOf } from './text-width.ts'

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  /** True for what other commands need as it is, such as an id: never cut. */
  readonly whole?: boolean
  /** What stands there where the terminal is too narrow for all of it. */
  readonly short?: (row: Row) => string
  /** Adds colour to the padded cell. */
  readonly paint?: (cell: string, row: Row, paint: Paint) => string
}

const GAP = '  '

/**
 * Rows in aligned columns under a dim head. Empty columns are left out.
 *
 * @param width most columns of a line: the widest cells are cut, but no whole ones. Without it a program reads the table: cells are
 *   separated by tabs, nothing is cut or padded, and empty columns stay, so that each has its place (`cut -f1`)
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint, width?: number): string {
  const full = rows.map((row) => columns.map((column) => plainText(column.text(row))))
  if (width === undefined) {
    const painted = rows.map((row, number) =>
      columns.map((column, index) =>
        column.paint ? column.paint(full[number]?.[index] ?? '', row, paint) : (full[number]?.[index] ?? ''),
      ),
    )
    return [columns.map(({ title }) => paint.dim(title)), ...painted].map((cells) => `${cells.join('\t')}\n`).join('')
  }
  const used = columns.map((_, index) => full.some((cells) => cells[index] !== ''))
  const widthOf = (all: readonly (readonly string[])[]) =>
    columns.map(({ title }, index) => widestOf([title, ...all.map((cells) => cells[index] ?? '')]))
  const gaps = GAP.length * (used.filter(Boolean).length - 1)
  const fits = sum(widthOf(full).filter((_, index) => used[index])) + gaps <= width
  const texts = fits ? full : rows.map((row) => columns.map((column) => plainText((column.short ?? column.text)(row))))
  const natural = widthOf(texts)
  const shown = columns.map((column, index) => ({ column, index })).filter(({ index }) => used[index])
  const widths = fitWidths(
    shown.map(({ index }) => natural[index] ?? 0),
    width - gaps,
    shown.map(({ column }) => column.whole === true),
  )
  const line = (cell: (position: number) => string) =>
    shown
      .map((_, position) => cell(position))
      .join(GAP)
      .trimEnd()
  const fit = (text: string, position: number) => {
    const cell = fitText(text, widths[position] ?? 0)
    return position === shown.length - 1 ? cell : padText(cell, widths[position] ?? 0)
  }
  const head = paint.dim(line((position) => fit(shown[position]?.column.title ?? '', position)))
  const body = rows.map((row, number) =>
    line((position) => {
      const { column, index } = shown[position] ?? { index: 0 }
      const cell = fit(texts[number]?.[index] ?? '', position)
      return column?.paint ? column.paint(cell, row, paint) : cell
    }),
  )
  return [head, ...body].map((text) => `${text}\n`).join('')
}

/** Takes from the widest column, again and again. Whole columns keep their width: the terminal then breaks the line. */
function fitWidths(natural: readonly number[], width: number, whole: readonly boolean[]): number[] {
  const widths = [...natural]
  for (let over = sum(widths) - width; over > 0; over--) {
    const widest = widths.reduce((best, one, index) => (!whole[index] && one > (best < 0 ? 4 : (widths[best] ?? 0)) ? index : best), -1)
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

/** Names and values, one pair a line; pairs without a value are left out. */
export function pairs(entries: readonly (readonly [name: string, value: string | undefined])[], paint: Paint): string {
  const filled = entries.filter(([, value]) => value !== undefined && value !== '')
  const width = widestOf(filled.map(([name]) => name))
  return filled.map(([name, value]) => `${paint.dim(padText(name, width))}${GAP}${value}\n`).join('')
}
