import { stripVTControlCharacters } from 'node:util'

/**
 * What a terminal shows after a program has written to it, as text: lines that were erased are gone. Knows what wamux writes: colours,
 * `\r`, erasing a line (`\x1b[2K`), going up (`\x1b[3A`) and erasing what is below (`\x1b[J`).
 */
export function screenText(written: string): string {
  const lines: string[] = ['']
  let row = 0
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a terminal obeys
  for (const part of written.split(/(\x1b\[\d*[AJK]|\r\n|\n|\r)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: as above
    const [, count = '', order] = /^\x1b\[(\d*)([AJK])$/.exec(part) ?? []
    if (order === 'A') row = Math.max(0, row - Number(count || 1))
    else if (order === 'J') lines.splice(row, lines.length, '')
    else if (order === 'K') lines[row] = ''
    else if (part === '\r\n' || part === '\n') {
      row++
      lines[row] ??= ''
    } else if (part !== '\r') lines[row] = (lines[row] ?? '') + stripVTControlCharacters(part)
  }
  const text = lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd()
  return text === '' ? '' : `${text}\n`
}
