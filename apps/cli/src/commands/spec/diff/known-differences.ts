import { UsageError } from '../../../errors/usage-error.ts'
import { isObject, type JsonObject } from '../openapi/json.ts'
import { parseAny } from '../openapi/parse-document.ts'
import { normalName, pathShape } from '../openapi/path-key.ts'
import { ASPECT_OF, type Difference, type Kind } from './difference.ts'

/** A deliberate difference: one entry of `differences.yaml`. `*` matches anything. */
export interface KnownRule {
  /** `POST /api/sendText`, one or several. */
  readonly operations: readonly string[]
  readonly kind: Kind
  /** Names of the fields it is about; none means all. */
  readonly names: readonly string[]
  readonly reason: string
}

/** Reads the list of deliberate differences. @throws UsageError when an entry is not complete */
export function parseKnown(text: string, name: string): KnownRule[] {
  const list = parseAny(text, name) ?? []
  if (!Array.isArray(list)) throw new UsageError(`${name} is not a list.`)
  return list.map((given: unknown, index) => {
    const entry: JsonObject = isObject(given) ? given : {}
    const operations = textsOf(entry.operation)
    const { kind, reason } = entry
    if (operations.length === 0 || !isKind(kind) || typeof reason !== 'string' || reason === '') {
      throw new UsageError(
        `${name}: entry ${index + 1} needs operation, kind and reason.`,
        `kind is one of ${Object.keys(ASPECT_OF).join(', ')}`,
      )
    }
    return { operations, kind, names: textsOf(entry.name), reason }
  })
}

/** The entry that explains a difference. */
export function explanationOf(difference: Difference, known: readonly KnownRule[]): KnownRule | undefined {
  const operation = pathShape(difference.operation)
  const name = normalName(difference.name ?? '')
  return known.find(
    (one) =>
      one.kind === difference.kind &&
      one.operations.some((pattern) => matchesPattern(pathShape(pattern), operation)) &&
      (one.names.length === 0 || one.names.some((pattern) => matchesPattern(normalName(pattern), name))),
  )
}

function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${source}$`, 'i').test(text)
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string | number => /^(string|number)$/.test(typeof one)).map(String)
}

function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(ASPECT_OF, value)
}
