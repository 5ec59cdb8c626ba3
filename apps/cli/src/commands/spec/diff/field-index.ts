import type { Credential, FieldModel, OperationModel } from '../openapi/model.ts'
import { ancestorsOf } from '../openapi/path-key.ts'

/** The fields of one operation, as they are looked up in a comparison. */
export interface FieldIndex {
  readonly fields: ReadonlyMap<string, FieldModel>
  /** Keys that have something below them. */
  readonly parents: ReadonlySet<string>
}

/**
 * The fields to compare, without credentials.
 *
 * @param anywhere for alternate methods, which take the same fields in the query or in the body
 */
export function indexFields({ fields }: OperationModel, anywhere: boolean, credentials: readonly Credential[]): FieldIndex {
  const kept = new Map<string, FieldModel>()
  const parents = new Set<string>()
  for (const [key, field] of fields) {
    if (credentials.some((one) => isCredential(one, field))) continue
    const shown = anywhere ? key.replace(/^(query|body):/, 'any:') : key
    kept.set(shown, field)
    for (const above of ancestorsOf(shown)) parents.add(above)
  }
  return { fields: kept, parents }
}

function isCredential(credential: Credential, { place, name }: FieldModel): boolean {
  return credential.in === place && credential.name.toLowerCase() === name.toLowerCase()
}

/**
 * The fields of `some` that `others` lacks. Of a missing object only the object is named, not its fields.
 *
 * @param lenient true: an object without described fields matches one that has them
 */
export function missingFields(some: FieldIndex, others: FieldIndex, lenient: boolean): FieldModel[] {
  const absent = new Map<string, FieldModel>()
  for (const [key, field] of some.fields) {
    if (isPlaceholder(key) || others.fields.has(key) || others.parents.has(key)) continue
    const above = ancestorsOf(key)
    if (above.some((one) => absent.has(one) || isUnknown(others, one, lenient))) continue
    if (field.place === 'body' && isUnknown(others, wholeBody(others), lenient)) continue
    absent.set(key, field)
  }
  return [...absent.values()]
}

// path parameters are paired by position; `*` stands for any key
function isPlaceholder(key: string): boolean {
  return key.startsWith('path:') || /[.:]\*?$/.test(key)
}

function isUnknown({ fields, parents }: FieldIndex, key: string, lenient: boolean): boolean {
  const field = fields.get(key)
  return field !== undefined && (field.cut || (lenient && !parents.has(key)))
}

function wholeBody({ fields }: FieldIndex): string {
  return fields.has('any:') ? 'any:' : 'body:'
}
