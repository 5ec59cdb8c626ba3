import type { OutboxState } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { pairs } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import type { Paint } from '../../terminal/terminal.ts'
import { withOutbox } from './open.ts'
import { durationText, type Progress, progressBar, progressOf, rateText } from './progress.ts'

/** `wamux outbox status` */
export async function showStatus(context: Context): Promise<undefined> {
  const progress = await withOutbox(context, { title: 'outbox status' }, async ({ outbox, store }) =>
    progressOf(await outbox.status(), outbox.sender, store, Date.now()),
  )
  await context.printResult({ data: progress, text: () => statusText(progress, context.paint) })
  return undefined
}

const COLOURS: Readonly<Partial<Record<OutboxState, 'green' | 'red' | 'yellow'>>> = {
  sent: 'green',
  delivered: 'green',
  read: 'green',
  refused: 'red',
  unknown: 'yellow',
}

/** How far a list is, for people. */
export function statusText({ sender, total, done, counts, pause, perHour, leftMs }: Progress, paint: Paint): string {
  const states = (Object.entries(counts) as [OutboxState, number][]).filter(([, count]) => count > 0)
  const colour = (state: OutboxState, text: string) => (COLOURS[state] ? paint[COLOURS[state]](text) : text)
  const until = pause?.until === undefined ? '' : ` until ${localTime(pause.until)}`
  return [
    `${progressBar(done, total, paint)}  ${done.toLocaleString('en')} of ${total.toLocaleString('en')}\n`,
    pairs(
      [
        ['number', plainText(sender)],
        ['rate', perHour === undefined ? undefined : rateText(perHour)],
        ['time left', leftMs === undefined ? undefined : `about ${durationText(leftMs)}`],
        ['paused', pause && paint.yellow(plainText(`${pause.cause.replace('_', ' ')}${until}: ${pause.reason}`))],
        ...states.map(([state, count]) => [state, colour(state, count.toLocaleString('en'))] as const),
      ],
      paint,
    ),
  ].join('')
}

/** `2026-11-30 17:05`, in the time zone of this machine */
function localTime(at: number): string {
  const date = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${date.toTimeString().slice(0, 5)}`
}
