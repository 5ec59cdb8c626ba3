import { activeFaults } from '../faults/active.ts'
import type { State } from '../state.ts'
import { Answer } from '../wire/answer.ts'
import type { RequestLog } from './request-log.ts'
import type { Topic } from './types.ts'

/** Tells pages that something changed, by server-sent events. */
export interface Changes {
  /** A stream of news for one page. */
  stream(): Answer
  /** Ends all streams. */
  close(): void
}

interface ChangesInput {
  /** The present state: another one after a reset. */
  readonly state: () => State
  readonly log: Pick<RequestLog, 'changes'>
}

/** How often pages hear of changes at most, ms of real time: a virtual clock may stand still. */
const TICK_MS = 150
/** A line for proxies and browsers that give up on silent connections, every so many ticks. */
const KEEP_ALIVE_TICKS = 100
const MAX_PAGES = 32

/** Looks for changes only while a page is open, so it costs nothing otherwise. */
export function createChanges({ state, log }: ChangesInput): Changes {
  const pages = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const dirty = new Set<Topic>()
  let seen: State | undefined
  let forget = () => {}
  let before: Readonly<Record<string, unknown>> = {}
  let timer: ReturnType<typeof setInterval> | undefined
  let ticks = 0

  function watch(): void {
    const now = state()
    if (now === seen) return
    forget()
    if (seen) dirty.add('reset')
    seen = now
    forget = now.network.on(() => dirty.add('network'))
  }

  // what has no events of its own is compared
  function compare(): void {
    const now = marksOf(state(), log)
    for (const topic of ['sessions', 'requests', 'deliveries', 'faults'] as const) if (now[topic] !== before[topic]) dirty.add(topic)
    before = now
  }

  function write(text: string): void {
    const bytes = encoder.encode(text)
    for (const page of pages) {
      // a page that does not read its events is disconnected; its browser connects again
      if ((page.desiredSize ?? 0) < -64) leave(page)
      else page.enqueue(bytes)
    }
  }

  function tick(): void {
    watch()
    compare()
    ticks += 1
    if (dirty.size > 0) {
      write(`data: ${JSON.stringify([...dirty])}\n\n`)
      dirty.clear()
    } else if (ticks % KEEP_ALIVE_TICKS === 0) write(': here\n\n')
  }

  function leave(page: ReadableStreamDefaultController<Uint8Array>): void {
    if (!pages.delete(page)) return
    try {
      page.close()
    } catch {
      // the connection is closed already
    }
    if (pages.size > 0) return
    clearInterval(timer)
    timer = undefined
    forget()
    forget = () => {}
    seen = undefined
  }

  return {
    stream() {
      const first = [...pages][0]
      if (pages.size >= MAX_PAGES && first) leave(first)
      let own: ReadableStreamDefaultController<Uint8Array>
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          own = controller
          pages.add(controller)
          // a page that connects again asks for everything
          controller.enqueue(encoder.encode('retry: 1000\ndata: ["reset"]\n\n'))
        },
        cancel: () => leave(own),
      })
      if (!timer) {
        watch()
        before = marksOf(state(), log)
        timer = setInterval(tick, TICK_MS)
        timer.unref()
      }
      return new Answer(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }, body)
    },
    close() {
      for (const page of [...pages]) leave(page)
    },
  }
}

function marksOf(state: State, log: Pick<RequestLog, 'changes'>): Record<'sessions' | 'requests' | 'deliveries' | 'faults', unknown> {
  const sessions = (['waha', 'wawp', 'warest', 'sparkbot'] as const).flatMap((gateway) =>
    state
      .sessions(gateway)
      .list()
      .map(({ id, phase, changedAt, account, code, qr }) => [gateway, id, phase, changedAt, account?.phone, code, qr?.value].join()),
  )
  let attempts = 0
  let states = ''
  for (const delivery of state.webhooks.list()) {
    attempts += delivery.attempts.length
    states += delivery.state[0]
  }
  return {
    sessions: sessions.join('\n'),
    requests: log.changes,
    deliveries: `${attempts} ${states} ${state.webhooks.list().at(-1)?.id}`,
    faults: JSON.stringify(activeFaults(state)),
  }
}
