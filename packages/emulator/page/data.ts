import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Part, Topic } from '../src/page/types.ts'
import { look } from './api.ts'
import { useNews } from './live.ts'

/** One thing that the server shows, asked for anew with every news about it. */
export function useLook<Answer>(name: string, query: object | undefined, topics: readonly Topic[]): Answer | undefined {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly value: Answer } | undefined>(undefined)
  const key = query ? `${name} ${JSON.stringify(query)}` : ''
  const latest = useRef(key)
  latest.current = key
  const ask = useCallback(() => {
    if (key === '') return
    look<Answer>(name, JSON.parse(key.slice(name.length + 1)) as object).then(
      (value) => latest.current === key && setAnswer({ key, value }),
      () => latest.current === key && setAnswer(undefined),
    )
  }, [key, name])
  useEffect(ask, [ask])
  useNews(topics, ask)
  return answer?.key === key ? answer.value : undefined
}

/** The rows of a long list, of which only the pages that are looked at are fetched. */
export interface Rows<Row, Answer extends Part<Row>> {
  /** The newest answer, with all that it says beside its rows; `undefined` before the first. */
  readonly answer: Answer | undefined
  readonly total: number
  /** The server has nothing of it: no such phone, after a reset. */
  readonly failed: boolean
  rowAt(index: number): Row | undefined
  /** Says which rows are looked at. */
  want(first: number, last: number): void
}

const PAGE = 50
/** Pages kept beside those that are looked at. */
const KEPT = 40

export function useRows<Row, Answer extends Part<Row> = Part<Row>>(
  name: string,
  query: object,
  topics: readonly Topic[],
  startAtEnd = false,
): Rows<Row, Answer> {
  const key = `${name} ${JSON.stringify(query)}`
  const store = useRef(emptyStore<Row, Answer>(key))
  const [, setTurn] = useState(0)
  if (store.current.key !== key) store.current = emptyStore(key)
  const mine = store.current

  async function fetchPage(page: number): Promise<void> {
    if (mine.pending.has(page)) return
    mine.pending.add(page)
    const asked = mine.age
    const where = page < 0 ? {} : { offset: page * PAGE, limit: PAGE }
    try {
      const answer = await look<Answer>(name, { ...query, ...where })
      mine.answer = answer
      mine.failed = false
      if (page >= 0) mine.pages.set(page, { rows: answer.rows, age: asked })
      else for (const [index, row] of answer.rows.entries()) mine.loose.set(answer.offset + index, row)
      trim(mine)
    } catch {
      mine.failed = true
      mine.answer = undefined
    } finally {
      mine.pending.delete(page)
      if (store.current === mine) setTurn((turn) => turn + 1)
    }
    // something changed while the answer was on its way
    if (asked !== mine.age && store.current === mine) refresh()
  }

  function refresh(): void {
    const { first, last } = mine.looked
    if (mine.answer === undefined) return void fetchPage(startAtEnd ? -1 : 0)
    const end = Math.max(0, Math.ceil(mine.answer.total / PAGE) - 1)
    let asked = false
    for (let page = Math.floor(first / PAGE); page <= Math.min(end, Math.floor(last / PAGE)); page++) {
      if (mine.pages.get(page)?.age === mine.age) continue
      asked = true
      void fetchPage(page)
    }
    // the total is new with every page; the last one may have become two
    if (!asked && mine.answer.total === 0) void fetchPage(0)
  }

  useEffect(refresh, [key])
  useNews(topics, () => {
    mine.age += 1
    refresh()
  })

  return {
    answer: mine.answer,
    total: mine.answer?.total ?? 0,
    failed: mine.failed,
    rowAt: (index) => mine.pages.get(Math.floor(index / PAGE))?.rows[index % PAGE] ?? mine.loose.get(index),
    want(first, last) {
      mine.looked = { first, last }
      clearTimeout(mine.timer)
      // while somebody scrolls on, the rows that fly past are not asked for
      mine.timer = setTimeout(refresh, 40)
    },
  }
}

interface Store<Row, Answer> {
  readonly key: string
  readonly pages: Map<number, { readonly rows: readonly Row[]; readonly age: number }>
  /** Rows of the first answer of a list that begins at its end. */
  readonly loose: Map<number, Row>
  readonly pending: Set<number>
  answer: Answer | undefined
  failed: boolean
  age: number
  looked: { readonly first: number; readonly last: number }
  timer: ReturnType<typeof setTimeout> | undefined
}

function emptyStore<Row, Answer>(key: string): Store<Row, Answer> {
  const looked = { first: 0, last: 0 }
  return { key, pages: new Map(), loose: new Map(), pending: new Set(), answer: undefined, failed: false, age: 0, looked, timer: undefined }
}

function trim<Row, Answer>({ pages, looked }: Store<Row, Answer>): void {
  for (const page of pages.keys()) {
    if (pages.size <= KEPT) return
    if (page < Math.floor(looked.first / PAGE) - 1 || page > Math.floor(looked.last / PAGE) + 1) pages.delete(page)
  }
}
