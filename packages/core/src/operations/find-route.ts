import { correctedPath } from '../schema/corrected-path.ts'
import type { HttpMethod, OperationTable, Route } from '../schema/operations.ts'
import { routeOf } from '../schema/route.ts'

/** What the table knows about a call of the typed client, at the place it goes to after the user's corrections. */
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
