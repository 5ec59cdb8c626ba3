const WIDTH = 140

/** A value as TypeScript source: what fits stays on one line. */
export function printLiteral(value: unknown, indent = '', before: string = indent): string {
  const flat = printFlat(value)
  if (before.length + flat.length < WIDTH || typeof value !== 'object' || value === null) return flat
  const deeper = `${indent}  `
  const entries = Array.isArray(value)
    ? value.map((item) => printLiteral(item, deeper))
    : Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printLiteral(item, deeper, `${deeper}${key}: `)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return `${open}\n${entries.map((entry) => `${deeper}${entry},\n`).join('')}${indent}${close}`
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printString(key)
}

function printString(value: string): string {
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replace(/\\.|'/g, (found) => (found === '\\"' ? '"' : found === "'" ? "\\'" : found))
  return `'${escaped}'`
}

function printFlat(value: unknown): string {
  if (typeof value === 'string') return printString(value)
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printFlat(item)}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
