const CLASSES: Readonly<Record<string, string>> = { d: '7', w: 'a', s: ' ' }

/**
 * A text that fits a regular expression made of literals, classes, groups and counts.
 *
 * @throws {Error} when the expression uses anything else
 */
export function textLike(pattern: string): string {
  const reader = { rest: pattern.replace(/^\^/, '').replace(/\$$/, '') }
  const text = alternatives(reader)
  if (reader.rest !== '' || !new RegExp(pattern, 'u').test(text)) throw new Error(`no text is known for the pattern ${pattern}`)
  return text
}

interface Reader {
  rest: string
}

function alternatives(reader: Reader): string {
  const first = sequence(reader)
  while (reader.rest.startsWith('|')) {
    reader.rest = reader.rest.slice(1)
    sequence(reader)
  }
  return first
}

function sequence(reader: Reader): string {
  let text = ''
  while (reader.rest !== '' && !/^[|)]/.test(reader.rest)) {
    const one = atom(reader)
    text += one.repeat(count(reader))
  }
  return text
}

function atom(reader: Reader): string {
  const group = take(reader, /^\((?:\?:)?/)
  if (group) {
    const text = alternatives(reader)
    take(reader, /^\)/)
    return text
  }
  const [, set] = take(reader, /^\[((?:\\.|[^\]\\])+)\]/) ?? []
  if (set !== undefined) return memberOf(set)
  const [, escaped] = take(reader, /^\\(.)/) ?? []
  if (escaped !== undefined) return CLASSES[escaped] ?? escaped
  const [char = ''] = take(reader, /^./su) ?? []
  return char === '.' ? 'x' : char
}

function memberOf(set: string): string {
  if (!set.startsWith('^')) return set.startsWith('\\') ? (CLASSES[set.charAt(1)] ?? set.charAt(1)) : set.charAt(0)
  const found = ['a', '1', '-', ' '].find((one) => new RegExp(`[${set}]`, 'u').test(one))
  return found ?? ''
}

// more than the minimum, so that a text is rarely empty
function count(reader: Reader): number {
  if (take(reader, /^[*+]/)) return 8
  if (take(reader, /^\?/)) return 1
  const [, least, , most] = take(reader, /^\{(\d+)(,(\d*))?\}/) ?? []
  if (least === undefined) return 1
  return most ? Math.min(Number(most), Math.max(8, Number(least))) : Number(least)
}

function take(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  const match = expression.exec(reader.rest) ?? undefined
  if (match) reader.rest = reader.rest.slice(match[0].length)
  return match
}
