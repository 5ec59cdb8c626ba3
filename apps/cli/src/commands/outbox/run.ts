import type { WebSocketConstructor } from '@wamux/core'
import type { OutboxChange, OutboxOptions, Pace, Pause } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { countFrom } from '../../command/values.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { plainText } from '../../print/text-width.ts'
import { createProgressLine, type ProgressLine } from '../../terminal/progress-line.ts'
import { printChange } from './export.ts'
import { type OpenedOutbox, withOutbox } from './open.ts'
import { durationText, progressBar, progressOf, rateText } from './progress.ts'
import { statusText } from './status.ts'
import { storeFlag } from './store.ts'

/** How often the line of progress is drawn, ms. */
const DRAWN_MS = 500
/** How often it is looked whether the number is paused, ms. */
const PAUSE_READ_MS = 1_000
/** Causes of pauses that no person has to end. */
const ENDS_BY_ITSELF: readonly Pause['cause'][] = ['not_connected', 'account', 'limited']

/** `wamux outbox run` @returns 130 when it was interrupted, 8 when messages are unknown, 1 when this run had some refused */
export async function runList(context: Context): Promise<number | undefined> {
  const { values, json, printResult, paint, say } = context
  const pace = paceFrom(context)
  const line = createProgressLine(context.terminal, values.is('quiet') || values.is('verbose'))
  const told: Promise<void>[] = []
  let refused = 0
  const onChange = (change: Omit<OutboxChange, 'seq'>) => {
    if (change.to === 'refused') refused++
    if (!json && change.to !== 'refused' && change.to !== 'unknown') return
    line.clear()
    told.push(printChange(change, context))
  }
  const resend = values.text('resend') as OutboxOptions['resend']
  const options = { pace, onChange, ...(resend === undefined ? {} : { resend }) }
  return withOutbox(context, { title: 'outbox run', calls: true, options }, async (opened) => {
    const { outbox, store, session } = opened
    const end = endOf(context.signal)
    say(`Sending with ${session}. Ctrl-C ends it; what is left goes out with the next run.`)
    const onEnd = () => {
      line.clear()
      say('The message that is being sent is finished first.')
    }
    const onWaiting = () => {
      line.clear()
      say('Another program sends with this number. This one waits until that one has ended, or 30 seconds if it crashed.')
    }
    end.signal.addEventListener('abort', onEnd, { once: true })
    const listening = new AbortController()
    const events = listen(opened, context, listening.signal)
    const draw = drawProgress(opened, context, line)
    const pauses = await tellPauses(opened, context, line)
    try {
      await outbox.run(end.signal, { onWaiting, ...(values.is('keep-running') ? {} : { until: 'empty' }) })
    } finally {
      listening.abort()
      draw.stop()
      pauses.stop()
      end.release()
      await events
    }
    await Promise.all(told)
    const progress = await progressOf(await outbox.status(), outbox.sender, store, Date.now())
    if (!json) await printResult({ data: progress, text: () => statusText(progress, paint) })
    const { counts } = progress
    if (end.signal.aborted && counts.queued > 0) return EXIT.interrupted
    if (counts.unknown > 0) {
      const flag = storeFlag(values)
      say(
        `Some messages may have been sent. See them with wamux outbox export --state unknown${flag}, decide with wamux outbox resolve${flag}.`,
      )
      return EXIT.unknownOutcome
    }
    return refused > 0 ? EXIT.failure : undefined
  })
}

/** A signal that fires on Ctrl-C, and when the system asks the program to end. */
function endOf(interrupt: AbortSignal): { readonly signal: AbortSignal; release(): void } {
  const asked = new AbortController()
  const onTerm = () => asked.abort()
  process.once('SIGTERM', onTerm)
  return { signal: AbortSignal.any([interrupt, asked.signal]), release: () => void process.off('SIGTERM', onTerm) }
}

