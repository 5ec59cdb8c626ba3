import { readFileSync, writeFileSync } from 'node:fs'
import { against, extraCpu, type Figure, figuresOf, type Rounds, type Spread } from './figures.ts'

const README = new URL('../README.md', import.meta.url)
const BEGIN = '<!-- bench:begin -->'
const END = '<!-- bench:end -->'

/** The result as Markdown. @param about how and with what it was measured, a line each */
export function report(rounds: Rounds, about: readonly string[]): string {
  const figures = figuresOf(rounds)
  const offline = figures.filter(({ name }) => name.endsWith('no network'))
  const online = figures.filter((figure) => !offline.includes(figure))
  const fetchRows = online.map((figure) => [
    figure.name,
    figure.cpu.toFixed(1),
    spread(figure.cpuRatio),
    whole(figure.callsPerSecond),
    spread(figure.rateRatio),
    figure.rssMb.toFixed(0),
  ])
  const offlineRows = offline.map(({ name, cpu }) => [name, cpu.toFixed(1), spread(extraCpu(rounds, name, 'openapi-fetch, no network'), 1)])
  return [
    ...about.map((line) => `- ${line}`),
    '',
    ...table(['', 'CPU µs/call', 'x native fetch', 'calls/s', 'x native fetch', 'RSS MB'], fetchRows),
    '',
    ...table(['a fetch that answers at once', 'CPU µs/call', 'more than openapi-fetch'], offlineRows),
    '',
    ...table(['target', 'wanted', 'got', ''], targets(rounds, figures)),
  ].join('\n')
}

function targets(rounds: Rounds, figures: readonly Figure[]): string[][] {
  const overhead = extraCpu(rounds, 'wamux client, native fetch', 'openapi-fetch')
  const verb = extraCpu(rounds, 'wamux verb, native fetch', 'openapi-fetch')
  const rows = [
    target('typed client over bare openapi-fetch, CPU µs/call', '≤ 10', spread(overhead, 0), overhead.median <= 10),
    target('portable verb over bare openapi-fetch, CPU µs/call', '≤ 10', spread(verb, 0), verb.median <= 10),
  ]
  // the transport against what it replaces, and then each with all that wamux does for a call on top, which bare fetch does not do
  for (const name of ['node transport alone', 'wamux client, node transport', 'wamux verb, node transport'] as const) {
    const figure = figures.find((one) => one.name === name)
    if (!figure) continue
    rows.push(target(`${name}: CPU of native fetch`, '≤ 0.30', spread(figure.cpuRatio), figure.cpuRatio.median <= 0.3))
    rows.push(target(`${name}: calls/s of native fetch`, '≥ 4', spread(figure.rateRatio), figure.rateRatio.median >= 4))
  }
  const [cpu, rate] = against(rounds, 'wamux client, node transport', 'openapi-fetch')
  rows.push(target('wamux client, node transport: CPU of openapi-fetch', '≤ 0.30', spread(cpu), cpu.median <= 0.3))
  rows.push(target('wamux client, node transport: calls/s of openapi-fetch', '≥ 4', spread(rate), rate.median >= 4))
  // what was left out by --only has no figure
  return rows.filter(([, , got = '']) => !got.includes('NaN'))
}

function target(name: string, wanted: string, got: string, met: boolean): string[] {
  return [name, wanted, got, met ? 'met' : 'missed']
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => (row[column] ?? '').length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...rows.map(line)]
}

function spread({ median, low, high }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-GB')
}

/** Puts the result between the markers of the README. */
export function keep(result: string): void {
  const text = readFileSync(README, 'utf8')
  const [before, rest = ''] = text.split(BEGIN)
  const [, after] = rest.split(END)
  if (before === undefined || after === undefined) throw new Error(`the README lacks ${BEGIN} or ${END}`)
  writeFileSync(README, `${before}${BEGIN}\n\n${result}\n\n${END}${after}`)
}
