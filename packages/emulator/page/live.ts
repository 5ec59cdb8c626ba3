import { effect, type Signal, signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { Overview, Topic } from '../src/page/types.ts'
import { look } from './api.ts'

/** Grows with everything that is new about a subject. */
export const news: Readonly<Record<Topic, Signal<number>>> = {
  sessions: signal(0),
  network: signal(0),
  requests: signal(0),
  deliveries: signal(0),
  faults: signal(0),
  reset: signal(0),
}

export const connected = signal(false)
export const overview = signal<Overview | undefined>(undefined)

/** Hears what changes, for as long as the page is open. */
export function listen(): void {
  connect()
  // what is in the heads of all parts
  effect(() => {
    for (const topic of Object.values(news)) void topic.value
    void refresh()
  })
}

function connect(): void {
  const source = new EventSource('/_emulator/page/changes')
  source.onopen = () => {
    connected.value = true
  }
  source.onerror = () => {
    connected.value = false
    // the browser connects again by itself, but not after an answer that is an error
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2_000)
  }
  source.onmessage = ({ data }) => {
    for (const topic of JSON.parse(String(data)) as Topic[]) if (topic in news) news[topic].value += 1
  }
}

let asking = false
let again = false

export async function refresh(): Promise<void> {
  again = asking
  if (asking) return
  asking = true
  overview.value = await look<Overview>('overview').catch(() => overview.value)
  asking = false
  if (again) void refresh()
}

/** Calls back after news about any of the subjects, and a reset. */
export function useNews(topics: readonly Topic[], heard: () => void): void {
  const latest = useRef(heard)
  latest.current = heard
  const key = topics.join()
  useEffect(() => {
    let first = true
    return effect(() => {
      for (const topic of `${key},reset`.split(',')) void news[topic as Topic]?.value
      if (!first) latest.current()
      first = false
    })
  }, [key])
}
