import { writeFile } from 'node:fs/promises'
import { jsonText } from '../print/json.ts'
import { plainText } from '../print/text-width.ts'
import type { Terminal } from '../terminal/terminal.ts'

/**
 * Saves the response of a gateway to a file: bytes and text unchanged, everything else as JSON.
 *
 * @throws Error when the file cannot be written; no UsageError, because the call was made
 */
export async function saveBytes(file: string, data: unknown, contentType: string, say: (text: string) => void): Promise<void> {
  const content = data instanceof Uint8Array ? data : typeof data === 'string' ? data : `${jsonText(data)}\n`
  try {
    await writeFile(file, content)
  } catch (error) {
    throw new Error(`It was done, and the answer cannot be written to ${file} (${(error as NodeJS.ErrnoException).code}).`)
  }
  const size = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength
  say(`Saved to ${plainText(file)} (${contentType ? `${plainText(contentType)}, ` : ''}${size} bytes).`)
}

/** Writes bytes to stdout, unless stdout is a terminal. */
export function writeBytes(data: Uint8Array, contentType: string, { stdout }: Pick<Terminal, 'stdout'>, say: (text: string) => void): void {
  if (stdout.isTTY === true)
    say(`${data.byteLength} bytes of ${plainText(contentType) || 'unknown type'} came, which a terminal cannot show. Save them: --out FILE`)
  else stdout.write(data)
}
