import type { HttpMethod, Route } from './operations.ts'

/**
 * Method and path of an operation after the user's corrections.
 *
 * @param route the operation as generated
 * @param paths corrections by operation id: `/path`, or `PUT /path`
 * @returns what to call; the generated method and path where there is no correction
 */
export function correctedPath(route: Route, paths: Readonly<Record<string, string>>): { method: HttpMethod; path: string } {
  const place = paths[route.id]?.trim()
  if (!place) return route
  const [first = '', second] = place.split(/\s+/, 2)
  return second ? { method: first.toUpperCase() as HttpMethod, path: second } : { method: route.method, path: first }
}
