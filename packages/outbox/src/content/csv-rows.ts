import { Readable } from 'node:stream'
import { GatewayError, invalidInput } from '@wamux/core'

/** Opens a CSV file from its beginning; it is called twice. `() => createReadStream('list.csv')` is one. */
export type OpenCsv = () => AsyncIterable<string | Uint8Array>

/** What may stand between two values: spreadsheets write a semicolon where the comma is the decimal point. */
const SEPARATORS = [',', ';', '\t']
/** The header is looked for in so many characters. */
const LONGEST_HEADER = 65_536

/**
 * Reads the rows of a CSV file, each by the names of its columns.
 *
 * @param open opens the file
 * @param checkColumns looks at the names in the header; what it throws ends the reading
 * @returns the rows
 * @throws {GatewayError} `invalid_request`: the file is empty, has another encoding than UTF-8 or UTF-16, or is malformed
 */
export async function* csvRows(
  open: OpenCsv,
  checkColumns: (columns: readonly string[]) => void,
): AsyncGenerator<Readonly<Record<string, string>>> {
  const { parse } = await import('csv-parse')
  const pieces = decoded(open())
  const beginning = await headOf(pieces)
  if (beginning.trim() === '') throw invalidInput('csv', 'expected a header with the names of the columns; the file is empty')
  const columns = (header: string[]) => {
    const names = header.map((name) => name.trim())
    checkColumns(names)
    return names
  }
  const parser = parse({ bom: true, skip_empty_lines: true, delimiter: separatorOf(beginning), columns })
  const source = Readable.from(following(beginning, pieces))
  source.on('error', (error) => parser.destroy(error))
  source.pipe(parser)
  try {
    for await (const values of parser as AsyncIterable<Record<string, string>>) yield values
  } catch (error) {
    throw readable(error)
  } finally {
    source.destroy()
  }
}

/** The text of a file. Letters of another encoding would be sent broken, so it is refused. */
async function* decoded(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined
  try {
    for await (const piece of pieces) {
      if (typeof piece === 'string') yield piece
      else {
        decoder ??= new TextDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8', { fatal: true })
        yield decoder.decode(piece, { stream: true })
      }
    }
    if (decoder) yield decoder.decode()
  } catch (error) {
    if ((error as { readonly code?: unknown }).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    const hint = 'Save the file as UTF-8: spreadsheets call it "CSV UTF-8".'
    throw invalidInput('csv', 'expected UTF-8; the file has another encoding', { hint, cause: error })
  }
}

/** The beginning of a text, with its first line that is not empty. */
async function headOf(pieces: AsyncIterator<string>): Promise<string> {
  let head = ''
  while (head.length < LONGEST_HEADER && !head.trimStart().includes('\n')) {
    const { done, value } = await pieces.next()
    if (done) break
    head += value
  }
  return head
}

async function* following(beginning: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield beginning
  yield* pieces
}

/** The separator that the header has most of; a comma where there is none. */
function separatorOf(beginning: string): string {
  const counts = SEPARATORS.map(() => 0)
  let quoted = false
  for (const character of beginning.trimStart()) {
    if (character === '"') quoted = !quoted
    if (quoted) continue
    if (character === '\n' || character === '\r') break
    const index = SEPARATORS.indexOf(character)
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1
  }
  const most = counts.reduce((best, count, index) => (count > (counts[best] ?? 0) ? index : best), 0)
  return SEPARATORS[most] ?? ','
}

/** Says in plain words what the parser found; our own errors are thrown as they are. */
function readable(error: unknown): unknown {
  if (GatewayError.is(error) || !(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) return error
  const { code, lines, record, columns } = error as Error & Readonly<Record<'code' | 'lines' | 'record' | 'columns', unknown>>
  const details = {
    cause: error,
    hint: 'A value that holds the separator, a quote or a line break stands in double quotes, and a quote in it is "".',
  }
  if (code === 'CSV_RECORD_INCONSISTENT_COLUMNS' && Array.isArray(record) && Array.isArray(columns)) {
    return invalidInput(
      'csv',
      `line ${String(lines)} has ${record.length} ${record.length === 1 ? 'value' : 'values'}, and the header ${columns.length}`,
      details,
    )
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return invalidInput('csv', `the quote that begins on line ${String(lines)} has no end`, details)
  return invalidInput('csv', error.message, details)
}
