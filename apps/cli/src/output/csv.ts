import { jsonText } from '../print/json.ts'
import { fieldsOf, isRecord } from './fields.ts'

/**
 * Rows as CSV (RFC 4180) with a header; lists and objects as JSON. The gateway's own response (`raw`) is left out.
 *
 * @param raw leave cells as they are that a spreadsheet would take for formulas
 * @param continued leave the header out: rows with the same fields were printed before
 */
export function csvText(rows: readonly unknown[], raw = false, continued = false): string {
  const cell = (value: unknown) => quoted(raw ? textOf(value) : withoutFormula(value))
  const names = rows.every(isRecord) ? fieldsOf(rows).filter((name) => name !== 'raw') : undefined
  const lines = rows.map((row) => (names ? names.map((name) => cell((row as Record<string, unknown>)[name])) : [cell(row)]).join(','))
  return [...(names && rows.length > 0 && !continued ? [names.map(cell).join(',')] : []), ...lines].map((line) => `${line}\r\n`).join('')
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? jsonText(value, 0) : String(value)
}

// a spreadsheet calculates what begins like this, which can fetch addresses and start programs; a number is only a number
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

function withoutFormula(value: unknown): string {
  const text = textOf(value)
  return typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
