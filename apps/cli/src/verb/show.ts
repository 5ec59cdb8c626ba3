import type { Page } from '@wamux/core'
import { type Column, pairs, table } from '../print/table.ts'
import { plainText } from '../print/text-width.ts'
import type { Show, View } from './verb-spec.ts'

/** One thing as names and values, with the columns of its list. */
export function showOne<Item>(columns: readonly Column<Item>[]): Show<Item> {
  return {
    text: (item, { paint }) =>
      pairs(
        columns.map(({ title, text, paint: painted }) => {
          const cell = plainText(text(item))
          return [title.toLowerCase(), cell === '' ? undefined : painted ? painted(cell, item, paint) : cell]
        }),
        paint,
      ),
  }
}

/** A list as a table. @param none said when the list is empty */
export function showList<Item>(columns: readonly Column<Item>[], none: string): Show<Page<Item>> {
  return {
    rows: ({ items }) => items,
    text: ({ items }, view) => tableText(items, columns, none, view),
  }
}

/** A table; for an empty list a sentence on stderr. */
export function tableText<Item>(items: readonly Item[], columns: readonly Column<Item>[], none: string, view: View): string {
  if (items.length > 0) return table(items, columns, view.paint, view.columns)
  view.say(none)
  return ''
}

/** A verb without a result. @param done what is printed: `archived` */
export function showDone<Result extends { readonly session: string }>(done: string): Show<Result> {
  return { text: (_result, { paint }) => `${paint.green(done)}\n` }
}

/** Names and values. */
export function showPairs<Result>(
  entries: (result: Result, view: View) => readonly (readonly [name: string, value: string | undefined])[],
): Show<Result> {
  return {
    text: (result, view) =>
      pairs(
        entries(result, view).map(([name, value]) => [name, value === undefined ? undefined : plainText(value)]),
        view.paint,
      ),
  }
}

/** `2026-11-27 04:31` in local time. @param at ms since 1970 */
export function timeText(at: number | undefined): string {
  if (at === undefined || !Number.isFinite(at)) return ''
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return ''
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

/** `04:31` for today, `11-27` for other days; for narrow terminals. @param at ms since 1970 @param now the same */
export function shortTimeText(at: number | undefined, now: number = Date.now()): string {
  const [date = '', time = ''] = timeText(at).split(' ')
  return date === timeText(now).split(' ')[0] ? time : date.slice(5)
}

/** `yes`, or nothing. */
export function yesText(value: boolean | undefined): string {
  return value ? 'yes' : ''
}

/** The status of a sent message. */
export function sentStatus(status: 'queued' | 'sent' | 'unknown', { paint }: Pick<View, 'paint'>): string {
  return status === 'unknown' ? 'accepted; the gateway does not say how far it got' : paint.green(status)
}
