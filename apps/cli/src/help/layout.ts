import type { FlagSpec } from '../command/flags.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { padText, textWidth, widestOf, wrapText } from '../print/text-width.ts'
import type { Paint } from '../terminal/terminal.ts'

/** What help texts are written with. */
export interface HelpView {
  readonly paint: Paint
  readonly width: number
  readonly plugins: Plugins
}

/** `quiet` -> `--quiet`, `f` -> `-f` */
export function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name}`
}

/** How the value of a flag is shown behind its name: ` <id>`, `[=fields]`; empty for a flag without one. */
export function valueText({ value, optional }: FlagSpec): string {
  if (value === undefined) return ''
  return optional ? `[=${value}]` : ` <${value}>`
}

/** A name and its description, one line of a list in help. */
export type Pair = readonly [name: string, about: string]

export function flagPairs(flags: Readonly<Record<string, FlagSpec>>): Pair[] {
  return Object.entries(flags)
    .filter(([, { hidden }]) => !hidden)
    .map(([name, flag]) => [`${flag.short ? `-${flag.short}, ` : ''}${dashed(name)}${valueText(flag)}`, flag.about])
}

/** Lines under a heading. */
export function section(title: string, lines: readonly string[], { paint }: Pick<HelpView, 'paint'>): string {
  return `${paint.bold(title)}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const LONGEST_NAME = 26

/** Names with descriptions, under a heading. */
export function list(title: string, entries: readonly Pair[], view: Pick<HelpView, 'paint' | 'width'>): string {
  const { paint, width } = view
  const name = Math.min(LONGEST_NAME, widestOf(entries.map(([one]) => one)))
  const indent = ' '.repeat(name + 4)
  const lines = entries.flatMap(([one, about]) => {
    const wrapped = wrapText(about, width - name - 4)
    // a name that is too long gets its own line
    if (textWidth(one) > name) return [paint.cyan(one), ...wrapped.map((line) => `${indent.slice(2)}${line}`)]
    return wrapped.map((line, index) => (index === 0 ? `${paint.cyan(padText(one, name))}  ${line}` : `${indent.slice(2)}${line}`))
  })
  return section(title, lines, view)
}

/** `all sessions` -> `All sessions.` */
export function sentence(about: string): string {
  return `${about.charAt(0).toUpperCase()}${about.slice(1)}${/[….!?]$/.test(about) ? '' : '.'}`
}
