import { basename } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'
import { fs } from '../terminal/node-fs.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** Reads what the command line names: files, and stdin for `-`. */
export interface Sources {
  /** All of stdin, without the line break at its end. @throws UsageError when something else has read it already */
  stdin(): Promise<string>
  /** @throws UsageError when the file cannot be read */
  bytes(path: string): Promise<Buffer>
  /** The text of a file, or of stdin for `-`, without a byte order mark. @throws UsageError when it cannot be read, or is no text in UTF-8 */
  text(path: string): Promise<string>
  /** A file with its name and the content type of its file extension, for forms. */
  file(path: string): Promise<File>
  /**
   * JSON from `@file`, `-`, or the text itself.
   *
   * @param kind `object`: text that begins no object is the name of a file, also without `@`
   * @throws UsageError that says where it is wrong
   */
  json(text: string, kind?: 'object'): Promise<unknown>
}

/** @param terminal whose stdin is read; it is opened when a value asks for it, because opening takes time */
export function createSources(terminal: Pick<Terminal, 'stdin'>): Sources {
  let taken = false

  async function stdinBytes(): Promise<Buffer> {
    if (taken) throw new UsageError('Only one value can come from stdin.')
    const { stdin } = terminal
    if (stdin.isTTY) throw new UsageError('- means stdin, but nothing is piped in.')
    taken = true
    const chunks: Buffer[] = []
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
  }

  async function bytes(path: string): Promise<Buffer> {
    if (path === '-') return stdinBytes()
    refuseAddress(path, 'a file is expected', 'For an address there is a flag of its own: --url, or --file.url')
    try {
      return await fs.promises.readFile(path)
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      throw new UsageError(`${path} cannot be read (${code}).`, UNREADABLE.get(code))
    }
  }

  // echo and editors end a text with a line break, which is not part of it
  const stdinText = async () => decoded(await stdinBytes(), 'stdin').replace(/\r?\n$/, '')
  const text = async (path: string) => decoded(await bytes(path), path === '-' ? 'stdin' : path)

  return {
    stdin: stdinText,
    bytes,
    text,
    async file(path) {
      const data = new Uint8Array(await bytes(path))
      const { mimetypeOf } = await import('@wamux/core/verbs')
      // the type follows from the file's name: some gateways refuse a file without a type (415), others treat it as unknown bytes
      const type = mimetypeOf(path) ?? contentTypeOf(data)
      return new File([data], path === '-' ? 'file' : basename(path), type === undefined ? {} : { type })
    },
    async json(given, kind) {
      const bare = kind === 'object' && fs.existsSync(given) && given !== '-'
      const named = given.startsWith('@') || given === '-' || bare
      const source = given === '-' ? await stdinText() : named ? await text(bare ? given : given.slice(1)) : given
      try {
        return JSON.parse(source.replace(/^\ufeff/, ''))
      } catch (error) {
        const name = given === '-' ? 'stdin' : named ? given.replace(/^@/, '') : 'The value'
        // the parser's message quotes the text, which may hold a secret
        const reason = (error as Error).message.split('\n', 1)[0]?.replace(/, (\.\.\.)?".*$/s, '')
        throw new UsageError(`${name} is no JSON: ${reason}.`, 'Put it in single quotes, or use @file.json or - for stdin')
      }
    },
  }
}

const UNREADABLE: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'There is no such file.'],
  ['ENOTDIR', 'There is no such file.'],
  ['ENAMETOOLONG', 'This is longer than the name of a file can be.'],
  ['EISDIR', 'It is a folder. Give a file in it.'],
  ['EACCES', 'You may not read it.'],
  ['EPERM', 'You may not read it.'],
])

/**
 * Refuses an address where the command line names a file. A link has a flag of its own, and the others would be looked for as files.
 *
 * @param place what is expected: `a file is expected`
 * @param hint what to do with a link
 * @throws {UsageError} it is a link, a data URL or a file URL
 */
export function refuseAddress(path: string, place: string, hint: string): void {
  // query and user name of an address may hold a secret
  if (/^https?:\/\//i.test(path)) {
    const shown = path.replace(/[?#].*/s, '').replace(/\/\/[^/]*@/, '//')
    throw new UsageError(`${shown} is an address, and ${place}.`, hint)
  }
  if (/^data:[^,]*,/i.test(path)) throw new UsageError(`A data URL is given, and ${place}.`, 'Give - and pipe the bytes in.')
  if (/^file:\/\//i.test(path)) throw new UsageError(`${path} is an address, and ${place}.`, 'Give the path alone, without file://')
}

/** How files of a kind begin: what stands at which byte. */
const BEGINNINGS: readonly (readonly [at: number, bytes: string, type: string])[] = [
  [0, '\u00ff\u00d8\u00ff', 'image/jpeg'],
  [0, '\u0089PNG', 'image/png'],
  [0, 'GIF8', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [8, 'WAVE', 'audio/wav'],
  [4, 'ftypM4A', 'audio/mp4'],
  [4, 'ftypqt', 'video/quicktime'],
  [4, 'ftyp3gp', 'video/3gpp'],
  ...['isom', 'iso', 'mp4', 'avc1', 'M4V', 'MSNV', 'dash'].map((brand) => [4, `ftyp${brand}`, 'video/mp4'] as const),
  [28, 'OpusHead', 'audio/ogg; codecs=opus'],
  [0, 'OggS', 'audio/ogg'],
  [0, 'ID3', 'audio/mpeg'],
  ...['\u00fb', '\u00f3', '\u00f2'].map((layer) => [0, `\u00ff${layer}`, 'audio/mpeg'] as const),
  [0, '%PDF-', 'application/pdf'],
]

/**
 * The content type of bytes that have no name with an extension, as from stdin. Otherwise a picture would be sent as another kind of picture.
 *
 * @returns `undefined` when the beginning tells nothing
 */
export function contentTypeOf(data: Uint8Array): string | undefined {
  const beginning = Buffer.from(data.subarray(0, 36)).toString('latin1')
  return BEGINNINGS.find(([at, bytes]) => beginning.startsWith(bytes, at))?.[2]
}

/** Reads UTF-8, and UTF-16 where a byte order mark says so: Windows PowerShell writes that. Another encoding would send broken letters. */
function decoded(data: Uint8Array, name: string): string {
  const encoding = data[0] === 0xff && data[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(data)
  } catch {
    throw new UsageError(`${name} is no text in UTF-8.`, 'Save it as UTF-8: editors and spreadsheets ask for the encoding.')
  }
}
