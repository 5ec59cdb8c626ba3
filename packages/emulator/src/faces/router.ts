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
  readonly segments: readonly string[]
  /** How many of the segments are parameters. */
  readonly parameters: number
}

/** By method and number of segments. */
type Entries = ReadonlyMap<string, readonly Entry[]>

// the same for every emulator, and much work for each of them
const sorted = new WeakMap<OperationTable, Entries>()

/**
 * Finds the operation behind a method and path. Both come from the gateway's operation table, so no face can answer on a path that its
 * document does not know.
 *
 * @param handlers by operation id
 * @throws {Error} for an id that the table lacks
 */
export function createRouter(table: OperationTable, handlers: Readonly<Record<string, Handler>>): Router {
  for (const id of Object.keys(handlers)) {
    if (!Object.hasOwn(table.operations, id)) throw new Error(`there is no operation ${id}`)
  }
  const entries = sorted.get(table) ?? sortOperations(table)
  sorted.set(table, entries)

  return (method, path) => {
    const parts = path.split('/').slice(1)
    if (parts.at(-1) === '') parts.pop()
    let first: (Match & { parameters: number }) | undefined
    for (const { operation, segments, parameters } of entries.get(`${method} ${parts.length}`) ?? []) {
      if (first && parameters > first.parameters) break
      const params = paramsOf(segments, parts)
      if (!params) continue
      const handler = Object.hasOwn(handlers, operation.id) ? handlers[operation.id] : undefined
      // of several operations on one path the one with a handler
      if (handler) return { operation, handler, params }
      first ??= { operation, handler, params, parameters }
    }
    return first && { operation: first.operation, handler: first.handler, params: first.params }
  }
}

function sortOperations(table: OperationTable): Entries {
  const entries = new Map<string, Entry[]>()
  for (const operation of Object.values(table.operations)) {
    const segments = operation.path.split('/').slice(1)
    const parameters = segments.filter((segment) => segment.startsWith('{')).length
    for (const method of [operation.method, ...(operation.alternateMethods ?? [])] satisfies HttpMethod[]) {
      const key = `${method} ${segments.length}`
      const group = entries.get(key) ?? []
      entries.set(key, group)
      group.push({ operation, segments, parameters })
    }
  }
  // `/sessions/start` before `/sessions/{session}`
  for (const group of entries.values()) group.sort((one, other) => one.parameters - other.parameters)
  return entries
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
