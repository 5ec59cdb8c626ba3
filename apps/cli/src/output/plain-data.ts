import { jsonText } from '../print/json.ts'
import { pairs, table } from '../print/table.ts'
import { plainText } from '../print/text-width.ts'
import type { Paint } from '../terminal/terminal.ts'
import { fieldsOf, isRecord } from './fields.ts'

const MAX_COLUMNS = 8

/**
 * Data of any shape, for people: a list of objects as a table, an object as names and values, everything else unchanged.
 *
 * @param width columns of the terminal
 */
export function plainDataText(data: unknown, paint: Paint, width: number | undefined): string {
  if (data === undefined || data === null || data === '') return ''
  if (typeof data === 'string') return data.endsWith('\n') ? safeLines(data) : `${safeLines(data)}\n`
  if (Array.isArray(data)) return listText(data, paint, width)
  if (!isRecord(data)) return `${jsonText(data)}\n`
  const only = listInside(data)
  if (only) return `${pairsText(only.rest, paint)}${listText(only.list, paint, width)}`
  return pairsText(data, paint)
}

function listText(list: readonly unknown[], paint: Paint, width: number | undefined): string {
  if (list.length === 0) return ''
  if (!list.every(isRecord)) return list.map((one) => `${cell(one)}\n`).join('')
  const names = fieldsOf(list)
  const simple = names.filter((name) => list.some((row) => isShown(row[name])))
  const columns = (simple.length > 0 ? simple : names).slice(0, MAX_COLUMNS).map((name) => ({
    title: name.toUpperCase(),
    text: (row: Readonly<Record<string, unknown>>) => cell(row[name]),
  }))
  return table(list, columns, paint, width)
}

// `{ data: [...], total: 3 }` is shown as a list, too
function listInside(data: Readonly<Record<string, unknown>>): { list: unknown[]; rest: Record<string, unknown> } | undefined {
  const lists = Object.entries(data).filter(([, value]) => Array.isArray(value) && value.length > 0 && value.every(isRecord))
  const [only] = lists
  if (!only || lists.length > 1) return undefined
  const { [only[0]]: list, ...rest } = data
  return { list: list as unknown[], rest }
}

function pairsText(data: Readonly<Record<string, unknown>>, paint: Paint): string {
  return pairs(
    Object.entries(data).map(([name, value]) => [plainText(name), cell(value)]),
    paint,
  )
}

function isShown(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && typeof value !== 'object'
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return ''
  return plainText(typeof value === 'object' ? jsonText(value, 0) : String(value))
}

function safeLines(text: string): string {
  return text.split('\n').map(plainText).join('\n')
}
