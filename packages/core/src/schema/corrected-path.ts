import type { HttpMethod, Route } from './operations.ts'

/** Where an operation goes, the user's corrections applied. */
export function correctedPath(route: Route, paths: Readonly<Record<string, string>>): { method: HttpMethod; path: string } {
  const [first = '', second] = (paths[route.id] ?? '').trim().split(/\s+/, 2)
  if (!first) return { method: route.method, path: route.path }
  return second ? { method: first.toUpperCase() as HttpMethod, path: second } : { method: route.method, path: first }
}
