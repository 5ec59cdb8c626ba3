import type { OutboxChange, OutboxMessage, OutboxState } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { table } from '../../print/table.ts'
import { plainText } from '../../print/text-width.ts'
import { withOutbox } from './open.ts'

const PAGE = 1_000

/** A message as it is exported: times for people, one level deep. */
function exported({ key, to, list, state, reason, text, file, attempts, changedAt, messageId }: OutboxMessage): object {
  const changed = new Date(changedAt).toISOString()
  return {
    key,
    to,
    list,
    state,
    reason: reason ?? '',
    changed,
    attempts,
    messageId: messageId ?? '',
    text: text ?? '',
    file: file?.url ?? '',
  }
}

/** `wamux outbox export` */
export async function exportMessages(context: Context): Promise<undefined> {
  const { values, output, printResult, paint, columns, signal } = context
  const state = values.text('state') as OutboxState | undefined
  const list = values.text('list')
  const filter = { limit: PAGE, ...(state === undefined ? {} : { state }), ...(list === undefined ? {} : { list }) }
  // line by line a list of any length needs no memory
  const streams = output.format === 'ndjson' || output.format === 'csv'
  const kept: OutboxMessage[] = []
  await withOutbox(context, { title: 'outbox export' }, async ({ outbox }) => {
    for (let after = 0; !signal.aborted; ) {
      const page = await outbox.list({ ...filter, after })
      if (output.format === 'ndjson') for (const one of page) await printResult({ data: exported(one), text: () => '' })
      else if (streams) await printResult({ data: [], rows: page.map(exported), continued: after > 0, text: () => '' })
      else for (const one of page) kept.push(one)
      if (page.length < PAGE) return
      after = page.at(-1)?.seq ?? after
    }
  })
  if (streams) return undefined
  const rows = kept.map(exported)
  await printResult({
    data: { messages: rows },
    rows,
    text: () =>
      table(
        kept,
        [
          { title: 'KEY', text: ({ key }) => key, whole: true },
          { title: 'TO', text: ({ to }) => to, whole: true },
          { title: 'STATE', text: (one) => one.state },
          { title: 'CHANGED', text: ({ changedAt }) => new Date(changedAt).toISOString().slice(0, 19) },
          { title: 'REASON', text: ({ reason = '' }) => reason },
          { title: 'TEXT', text: ({ text = '', file }) => text || (file?.url ?? '') },
        ],
        paint,
        columns,
      ),
  })
  return undefined
}

/** `wamux outbox watch` */
export async function watchChanges(context: Context): Promise<undefined> {
  const { values, say } = context
  await withOutbox(context, { title: 'outbox watch' }, async ({ outbox, store }) => {
    const after = values.is('from-start') ? 0 : await store.lastChange()
    const limit = values.ms('timeout')
    const signal = limit === undefined ? context.signal : AbortSignal.any([context.signal, AbortSignal.timeout(limit)])
    say(`Watching ${outbox.sender}. Ctrl-C ends it.`)
    for await (const change of outbox.changes({ after, signal })) await printChange(change, context)
  })
  return undefined
}

/** Prints a change as a line for people, or as JSON. */
export async function printChange(change: Omit<OutboxChange, 'seq'>, { json, values, printResult, print, paint }: Context): Promise<void> {
  if (json || values.text('jq') !== undefined) return printResult({ data: change, text: () => '' })
  const { at, key, from, to, reason } = change
  const time = paint.dim(new Date(at).toTimeString().slice(0, 8))
  const colour = to === 'refused' ? paint.red : to === 'unknown' ? paint.yellow : paint.cyan
  print(`${time} ${paint.bold(plainText(key))}  ${from ?? 'new'} → ${colour(to)}${reason ? `: ${plainText(reason)}` : ''}\n`)
}
