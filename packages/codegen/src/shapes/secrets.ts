import { isRecord, list, record } from '../document/json.ts'
import { type DeclaredOperation, follow } from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { isSecret } from './shapes.ts'

/** What the table says about secrets in the successful answers of an operation. */
export interface SecretAnswer {
  readonly secretAnswer?: true
  readonly secretFields?: readonly string[]
}

/** Names of properties, at any depth of these schemas, whose values are secret. */
export function secretNamesIn(source: Source, schemas: readonly unknown[]): string[] {
  const names = new Set<string>()
  const seen = new Set<unknown>()
  const look = (node: unknown): void => {
    if (seen.has(node) || typeof node !== 'object' || node === null) return
    seen.add(node)
    for (const [name, property] of Object.entries(record(record(node).properties))) {
      if (isSecret(source, property)) names.add(name)
    }
    if (isRecord(node) && typeof node.$ref === 'string') look(source.resolve(node.$ref))
    for (const inner of isRecord(node) ? Object.values(node) : list(node)) look(inner)
  }
  for (const schema of schemas) look(schema)
  return [...names]
}

/** Tells whether the successful answers of an operation are secret as a whole, or else which of their fields are. */
export function secretAnswerOf(source: Source, operation: DeclaredOperation): SecretAnswer {
  const good = Object.entries(record(operation.data.responses)).filter(([status]) => status.startsWith('2'))
  const responses = good.map(([, response]) => follow(source, response))
  const schemas = responses.flatMap(({ content }) => Object.values(record(content)).map((media) => record(media).schema))
  if (responses.some((response) => response['x-wamux-secret'] === true) || schemas.some((schema) => isSecret(source, schema))) {
    return { secretAnswer: true }
  }
  const names = secretNamesIn(source, schemas)
  return names.length > 0 ? { secretFields: names } : {}
}
