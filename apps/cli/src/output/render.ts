import { jsonText } from '../print/json.ts'
import { fieldsOf, pickFields, rowsOf } from './fields.ts'
import type { OutputOptions } from './format.ts'
import type { Result } from './result.ts'

/**
 * A result as text, in the format that the options ask for.
 *
 * @param warn called when a field was asked for that no row has; this is no error, because the command has done its work by then
 */
export async function render(
  result: Result,
  { format, fields, filter, csvRaw = false }: OutputOptions,
  warn: (text: string) => void,
): Promise<string> {
  if (format === 'table' && !fields && !filter) return result.text()
  // to JSON and back: bytes become base64, and values that JSON does not have become null
  const data = JSON.parse(jsonText(result.data, 0)) as unknown
  const all = result.rows ? (JSON.parse(jsonText(result.rows, 0)) as unknown[]) : rowsOf(data)
  const rows = fields ? all.map((row) => pickFields(row, fields)) : all
  if (fields) warnOfUnknown(fields, all, warn)
  const single = !result.rows && !Array.isArray(data)
  const value = fields ? (single ? rows[0] : rows) : data
  if (filter) {
    const lines = filter(value).map((one) => (typeof one === 'string' ? one : jsonText(one, format === 'ndjson' ? 0 : 2)))
    return lines.map((line) => `${line}\n`).join('')
  }
  switch (format) {
    case 'ndjson':
      return rows.map((row) => `${jsonText(row, 0)}\n`).join('')
    case 'csv':
      return (await import('./csv.ts')).csvText(rows, csvRaw, result.continued)
    case 'yaml':
      return (await import('./yaml.ts')).yamlText(value)
    default:
      return `${jsonText(value)}\n`
  }
}

function warnOfUnknown(fields: readonly string[], rows: readonly unknown[], warn: (text: string) => void): void {
  const known = fieldsOf(rows)
  if (known.length === 0) return
  for (const field of fields) {
    if (!known.includes(field) && !known.includes(field.split('.', 1)[0] ?? ''))
      warn(`Nothing has a field ${field}; there are ${known.join(', ')}.`)
  }
}
