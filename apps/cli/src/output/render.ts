import type { Result } from '../command/command.ts'
import { jsonText } from '../print/json.ts'
import { fieldsOf, pickFields, rowsOf } from './fields.ts'
import type { Wanted } from './output-options.ts'

/**
 * A result as text, the way it is wanted.
 *
 * @param say told when a field was asked for that no row has; that is no failure, as what was to be done is done
 */
export async function render(result: Result, { format, fields, filter }: Wanted, say: (text: string) => void): Promise<string> {
  if (format === 'table' && !fields && !filter) return result.text()
  // bytes become text, and what JSON has not becomes null
  const data = JSON.parse(jsonText(result.data, 0)) as unknown
  const all = result.rows ? (JSON.parse(jsonText(result.rows, 0)) as unknown[]) : rowsOf(data)
  const rows = fields ? all.map((row) => pickFields(row, fields)) : all
  if (fields) tellUnknown(fields, all, say)
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
      return (await import('./csv.ts')).csvText(rows)
    case 'yaml':
      return (await import('./yaml.ts')).yamlText(value)
    default:
      return `${jsonText(value)}\n`
  }
}

function tellUnknown(fields: readonly string[], rows: readonly unknown[], say: (text: string) => void): void {
  const known = fieldsOf(rows)
  if (known.length === 0) return
  for (const field of fields) {
    if (!known.includes(field) && !known.includes(field.split('.', 1)[0] ?? ''))
      say(`Nothing has a field ${field}; there are ${known.join(', ')}.`)
  }
}
