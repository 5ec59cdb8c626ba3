import { isObject, type JsonObject, listOf, objectOf, textOf } from '../openapi/json.ts'
import type { OperationModel } from '../openapi/model.ts'
import { pathShape } from '../openapi/path-key.ts'
import { usesSwagger2 } from '../openapi/spec-version.ts'

/** The prefix of every path: `basePath` of Swagger 2, the path of the first server of OpenAPI 3. */
export function basePathOf(document: JsonObject): string {
  if (usesSwagger2(document)) return trimmed(textOf(document.basePath) ?? '')
  const [server] = listOf(document.servers)
  if (!isObject(server)) return ''
  const variables = objectOf(server.variables)
  const url = (textOf(server.url) ?? '').replace(/\{([^{}]*)\}/g, (_, name: string) => String(objectOf(variables[name]).default ?? ''))
  // the host says nothing here
  const path = url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '').replace(/[?#].*/s, '')
  return trimmed(path)
}

function trimmed(path: string): string {
  const inner = path.replace(/^\/+|(?<!\/)\/+$/g, '')
  return inner === '' ? '' : `/${inner}`
}

/** A document's operations, by keys that fit those of the other document. */
export interface Aligned {
  readonly ours: ReadonlyMap<string, OperationModel>
  readonly theirs: ReadonlyMap<string, OperationModel>
}

/** One side of a comparison. */
export interface Side {
  readonly operations: readonly OperationModel[]
  readonly basePath: string
}

/** Pairs the operations of two documents. Each may write its base path in the paths or in the address of the server. */
export function align(ours: Side, theirs: Side): Aligned {
  const choices = [true, false].flatMap((first) =>
    [true, false].map((second): Aligned => ({ ours: keyed(ours, first), theirs: keyed(theirs, second) })),
  )
  // the address of the server in a document is often a placeholder, so every way is tried and the one with most matches is used
  const [best] = choices.map((one) => ({ one, score: matches(one) })).sort((a, b) => b.score - a.score)
  return best?.one ?? { ours: new Map(), theirs: new Map() }
}

function keyed({ operations, basePath }: Side, withBase: boolean): Map<string, OperationModel> {
  const before = withBase ? basePath : ''
  const map = new Map<string, OperationModel>()
  for (const operation of operations) {
    const key = `${operation.method} ${pathShape(before + operation.path)}`
    // a documented operation wins over an alternate method of another one
    if (!map.has(key) || map.get(key)?.alternate) map.set(key, operation)
  }
  return map
}

function matches({ ours, theirs }: Aligned): number {
  let count = 0
  for (const key of theirs.keys()) if (ours.has(key)) count += 1
  return count
}
