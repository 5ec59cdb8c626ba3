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
  /** A file with its name and the content type that its name stands for, for forms. */
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
    if (stdin.isTTY) throw new UsageError('- stands for stdin, and nothing is piped in.')
    taken = true
    const chunks: Buffer[] = []
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
    return Buffer.concat(chunks)
  }

  async function bytes(path: string): Promise<Buffer> {
    if (path === '-') return stdinBytes()
    if (/^https?:\/\//i.test(path)) {
      throw new UsageError(
        `${path.replace(/[?#].*/s, '')} is an address, and a file is expected.`,
        'For an address there is a flag of its own: --url, or --file.url',
      )
    }
    try {
      return await fs.promises.readFile(path)
    } catch (error) {
      throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
    }
  }

  // echo and editors end a text with a line break, which is not part of it
  const stdinText = async () => (await stdinBytes()).toString('utf8').replace(/\r?\n$/, '')

  return {
    stdin: stdinText,
    bytes,
    async file(path) {
      const data = new Uint8Array(await bytes(path))
      const { mimetypeOf } = await import('@wamux/core/verbs')
      // the type follows from the file's name: some gateways refuse a file without a type (415), others treat it as unknown bytes
      const type = mimetypeOf(path)
      return new File([data], path === '-' ? 'file' : basename(path), type === undefined ? {} : { type })
    },
    async json(text, kind) {
      const bare = kind === 'object' && fs.existsSync(text) && text !== '-'
      const named = text.startsWith('@') || text === '-' || bare
      const source = text === '-' ? await stdinText() : named ? (await bytes(bare ? text : text.slice(1))).toString('utf8') : text
      try {
        return JSON.parse(source.replace(/^\ufeff/, ''))
      } catch (error) {
        const name = text === '-' ? 'stdin' : named ? text.replace(/^@/, '') : 'The value'
        // the parser's message quotes the text, which may hold a secret
        const reason = (error as Error).message.split('\n', 1)[0]?.replace(/, (\.\.\.)?".*$/s, '')
        throw new UsageError(`${name} is no JSON: ${reason}.`, 'Put it in single quotes, or use @file.json or - for stdin')
      }
    },
  }
}
