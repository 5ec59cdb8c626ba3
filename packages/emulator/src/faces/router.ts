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
  /** Names of the segments that are parameters, by their places. */
  readonly names: readonly (string | undefined)[]
  /** How many of the segments are parameters. */
  readonly parameters: number
}

interface Entries {
  /** Those without parameters, by method and path. */
  readonly plain: ReadonlyMap<string, readonly Operation[]>
  /** Those with parameters, by method and number of segments. */
  readonly open: ReadonlyMap<string, readonly Entry[]>
}

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
  const handlerOf = ({ id }: Operation) => (Object.hasOwn(handlers, id) ? handlers[id] : undefined)

  return (method, path) => {
    const bare = path.endsWith('/') ? path.slice(0, -1) : path
    // `/sessions/start` before `/sessions/{session}`, and of several operations on one path the one with a handler
    const plain = entries.plain.get(`${method} ${bare}`)
    const named = plain?.find(handlerOf) ?? plain?.[0]
    if (named) return { operation: named, handler: handlerOf(named), params: NONE }
    const parts = bare.split('/').slice(1)
    let first: (Match & { parameters: number }) | undefined
    for (const { operation, segments, names, parameters } of entries.open.get(`${method} ${parts.length}`) ?? []) {
      if (first && parameters > first.parameters) break
      const params = paramsOf(segments, names, parts)
      if (!params) continue
      const handler = handlerOf(operation)
      if (handler) return { operation, handler, params }
      first ??= { operation, handler, params, parameters }
    }
    return first && { operation: first.operation, handler: first.handler, params: first.params }
  }
}

const NONE: Readonly<Record<string, string>> = {}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function sortOperations(table: OperationTable): Entries {
  const plain = new Map<string, Operation[]>()
  const open = new Map<string, Entry[]>()
  for (const operation of Object.values(table.operations)) {
    const segments = operation.path.split('/').slice(1)
    const names = segments.map((segment) => /^\{(.+)\}$/.exec(segment)?.[1])
    const parameters = segments.filter((segment) => segment.startsWith('{')).length
    for (const method of [operation.method, ...(operation.alternateMethods ?? [])] satisfies HttpMethod[]) {
      if (parameters === 0) addTo(plain, `${method} ${operation.path}`, operation)
      else addTo(open, `${method} ${segments.length}`, { operation, segments, names, parameters })
    }
  }
  for (const group of open.values()) group.sort((one, other) => one.parameters - other.parameters)
  return { plain, open }
}

function addTo<Value>(groups: Map<string, Value[]>, key: string, value: Value): void {
  const group = groups.get(key) ?? []
  groups.set(key, group)
  group.push(value)
}

function paramsOf(
  segments: readonly string[],
  names: readonly (string | undefined)[],
  parts: readonly string[],
): Record<string, string> | undefined {
  const params: Record<string, string> = {}
  for (let place = 0; place < segments.length; place++) {
    const part = parts[place] ?? ''
    const name = names[place]
    if (name === undefined) {
      if (segments[place] !== part) return undefined
    } else if (part === '') return undefined
    else params[name] = decode(part)
  }
  return params
}
