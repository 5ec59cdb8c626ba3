/// <reference types="node" />
import { readFileSync } from 'node:fs'

/** What the generated `schema.ts` of a plugin has types for. */
export interface GeneratedSchema {
  /** `POST /api/sessions` of the interface `paths`, with the operation's id. */
  readonly paths: ReadonlyMap<string, string>
  /** Ids of the interface `calls`. */
  readonly calls: readonly string[]
}

/** Reads the generated types as text, because types do not exist at run time. */
export function readGeneratedSchema(file: string | URL): GeneratedSchema {
  const source = readFileSync(file, 'utf8')
  const paths = new Map<string, string>()
  let path = ''
  for (const line of linesOf(source, 'paths')) {
    path = /^ {4}"([^"]+)": \{$/.exec(line)?.[1] ?? path
    const [, method, id] = /^ {8}(get|post|put|patch|delete): operations\["([^"]+)"\];$/.exec(line) ?? []
    if (method !== undefined && id !== undefined) paths.set(`${method.toUpperCase()} ${path}`, id)
  }
  const calls = linesOf(source, 'calls').flatMap((line) => /^ {4}"([^"]+)": /.exec(line)?.[1] ?? [])
  return { paths, calls }
}

function linesOf(source: string, name: string): string[] {
  const [, after = ''] = source.split(`\nexport interface ${name} {\n`, 2)
  return (after.split('\n}\n', 1)[0] ?? '').split('\n')
}
