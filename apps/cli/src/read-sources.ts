import type { Values } from './args.ts'
import type { CommandSpec } from './command.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Fetches the values that stand elsewhere: `-` is stdin, and for JSON `@file` is a file.
 *
 * @throws UsageError when a file cannot be read or is not JSON
 */
export async function readSources(spec: CommandSpec, values: Values, stdin: Terminal['stdin']): Promise<Values> {
  const read = new Map<string, string>()
  for (const [name, { from }] of Object.entries(spec.args ?? {})) {
    const value = values.text(name)
    if (!from || value === undefined) continue
    const text = await textOf(name, value, from, stdin)
    if (text === '') throw new UsageError(`<${name}> is empty.`)
    if (from === 'json') checkJson(name, text)
    read.set(name, text)
  }
  const text = (name: string) => read.get(name) ?? values.text(name)
  return { ...values, text, required: (name) => text(name) ?? '' }
}

async function textOf(name: string, value: string, from: 'stdin' | 'json', stdin: Terminal['stdin']): Promise<string> {
  if (value === '-') return readAll(stdin)
  if (from !== 'json' || !value.startsWith('@')) return value
  const { readFile } = await import('node:fs/promises')
  try {
    return await readFile(value.slice(1), 'utf8')
  } catch (error) {
    throw new UsageError(`<${name}>: ${value.slice(1)} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

async function readAll(stdin: Terminal['stdin']): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  // the line break that echo and editors put at the end is not part of the text
  return Buffer.concat(chunks)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}

function checkJson(name: string, text: string): void {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return
  } catch (error) {
    throw new UsageError(`<${name}> is no JSON: ${(error as Error).message}.`, `Put it in single quotes, or use @file.json or - for stdin`)
  }
  throw new UsageError(`<${name}> has to be a JSON object: {"name":"value"}.`)
}