/** Gives receipts and what people write to the outbox. That this does not work keeps no message from being sent. */
async function listen({ outbox, gateway, session }: OpenedOutbox, { values, say }: Context, signal: AbortSignal): Promise<void> {
  const via = values.text('receipts')
  if (via === 'none') return
  try {
    // Node has one from version 22 on
    const WebSocket = (globalThis.WebSocket ?? (await import('ws')).WebSocket) as WebSocketConstructor
    const types = ['message.received', 'message.ack', 'message.failed'] as const
    const events = gateway.events.subscribe({ session, signal, WebSocket, types, ...(via ? { via: via as 'socket' | 'poll' } : {}) })
    for await (const event of events) await outbox.handle(event)
  } catch (error) {
    if (!signal.aborted) say(`Receipts and opt-outs cannot be received: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Says why nothing is sent: a run that waits looks like one that hangs. */
async function tellPauses({ outbox, store }: OpenedOutbox, { say, values }: Context, line: ProgressLine): Promise<{ stop(): void }> {
  let told: string | undefined
  let stopped = false
  const look = async () => {
    const pause = await store.getPause(outbox.sender)
    if (stopped || pause?.reason === told) return
    told = pause?.reason
    line.clear()
    if (!pause) return say('It is not paused any more.')
    const ends = ENDS_BY_ITSELF.includes(pause.cause)
      ? 'it goes on by itself when that has ended'
      : `wamux outbox resume${storeFlag(values)} goes on`
    say(
      `Paused: ${plainText(pause.reason.replace(/\.$/, ''))}. Nothing is ${pause.cause === 'limited' ? 'sent to new people' : 'sent'}; ${ends}.`,
    )
  }
  await look()
  const timer = setInterval(() => void look().catch(() => {}), PAUSE_READ_MS)
  return {
    stop() {
      stopped = true
      clearInterval(timer)
    },
  }
}

/** Draws how far it is, on a terminal. */
function drawProgress({ outbox, store }: OpenedOutbox, { terminal, paint }: Context, line: ProgressLine): { stop(): void } {
  if (terminal.stderr.isTTY !== true) return { stop: () => {} }
  let stopped = false
  const draw = async () => {
    const { done, total, perHour, leftMs, counts, pause } = await progressOf(await outbox.status(), outbox.sender, store, Date.now())
    if (stopped) return
    const parts = [
      `${progressBar(done, total, paint)} ${done} of ${total}`,
      ...(perHour === undefined ? [] : [rateText(perHour)]),
      ...(leftMs === undefined ? [] : [`about ${durationText(leftMs)} left`]),
      ...(counts.unknown > 0 ? [`${counts.unknown} unknown`] : []),
      ...(pause ? [`paused: ${pause.reason}`] : []),
    ]
    line.show(parts.join('  ').slice(0, (terminal.stderr.columns ?? 80) * 2))
  }
  // a store that cannot be read ends the run, which tells it
  const timer = setInterval(() => void draw().catch(() => {}), DRAWN_MS)
  return {
    stop() {
      stopped = true
      clearInterval(timer)
      line.clear()
    },
  }
}

function paceFrom({ values }: Context): Pace {
  const count = (flag: string) => {
    const text = values.text(flag)
    return text === undefined ? undefined : countFrom(flag, text, 999_999_999)
  }
  const warmUp = count('warm-up')
  const [, from = '', to = ''] = /^(\d{1,2}:\d{2})-(\d{1,2}:\d{2})$/.exec(values.text('quiet-hours') ?? '') ?? []
  const quiet = values.text('quiet-hours')
  if (quiet !== undefined && from === '') throw new UsageError(`--quiet-hours takes hours as 21:00-08:00, not "${quiet}".`)
  const zone = values.text('zone')
  const pace = {
    intervalMs: values.ms('interval'),
    perHour: count('per-hour'),
    perDay: count('per-day'),
    newChatsPerHour: count('new-per-hour'),
    newChatsPerDay: count('new-per-day'),
    warmUp: warmUp === undefined ? undefined : { perDay: warmUp },
    quietHours: quiet === undefined ? undefined : { from, to, ...(zone === undefined ? {} : { fallbackZone: zone }) },
  }
  return Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined))
}
