import type { Field, HttpMethod, Operation, Route } from './operations.ts'

/** What is needed to perform an operation, out of its table entry. */
export function routeOf(operation: Operation): Route {
  const { id, method, path, safety, parameters = [], body } = operation
  const comma = parameters.filter((one) => one.comma).map((one) => one.name)
  const secrets = secretNames(body?.kinds.flatMap((kind) => kind.fields ?? []) ?? [])
  return { id, method, path, safety, ...(comma.length > 0 ? { comma } : {}), ...(secrets.length > 0 ? { secrets } : {}) }
}

function secretNames(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [
    ...(field.secret ? [field.name] : []),
    ...secretNames(field.fields ?? field.items?.fields ?? []),
    ...secretNames(field.oneOf?.flatMap((one) => one.fields ?? []) ?? []),
  ])
}

/** Where an operation goes, the user's corrections applied. */
export function placeOf(route: Route, paths: Readonly<Record<string, string>>): { method: HttpMethod; path: string } {
  const [first = '', second] = (paths[route.id] ?? '').trim().split(/\s+/, 2)
  if (!first) return { method: route.method, path: route.path }
  return second ? { method: first.toUpperCase() as HttpMethod, path: second } : { method: route.method, path: first }
}
