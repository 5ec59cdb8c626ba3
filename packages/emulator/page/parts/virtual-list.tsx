import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { createHeights } from './heights.ts'

interface VirtualListProps {
  /** Another key is another list: it begins anew. */
  readonly id: string
  readonly label: string
  readonly total: number
  /** Height of a row that was not seen yet, px. */
  readonly guess: number
  /** Begins at its end and stays there while something is added. */
  readonly fromEnd?: boolean
  readonly class?: string
  row(index: number): ComponentChildren
  want(first: number, last: number): void
}

const BEYOND_PX = 500

/** A long list, of which only the rows in sight are in the document. Arrow keys, Home and End go from row to row. */
export function VirtualList({ id, label, total, guess, fromEnd = false, class: name = '', row, want }: VirtualListProps) {
  const box = useRef<HTMLElement>(null)
  const list = useRef({ id: '', heights: createHeights(guess), atEnd: fromEnd, frame: 0 })
  const [, setTurn] = useState(0)
  const [place, setPlace] = useState({ top: 0, height: 800 })
  if (list.current.id !== id) list.current = { id, heights: createHeights(guess), atEnd: fromEnd, frame: 0 }
  const mine = list.current
  mine.heights.resize(total)

  const top = mine.atEnd ? Math.max(0, mine.heights.total - place.height) : place.top
  const first = mine.heights.at(Math.max(0, top - BEYOND_PX))
  const last = Math.min(total - 1, mine.heights.at(top + place.height + BEYOND_PX))

  useEffect(() => {
    if (total > 0) want(first, last)
  }, [id, first, last, total])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const seen = new ResizeObserver(() => setPlace((old) => ({ ...old, height: element.clientHeight })))
    seen.observe(element)
    setPlace({ top: element.scrollTop, height: element.clientHeight })
    return () => seen.disconnect()
  }, [])

  useLayoutEffect(() => {
    if (!fromEnd) box.current?.scrollTo({ top: 0 })
  }, [id, fromEnd])

  // heights are known once rows are laid out; what is above the view must not move it
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    let moved = 0
    let changed = false
    for (const one of element.querySelectorAll<HTMLElement>(':scope > div > [data-index]')) {
      const index = Number(one.dataset.index)
      const delta = mine.heights.set(index, one.offsetHeight)
      if (delta === 0) continue
      changed = true
      if (mine.heights.top(index) < element.scrollTop) moved += delta
    }
    if (mine.atEnd) element.scrollTop = element.scrollHeight
    if (!changed) return
    if (!mine.atEnd && moved !== 0) element.scrollTop += moved
    setTurn((turn) => turn + 1)
  })

  // pictures and unfolded texts change a row later
  useEffect(() => {
    const element = box.current
    if (!element) return
    const seen = new ResizeObserver((entries) => {
      const other = entries.some(({ target }) => {
        const one = target as HTMLElement
        return one.isConnected && Math.abs(one.offsetHeight - rowHeight(mine.heights, Number(one.dataset.index))) >= 1
      })
      if (other) setTurn((turn) => turn + 1)
    })
    for (const one of element.querySelectorAll<HTMLElement>(':scope > div > [data-index]')) seen.observe(one)
    return () => seen.disconnect()
  }, [id, first, last, total])

  function onScroll(): void {
    if (mine.frame) return
    mine.frame = requestAnimationFrame(() => {
      mine.frame = 0
      const element = box.current
      if (!element) return
      mine.atEnd = fromEnd && element.scrollHeight - element.scrollTop - element.clientHeight < 40
      setPlace({ top: element.scrollTop, height: element.clientHeight })
    })
  }

  function onKeyDown(event: KeyboardEvent): void {
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    if (!from || !(event.target as HTMLElement).matches('a, [data-row]')) return
    const index = Number(from.dataset.index)
    const to = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: total - 1 }[event.key]
    if (to === undefined || to < 0 || to >= total) return
    event.preventDefault()
    const element = box.current
    if (!element) return
    const [begin, end] = [mine.heights.top(to), mine.heights.top(to + 1)]
    if (begin < element.scrollTop) element.scrollTop = begin
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight
    setPlace({ top: element.scrollTop, height: element.clientHeight })
    const focus = () => element.querySelector<HTMLElement>(`[data-index="${to}"] a, [data-index="${to}"] [data-row]`)?.focus()
    setTimeout(focus, 60)
  }

  const rows = []
  for (let index = first; index <= last; index++) {
    rows.push(
      // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one, which a list element does not do
      <div
        key={index}
        role="listitem"
        aria-setsize={total}
        aria-posinset={index + 1}
        data-index={index}
        class="virtual-row"
        style={{ top: `${mine.heights.top(index)}px` }}
      >
        {row(index)}
      </div>,
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section ref={box} class={`virtual ${name}`} onScroll={onScroll} onKeyDown={onKeyDown} tabIndex={0} aria-label={label}>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="list" aria-label={label} class="virtual-inner" style={{ height: `${mine.heights.total}px` }}>
        {rows}
      </div>
    </section>
  )
}

function rowHeight(heights: { top(index: number): number }, index: number): number {
  return heights.top(index + 1) - heights.top(index)
}
