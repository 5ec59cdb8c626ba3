import { jsonText } from '../print/json.ts'
import { fieldsOf, isRecord } from './fields.ts'

/** Rows as CSV (RFC 4180) with a header; lists and objects as JSON. The gateway's own response (`raw`) is left out. */
export function csvText(rows: readonly unknown[]): string {
  const names = rows.every(isRecord) ? fieldsOf(rows).filter((name) => name !== 'raw') : undefined
  const lines = rows.map((row) => (names ? names.map((name) => cell((row as Record<string, unknown>)[name])) : [cell(row)]).join(','))
  return [...(names && rows.length > 0 ? [names.map(cell).join(',')] : []), ...lines].map((line) => `${line}\r\n`).join('')
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'object' ? jsonText(value, 0) : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
