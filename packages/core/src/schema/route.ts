import type { Field, Operation, Route } from './operations.ts'

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
