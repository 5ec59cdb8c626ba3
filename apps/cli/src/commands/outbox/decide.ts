import type { OutboxMessage } from '@wamux/outbox'
import { confirmed } from '../../command/confirm.ts'
import type { Context } from '../../command/context.ts'
import { createSources } from '../../command/read-sources.ts'
import { EXIT } from '../../errors/exit-codes.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { plainText } from '../../print/text-width.ts'
import { type OpenedOutbox, withOutbox } from './open.ts'
import { storeFlag } from './store.ts'

const PAGE = 500

/** `wamux outbox pause` */
export async function pauseList(context: Context): Promise<undefined> {
  const { values, printResult } = context
  await withOutbox(context, { title: 'outbox pause' }, async ({ outbox }) => {
    await outbox.pause(values.text('reason'))
    const { pause } = await outbox.status()
    await printResult({
      data: { sender: outbox.sender, pause },
      text: () => `${plainText(outbox.sender)} is paused: wamux outbox resume${storeFlag(values)} goes on\n`,
    })
  })
  return undefined
}

/** `wamux outbox resume` */
export async function resumeList(context: Context): Promise<undefined> {
  await withOutbox(context, { title: 'outbox resume' }, async ({ outbox }) => {
    await outbox.resume()
    await context.printResult({ data: { sender: outbox.sender }, text: () => `${plainText(outbox.sender)} is not paused any more\n` })
  })
  return undefined
}

/** `wamux outbox cancel` @returns 5 when a key was named that is not queued */
export async function cancelMessages(context: Context): Promise<number | undefined> {
  const { values, printResult } = context
  const keys = values.all('keys')
  const list = values.text('list')
  const chosen = [keys.length > 0, list !== undefined, values.is('all')].filter(Boolean).length
  if (chosen !== 1)
    throw new UsageError(
      'Which messages? Name keys, or --list NAME, or --all.',
      `wamux outbox export --state queued${storeFlag(values)} shows them.`,
    )
  return withOutbox(context, { title: 'outbox cancel' }, async ({ outbox }) => {
    if (keys.length === 0) {
      const what = list === undefined ? 'takes all queued messages back' : `takes the queued messages of "${list}" back`
      const ended = await confirmed({ what }, context)
      if (ended !== undefined) return ended
    }
    const cancelled = keys.length > 0 ? await outbox.cancel(keys) : await cancelAll(outbox, list)
    await printResult({ data: { cancelled }, text: () => `${cancelled} taken back\n` })
    return cancelled < new Set(keys).size ? EXIT.notFound : undefined
  })
}

async function cancelAll(outbox: OpenedOutbox['outbox'], list: string | undefined): Promise<number> {
  let cancelled = 0
  for (let after = 0; ; ) {
    const page = await outbox.list({ state: 'queued', after, limit: PAGE, ...(list === undefined ? {} : { list }) })
    cancelled += await outbox.cancel(page.map(({ key }) => key))
    if (page.length < PAGE) return cancelled
    after = page.at(-1)?.seq ?? after
  }
}

const DECISIONS = { sent: 'sent', resend: 'resend', 'give-up': 'give_up' } as const

/** `wamux outbox resolve` */
export async function resolveMessage(context: Context): Promise<number | undefined> {
  const { values, printResult } = context
  const key = values.required('key')
  const said = values.required('decision').replace('_', '-')
  if (!Object.hasOwn(DECISIONS, said))
    throw new UsageError(`The decision is sent, resend or give-up, not "${values.required('decision')}".`)
  const decision = DECISIONS[said as keyof typeof DECISIONS]
  const hint = `wamux outbox export --state unknown${storeFlag(values)} shows those that can be decided.`
  return withOutbox(context, { title: 'outbox resolve' }, async ({ outbox, store }) => {
    const message = await store.get(key)
    if (message?.sender !== outbox.sender) throw await notUnknown(undefined, key, hint)
    if (message.state !== 'unknown') throw await notUnknown(message, key, hint)
    if (decision === 'resend') {
      const ended = await confirmed({ what: `sends ${key} again, although it may have arrived` }, context)
      if (ended !== undefined) return ended
    }
    const now = await outbox.resolve(key, decision)
    if (!now) throw await notUnknown(await store.get(key), key, hint)
    await printResult({ data: now, text: () => `${plainText(key)} is ${now.state}\n` })
    return undefined
  })
}

async function notUnknown(message: OutboxMessage | undefined, key: string, hint: string): Promise<Error> {
  const { GatewayError } = await import('@wamux/core')
  if (!message) return new GatewayError(`There is no message "${key}" on this list.`, { kind: 'not_found', hint })
  return new GatewayError(`The message "${key}" is ${message.state}, not unknown.`, { kind: 'conflict', hint })
}

/** `wamux outbox opt-out` */
export async function optOut(context: Context): Promise<undefined> {
  const { values, terminal, printResult } = context
  const file = values.text('file')
  const text = file === undefined ? '' : await createSources(terminal).text(file)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const numbers = [...values.all('numbers'), ...lines.filter((line) => line !== '')]
  if (numbers.length === 0) throw new UsageError('Who wants no messages? Name numbers, or a file with --file.')
  await withOutbox(context, { title: 'outbox opt-out', make: true }, async ({ outbox }) => {
    await outbox.optOut(numbers)
    await printResult({ data: { optedOut: numbers.length }, text: () => `${numbers.length} get no messages any more\n` })
  })
  return undefined
}
