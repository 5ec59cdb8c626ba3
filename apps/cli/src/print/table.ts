import type { Paint } from '../terminal/terminal.ts'
import { fitText, padText, plainText, widestOf } from './text-width.ts'

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  /** Adds colour to the padded cell. */
  readonly paint?: (cell: string, row: Row, paint: Paint) => string
}

const GAP = '  '

/**
 * Rows in aligned columns under a dim head. Empty columns are left out.
 *
 * @param width most columns of a line: the widest cells are cut; without it nothing is cut
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[], paint: Paint, width?: number): string {
  const texts = rows.map((row) => columns.map((column) => plainText(column.text(row))))
  const used = columns.map((_, index) => texts.some((cells) => cells[index] !== ''))
  const natural = columns.map(({ title }, index) => widestOf([title, ...texts.map((cells) => cells[index] ?? '')]))
  const shown = columns.map((column, index) => ({ column, index })).filter(({ index }) => used[index])
  const widths = fitWidths(
    shown.map(({ index }) => natural[index] ?? 0),
    width === undefined ? undefined : width - GAP.length * (shown.length - 1),
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

function fitWidths(natural: readonly number[], width: number | undefined): number[] {
  const widths = [...natural]
  if (width === undefined) return widths
  for (let over = sum(widths) - width; over > 0; over--) {
    const widest = widths.indexOf(widths.reduce((most, one) => Math.max(most, one), 0))
    if ((widths[widest] ?? 0) <= 4) break
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
