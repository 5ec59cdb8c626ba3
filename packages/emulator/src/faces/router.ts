import type { HttpMethod, Operation, OperationTable } from '@wamux/core'
import type { Handler } from './handler.ts'

export interface Match {
  readonly operation: Operation
  /** Absent when the emulator does not play this operation. */
  readonly handler: Handler | undefined
  readonly params: Readonly<Record<string, string>>
}

export type Router = (method: string, path: string) => Match | undefined

interface Entry {
  readonly operation: Operation
  readonly handler: Handler | undefined
  readonly segments: readonly string[]
}

/**
 * Finds the operation behind a method and path. Both come from the gateway's operation table, so no face can answer on a path that its
 * document does not know.
 *
 * @param handlers by operation id
 * @throws {Error} for an id that the table lacks
 */
export function createRouter(table: OperationTable, handlers: Readonly<Record<string, Handler>>): Router {
  const entries = new Map<string, Entry[]>()
  for (const id of Object.keys(handlers)) {
    if (!Object.hasOwn(table.operations, id)) throw new Error(`there is no operation ${id}`)
  }
  for (const operation of Object.values(table.operations)) {
    const segments = operation.path.split('/').slice(1)
    const handler = Object.hasOwn(handlers, operation.id) ? handlers[operation.id] : undefined
    for (const method of [operation.method, ...(operation.alternateMethods ?? [])] satisfies HttpMethod[]) {
      const key = `${method} ${segments.length}`
      entries.set(key, [...(entries.get(key) ?? []), { operation, handler, segments }])
    }
  }
  for (const [key, group] of entries) entries.set(key, group.sort(byPrecision))

  return (method, path) => {
    const parts = path.split('/').slice(1)
    if (parts.at(-1) === '') parts.pop()
    for (const { operation, handler, segments } of entries.get(`${method} ${parts.length}`) ?? []) {
      const params = paramsOf(segments, parts)
      if (params) return { operation, handler, params }
    }
    return undefined
  }
}

// `/sessions/start` before `/sessions/{session}`; of several operations on one path the one with a handler
function byPrecision(one: Entry, other: Entry): number {
  return parameters(one) - parameters(other) || Number(!one.handler) - Number(!other.handler)
}

function parameters({ segments }: Entry): number {
  return segments.filter((segment) => segment.startsWith('{')).length
}

function paramsOf(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? ''
    const [, name] = /^\{(.+)\}$/.exec(segment) ?? []
    if (name === undefined && segment !== part) return undefined
    if (name === undefined) continue
    if (part === '') return undefined
    params[name] = decode(part)
  }
  return params
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
