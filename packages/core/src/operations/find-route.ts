import { correctedPath } from '../schema/corrected-path.ts'
import type { HttpMethod, OperationTable, Route } from '../schema/operations.ts'
import { routeOf } from '../schema/route.ts'

/**
 * Finds the operation behind a call of the typed client.
 *
 * @param table operations of the gateway
 * @param method HTTP method
 * @param template path template: `/api/sessions/{session}`
 * @param paths the user's corrections, by operation id
 * @returns the route after corrections; `undefined` when the table has no such operation
 */
export function findRoute(
  table: OperationTable,
  method: HttpMethod,
  template: string,
  paths: Readonly<Record<string, string>>,
): Route | undefined {
  const operation = Object.values(table.operations).find(
    (one) => one.path === template && (one.method === method || one.alternateMethods?.includes(method)),
  )
  if (!operation) return undefined
  const route = { ...routeOf(operation), method }
  return { ...route, ...correctedPath(route, paths) }
}
