import type { Field, Operation, Route } from './operations.ts'

/**
 * Picks out of an operation's table entry what sending it needs.
 *
 * @param operation entry of the operation table
 * @returns the route, with the names of secret fields of the body and of dangerous inputs
 */
export function routeOf(operation: Operation): Route {
  const { id, method, path, safety, parameters = [], body } = operation
  const comma = parameters.filter((one) => one.comma).map((one) => one.name)
  const secrets = secretNames(body?.kinds.flatMap((kind) => kind.fields ?? []) ?? [])
  const danger = dangerousInputs(operation)
  return {
    id,
    method,
    path,
    safety,
    ...(comma.length > 0 ? { comma } : {}),
    ...(secrets.length > 0 ? { secrets } : {}),
    ...(danger.length > 0 ? { danger } : {}),
  }
}

function dangerousInputs({ parameters = [], body }: Operation): string[] {
  const fields = [...parameters, ...(body?.kinds ?? []).flatMap(({ fields = [] }) => fields)]
  return [...new Set(fields.filter(({ danger }) => danger).map(({ name }) => name))]
}

function secretNames(fields: readonly Field[]): string[] {
  return fields.flatMap((field) => [
    ...(field.secret ? [field.name] : []),
    ...secretNames(field.fields ?? field.items?.fields ?? []),
    ...secretNames(field.oneOf?.flatMap((one) => one.fields ?? []) ?? []),
  ])
}
