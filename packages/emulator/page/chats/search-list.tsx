import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Topic } from '../../src/page/types.ts'
import { useRows } from '../data.ts'
import { VirtualList } from '../parts/virtual-list.tsx'

interface SearchListProps<Row> {
  /** What is listed: `chats` or `phones`. */
  readonly of: 'chats' | 'phones'
  /** Whose rows. Default: all. */
  readonly where?: object
  /** News after which the rows are fetched again. */
  readonly topics: readonly Topic[]
  /** Name of the list for screen readers. */
  readonly label: string
  readonly placeholder: string
  /** Height of a row that was not seen yet, px. */
  readonly guess: number
  /** Shown when there are no rows and nothing is searched for. */
  readonly empty: string
  /** Shown when the search finds nothing. */
  readonly notFound: string
  /** Shown when the server has no such list. */
  readonly failed?: string
  row(row: Row): ComponentChildren
}

/** A list with a field above it that searches its rows. */
export function SearchList<Row>({ of, where, topics, label, placeholder, guess, empty, notFound, failed, row }: SearchListProps<Row>) {
  const [search, setSearch] = useState('')
  const rows = useRows<Row>(of, { ...where, search }, topics)
  return (
    <>
      <input
        type="search"
        placeholder={placeholder}
        aria-label={`Search ${of}`}
        value={search}
        onInput={(event) => setSearch(event.currentTarget.value)}
      />
      <VirtualList
        id={search}
        label={label}
        total={rows.total}
        guess={guess}
        want={rows.want}
        row={(index) => {
          const one = rows.rowAt(index)
          return one === undefined ? <div class="skeleton row" /> : row(one)
        }}
      />
      {rows.failed && failed && <p class="empty">{failed}</p>}
      {rows.answer && rows.total === 0 && <p class="empty">{search ? notFound : empty}</p>}
    </>
  )
}
