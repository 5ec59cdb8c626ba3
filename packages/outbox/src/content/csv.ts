import { GatewayError, invalidInput } from '@wamux/core'
import type { FileKind, NewMessage } from '../message/message.ts'
import { recipientOf } from '../message/recipient.ts'
import type { Added, Outbox } from '../outbox.ts'
import { csvRows, type OpenCsv } from './csv-rows.ts'
import { readTemplate, type Template } from './template.ts'

/** How rows of a CSV file become messages. Values are templates: `{name}` is the column `name` of the row. */
export interface CsvOptions {
  /** The text, or the caption of the file: `Hello {name}`. */
  readonly text?: string
  /** Address of a file: `https://example.com/{id}.pdf`. Default: none. */
  readonly file?: string
  /** How the file is shown. Default `document`. */
  readonly as?: FileKind
  /** The recipient. Default `{phone}`. */
  readonly to?: string
  /** The message's key: `order-{id}`. Default: made from list, recipient and content. */
  readonly key?: string
  /** Name of the list. Default: empty. */
  readonly list?: string
}

/** What was imported. */
export interface Imported extends Added {
  /** Rows of the file, the header not counted. */
  readonly rows: number
}

/** Number of rows that become one write to the store. */
const BATCH = 1_000
/** Number of wrong rows that are named before reading stops. */
const MOST_PROBLEMS = 20

interface Templates {
  readonly to: Template
  readonly text: Template | undefined
  readonly file: Template | undefined
  readonly key: Template | undefined
}

/**
 * Puts the rows of a CSV file into an outbox. The whole file is checked before the first row is added, so a wrong row adds nothing. Memory
 * does not grow with the file.
 *
 * @param outbox the outbox
 * @param open opens the file; it is read twice
 * @param options how a row becomes a message
 * @returns how many rows there are, and how many messages are new
 * @throws {GatewayError} `invalid_request`: a column that a template names is not there, or a value is missing or malformed; the hint names
 *   up to 20 rows
 */
export async function importCsv(outbox: Pick<Outbox, 'add'>, open: OpenCsv, options: CsvOptions): Promise<Imported> {
  await checkCsv(open, options)
  let rows = 0
  let added = 0
  let known = 0
  let batch: NewMessage[] = []
  const flush = async () => {
    const result = await outbox.add(batch)
    added += result.added
    known += result.known
    batch = []
  }
  for await (const message of messagesOf(open, options)) {
    rows++
    batch.push(message)
    if (batch.length >= BATCH) await flush()
  }
  if (batch.length > 0) await flush()
  return { rows, added, known }
}

/**
 * Checks every row of a CSV file, as `importCsv` does, and adds nothing.
 *
 * @param open opens the file
 * @param options how a row becomes a message
 * @returns the number of rows
 * @throws {GatewayError} `invalid_request`: a column that a template names is not there, or a value is missing or malformed; the hint names
 *   up to 20 rows
 */
export async function checkCsv(open: OpenCsv, options: CsvOptions): Promise<number> {
  const problems: GatewayError[] = []
  let rows = 0
  for await (const _message of messagesOf(open, options, (problem) => problems.push(problem) < MOST_PROBLEMS)) rows++
  const [first] = problems
  if (!first) return rows
  const [hint, more] = [first.hint ?? '', problems.slice(1).map(({ message }) => message)]
  const others = more.length > 0 ? `Also wrong: ${more.join('. ')}. ` : ''
  const stopped = problems.length >= MOST_PROBLEMS ? 'Rows below were not looked at. ' : ''
  throw new GatewayError(first.message, { ...first, kind: 'invalid_request', hint: `${others}${stopped}Nothing was added. ${hint}`.trim() })
}

/**
 * Renders the first messages of a CSV file, for people to look at before anything is sent.
 *
 * @param open opens the file
 * @param options how a row becomes a message
 * @param count how many. Default 3
 * @returns the messages
 * @throws {GatewayError} `invalid_request`: one of these rows is wrong
 */
export async function previewCsv(open: OpenCsv, options: CsvOptions, count = 3): Promise<readonly NewMessage[]> {
  const shown: NewMessage[] = []
  if (count < 1) return shown
  for await (const message of messagesOf(open, options)) if (shown.push(message) >= count) break
  return shown
}

/** Reads rows and renders them. A wrong row is given to `skip`, which says whether to go on; without it, it is thrown. */
async function* messagesOf(open: OpenCsv, options: CsvOptions, skip?: (problem: GatewayError) => boolean): AsyncGenerator<NewMessage> {
  const optional = (name: 'text' | 'file' | 'key') => (options[name] === undefined ? undefined : readTemplate(options[name], name))
  const to = readTemplate(options.to ?? '{phone}', 'to')
  const templates: Templates = { to, text: optional('text'), file: optional('file'), key: optional('key') }
  if (!templates.text && !templates.file) throw invalidInput('text', 'expected a text or a file')
  let row = 1
  for await (const values of csvRows(open, (columns) => checkColumns(columns, templates))) {
    row++
    let message: NewMessage
    try {
      message = render(values, templates, options)
    } catch (error) {
      const problem = inRow(error, row)
      if (!skip) throw problem
      if (!skip(problem)) return
      continue
    }
    yield message
  }
}

function checkColumns(columns: readonly string[], templates: Templates): void {
  for (const [field, template] of Object.entries(templates) as [string, Template | undefined][]) {
    const missing = template?.names.find((name) => !columns.includes(name))
    if (missing === undefined) continue
    const other = field === 'to' && missing === 'phone' ? ' Another column with the numbers is named with to: {column}.' : ''
    const hint = `The first row names the columns, and they are written as there, capitals included.${other}`
    throw invalidInput(field, `expected the column "${missing}"; the file has ${columns.join(', ')}`, { hint })
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw invalidInput('csv', `expected each column once; "${twice}" is there twice`)
}

function render(values: Record<string, string>, { to, text, file, key }: Templates, { as, list }: CsvOptions): NewMessage {
  return {
    to: recipientOf(to.fill(values)),
    ...(text && { text: text.fill(values) }),
    ...(file && { file: { url: file.fill(values) } }),
    ...(as && { as }),
    ...(key && { key: key.fill(values) }),
    ...(list && { list }),
  }
}

function inRow(error: unknown, row: number): GatewayError {
  if (!GatewayError.is(error)) throw error
  return new GatewayError(`row ${row}: ${error.message}`, { ...error, kind: 'invalid_request' })
}
