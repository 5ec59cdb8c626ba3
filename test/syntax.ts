import { stripTypeScriptTypes } from 'node:module'
import { parse } from 'acorn'
import { files } from './workspace.ts'

/** A part of a source, as acorn reads it. */
export interface SyntaxNode {
  readonly type: string
  readonly loc: { readonly start: { readonly line: number } }
  readonly [part: string]: unknown
}

/** Sources that run at a user's. */
export const sources: readonly string[] = files.filter(
  (file) => /^(packages|apps)\/[^/]+\/src\/.*\.ts$/.test(file) && !/\.test\.ts$|\/generated\//.test(file),
)

/** Every part of a source, from the outside in. */
export function* nodesOf(code: string): Generator<SyntaxNode> {
  const options = { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true, locations: true } as const
  yield* inside(parse(stripTypeScriptTypes(code), options))
}

function* inside(value: unknown): Generator<SyntaxNode> {
  if (typeof value !== 'object' || value === null) return
  if (typeof (value as SyntaxNode).type === 'string') yield value as SyntaxNode
  for (const part of Object.values(value)) yield* inside(part)
}
