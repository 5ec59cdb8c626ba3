import { padText, plainText, textWidth, widestOf, wrapText } from '../../print/text-width.ts'
import type { Paint } from '../../terminal/terminal.ts'
import type { SpecDiff } from './diff/diff-specs.ts'
import type { Difference } from './diff/difference.ts'

/** How a comparison is shown. */
export interface DiffStyle {
  readonly paint: Paint
  readonly columns: number
  /** Lists the known differences with their reasons. */
  readonly all: boolean
}

/** One line about one or several differences that belong together. */
interface Line {
  readonly operation: string
  readonly kind: string
  readonly name: string
  readonly text: string
}

const KIND_WIDTH = 10
const WIDEST_NAME = 34

/** A comparison for people. */
export function diffText(diff: SpecDiff, style: DiffStyle): string {
  const { paint, all } = style
  const { added, removed, changed, known, unused } = diff
  const parts = [
    `${paint.bold(plainText(diff.ours.title))} here, ${paint.bold(plainText(diff.theirs.title))} in ${plainText(diff.theirs.source)}\n`,
    section('Added: the vendor has it, we do not', added, style, paint.green),
    section('Removed: we have it, the vendor does not', removed, style, paint.red),
    section('Changed: both have it, and differ', changed, style, paint.yellow),
  ]
  if (all) {
    for (const reason of new Set(known.map((one) => one.reason))) {
      const same = known.filter((one) => one.reason === reason)
      parts.push(section(`Known: ${reason}`, same, style, paint.cyan))
    }
    if (unused.length > 0) parts.push(unusedText(diff, style))
  }
  parts.push(summary(diff, style))
  return parts.filter((part) => part !== '').join('\n')
}

function section(title: string, differences: readonly Difference[], { columns }: DiffStyle, mark: Paint['bold']): string {
  if (differences.length === 0) return ''
  const lines = linesOf(differences)
  const width = Math.min(WIDEST_NAME, widestOf(lines.map(({ name }) => name)))
  const text = wrapText(plainText(title), columns).map((line) => `${mark(line)}\n`)
  let operation = ''
  for (const line of lines) {
    if (line.operation !== operation) text.push(`  ${plainText(line.operation)}\n`)
    operation = line.operation
    for (const one of detail(line, width, columns)) text.push(`${one}\n`)
  }
  return text.join('')
}

function detail({ kind, name, text }: Line, width: number, columns: number): string[] {
  if (kind === 'operation') return []
  const head = `    ${padText(kind, KIND_WIDTH)}  ${padText(name, width)}`
  if (text === '') return [head.trimEnd()]
  if (textWidth(`${head}  ${text}`) <= columns) return [`${head}  ${text}`]
  const indent = ' '.repeat(KIND_WIDTH + 6)
  return [head.trimEnd(), ...wrapText(text, Math.max(20, columns - indent.length)).map((line) => indent + line)]
}

function linesOf(differences: readonly Difference[]): Line[] {
  const lines = new Map<string, Line>()
  for (const one of differences) {
    const value = one.kind === 'enum' ? (one.theirs ?? one.ours ?? '') : ''
    const bare = value === '' ? (one.name ?? '') : (one.name ?? '').slice(0, -value.length - 1)
    const name = plainText([one.kind === 'status' ? '' : one.in, bare].filter(Boolean).join(' '))
    const key = `${one.operation}\n${one.kind}\n${one.change}\n${name}`
    const before = value === '' ? undefined : lines.get(key)
    const text = plainText(value === '' ? sides(one) : before ? `${before.text}, ${value}` : value)
    lines.set(value === '' ? `${key}\n${lines.size}` : key, { operation: one.operation, kind: one.kind, name, text })
  }
  return [...lines.values()]
}

function sides({ kind, change, ours, theirs }: Difference): string {
  if (kind === 'status') return ''
  return change === 'changed' ? `here ${ours ?? '-'}, there ${theirs ?? '-'}` : (theirs ?? ours ?? '')
}

function unusedText({ unused }: SpecDiff, { paint, columns }: DiffStyle): string {
  const lines = unused.map(({ operations, kind, names }) => `${operations.join(', ')}: ${kind} ${names.join(', ')}`.trimEnd())
  const title = paint.dim('In the list of known differences, not found in this document')
  return `${title}\n${lines.flatMap((line) => wrapText(plainText(line), columns - 4).map((part, index) => `${index === 0 ? '  ' : '    '}${part}\n`)).join('')}`
}

function summary({ same, added, removed, changed, known, only }: SpecDiff, { paint, all }: DiffStyle): string {
  const counts = same ? 'No differences' : `${added.length} added, ${removed.length} removed, ${changed.length} changed`
  const explained = known.length === 0 ? '' : `; ${known.length} known and explained${all ? '' : ' (--all lists them)'}`
  const text = `${counts} in ${only.join(', ')}${explained}.`
  return `${same ? paint.green(text) : paint.bold(text)}\n`
}
