import { isRecord } from '../document/json.ts'

const WIDTH = 140

/**
 * A value as TypeScript source in the style of the house: what fits stays on one line, the rest has one entry per line.
 * `before` is what stands on the first line already.
 */
export function printLiteral(value: unknown, indent = '', before: string = indent): string {
  const flat = printFlat(value)
  if (before.length + flat.length < WIDTH || !(isRecord(value) || Array.isArray(value))) return flat
  const deeper = `${indent}  `
  const entries = Array.isArray(value)
    ? value.map((item) => printLiteral(item, deeper))
    : Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printLiteral(item, deeper, `${deeper}${printKey(key)}: `)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${entries.map((entry) => `${deeper}${entry},\n`).join('')}${indent}${close}`
}

/** A string as TypeScript source. */
export function printString(value: string): string {
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replace(/\\.|'/g, (found) => (found === '\\"' ? '"' : found === "'" ? "\\'" : found))
  return `'${escaped}'`
}

/** Text for the inside of a TSDoc comment. */
export function printComment(text: string): string {
  return text.replaceAll('*/', '*\\/')
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printString(key)
}

function printFlat(value: unknown): string {
  if (typeof value === 'string') return printString(value)
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`
  if (!isRecord(value)) return String(value)
  const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printFlat(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
