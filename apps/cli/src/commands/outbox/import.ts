import type { CsvOptions, NewMessage, OpenCsv } from '@wamux/outbox'
import type { Context } from '../../command/context.ts'
import { createSources, type Sources } from '../../command/read-sources.ts'
import { UsageError } from '../../errors/usage-error.ts'
import { table } from '../../print/table.ts'
import { keepSmall } from '../../terminal/keep-small.ts'
import { fs } from '../../terminal/node-fs.ts'
import { createProgressLine } from '../../terminal/progress-line.ts'
import { withOutbox } from './open.ts'
import { storeFlag } from './store.ts'

/** Number of messages that a dry run shows to people; programs get all. */
const MOST_SHOWN = 20

/** `wamux outbox import` */
export async function importList(context: Context): Promise<undefined> {
  const { values, terminal, printResult, paint, say } = context
  const sources = createSources(terminal)
  const open = await csvOf(values.required('file'), sources)
  const options = await optionsFrom(context, sources)
  const dry = values.is('dry-run')
  if (dry) return showAll(context, open, options)
  const { importCsv } = await import('@wamux/outbox')
  const progress = createProgressLine(terminal, values.is('quiet'))
  const imported = await withOutbox(context, { title: 'outbox import', make: true }, async ({ outbox, shown }) => {
    let done = 0
    const add = async (messages: readonly NewMessage[]) => {
      const result = await outbox.add(messages)
      done += messages.length
      progress.show(`${done.toLocaleString('en')} rows…`)
      return result
    }
    const result = await importCsv({ add }, open, options).finally(progress.clear)
    return { ...result, store: shown, sender: outbox.sender }
  })
  const { rows, added, known } = imported
  await printResult({
    data: imported,
    text: () =>
      rows === 0 ? `${NO_ROWS}\n` : `${paint.bold(String(added))} of ${rows} messages added to ${imported.store}${knownText(known)}\n`,
  })
  if (added > 0) say(`Nothing was sent yet: wamux outbox run${storeFlag(values)}`)
  return undefined
}

const NO_ROWS = 'The file has a header and no rows: there is nothing to add.'

/** Rows that add nothing, in words. */
function knownText(known: number): string {
  return known === 0 ? '' : `; ${known} ${known === 1 ? 'has a key that is' : 'have keys that are'} on the list already`
}

/** Renders every row; nothing is added, and no gateway or store is asked. */
async function showAll(
  { json, output, printResult, paint, columns, say }: Context,
  open: OpenCsv,
  options: CsvOptions,
): Promise<undefined> {
  keepSmall()
  const { importCsv, previewCsv } = await import('@wamux/outbox')
  const keys = new Set<string>()
  const add = async (messages: readonly NewMessage[]) => {
    const before = keys.size
    // without keys of its own, a message is known by recipient and content
    for (const { key, to, text, file } of messages) keys.add(key ?? JSON.stringify([to, text, file?.url]))
    const added = keys.size - before
    return { added, known: messages.length - added }
  }
  const { rows, added, known } = await importCsv({ add }, open, options)
  const messages = await previewCsv(open, options, json || output.filter !== undefined ? Number.POSITIVE_INFINITY : MOST_SHOWN)
  await printResult({
    data: { rows, added, known, messages },
    rows: messages,
    text: () =>
      table(
        messages,
        [
          { title: 'TO', text: ({ to }) => to, whole: true },
          { title: 'KEY', text: ({ key = '' }) => key },
          { title: 'FILE', text: ({ file }) => file?.url ?? '' },
          { title: 'TEXT', text: ({ text = '' }) => text },
        ],
        paint,
        columns,
      ),
  })
  const twice = known === 0 ? '' : ` ${known} of them ${known === 1 ? 'is' : 'are'} in the file twice, and would not be added.`
  const all = rows === 0 ? NO_ROWS : `${rows} ${rows === 1 ? 'message' : 'messages'}, all of them complete.${twice}`
  say(`${all} This was a dry run: nothing was added, and nothing is sent.`)
  return undefined
}

/** How the file is opened, twice: stdin is kept in memory for that. */
async function csvOf(file: string, sources: Sources): Promise<OpenCsv> {
  if (file === '-') {
    const text = await sources.bytes('-')
    return async function* () {
      yield text
    }
  }
  try {
    fs.accessSync(file, fs.constants.R_OK)
    if (fs.statSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' })
  } catch (error) {
    throw new UsageError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  return () => fs.createReadStream(file, { highWaterMark: 1 << 18 })
}

async function optionsFrom({ values }: Context, sources: Sources): Promise<CsvOptions> {
  const template = values.text('template')
  const given = values.text('text')
  const url = values.text('url')
  if (template !== undefined && given !== undefined)
    throw new UsageError('--template and --text are both the text.', 'Leave one of them out.')
  if (template === undefined && given === undefined && url === undefined) {
    throw new UsageError(
      'It is not said what the messages are.',
      'Say it with --template hello.txt, --text "Hello {name}" or --url https://…',
    )
  }
  // editors end a file with a line break, which is not part of the text
  const text = template === undefined ? given : (await sources.text(template)).replace(/\r?\n$/, '')
  const options = { text, file: url, as: values.text('as'), to: values.text('to'), key: values.text('key'), list: values.text('list') }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as CsvOptions
}
