import type { JsonObject } from '../openapi/json.ts'
import { type Credential, credentialsOf, type FieldModel, type OperationModel, readModel } from '../openapi/model.ts'
import type { Difference } from './difference.ts'
import { indexFields, missingFields } from './field-index.ts'
import { align, basePathOf } from './server-path.ts'

/** All differences between two documents, in the vendor's order, operations that only we have last. */
export function compareDocuments(ourDocument: JsonObject, theirDocument: JsonObject): Difference[] {
  const { ours, theirs } = align(
    { operations: readModel(ourDocument), basePath: basePathOf(ourDocument) },
    { operations: readModel(theirDocument), basePath: basePathOf(theirDocument) },
  )
  const credentials = [...credentialsOf(ourDocument), ...credentialsOf(theirDocument)]
  const found: Difference[] = []
  for (const [key, their] of theirs) {
    const our = ours.get(key)
    if (our) for (const difference of compareOperations(our, their, credentials)) found.push(difference)
    else found.push({ change: 'added', kind: 'operation', operation: titleOf(their) })
  }
  for (const [key, our] of ours) {
    if (!theirs.has(key)) found.push({ change: 'removed', kind: 'operation', operation: titleOf(our) })
  }
  return found
}

function titleOf({ method, path }: OperationModel): string {
  return `${method} ${path}`
}

function compareOperations(our: OperationModel, their: OperationModel, credentials: readonly Credential[]): Difference[] {
  const operation = titleOf(our)
  const ours = indexFields(our, our.alternate, credentials)
  const theirs = indexFields(their, our.alternate, credentials)
  const added = missingFields(theirs, ours, false)
  const removed = missingFields(ours, theirs, true)
  const both = [...theirs.fields].flatMap(([key, theirField]) => {
    const ourField = ours.fields.get(key)
    return ourField ? compareFields(operation, ourField, theirField) : []
  })
  return [
    ...compareDeprecation(operation, our, their),
    ...compareStatuses(operation, our.statuses, their.statuses),
    ...added.flatMap((field) => newField(operation, field)),
    ...both,
    // a vendor's document need not list every status of a response
    ...removed.flatMap((field): Difference[] => (field.place === 'answer' ? [] : [presence('removed', operation, field)])),
  ]
}

function compareDeprecation(operation: string, our: OperationModel, their: OperationModel): Difference[] {
  if (our.deprecated === their.deprecated) return []
  return [{ change: 'changed', kind: 'deprecated', operation, ours: yesNo(our.deprecated), theirs: yesNo(their.deprecated) }]
}

function compareStatuses(operation: string, ours: readonly string[], theirs: readonly string[]): Difference[] {
  // without statuses, or with ranges such as 2XX, there is nothing to compare
  const covers = (list: readonly string[], status: string) => list.length === 0 || list.includes(status) || list.includes('2XX')
  const isNew = (list: readonly string[]) => (status: string) => status !== '2XX' && !covers(list, status)
  return [
    ...theirs
      .filter(isNew(ours))
      .map((status): Difference => ({ change: 'added', kind: 'status', operation, name: status, theirs: status })),
    ...ours
      .filter(isNew(theirs))
      .map((status): Difference => ({ change: 'removed', kind: 'status', operation, name: status, ours: status })),
  ]
}

function newField(operation: string, field: FieldModel): Difference[] {
  if (field.place !== 'answer') return [presence('added', operation, field)]
  // of a response only enum values count, because further fields are always allowed
  if (field.types.has('boolean')) return []
  const { place, name } = field
  return [...field.values].map((value) => ({
    change: 'added',
    kind: 'enum',
    operation,
    in: place,
    name: `${name}=${value}`,
    theirs: value,
  }))
}

function presence(change: 'added' | 'removed', operation: string, field: FieldModel): Difference {
  const kind = field.place === 'body' ? 'field' : 'parameter'
  const text = [typeText(field.types), ...(field.required ? ['required'] : [])].join(', ')
  return { change, kind, operation, in: field.place, name: field.name, ...(change === 'added' ? { theirs: text } : { ours: text }) }
}

function compareFields(operation: string, our: FieldModel, their: FieldModel): Difference[] {
  const about = { operation, in: our.place, name: our.name }
  const found = our.types.has('boolean') && their.types.has('boolean') ? [] : compareValues(about, our, their)
  if (our.place === 'answer') return found
  if (our.required !== their.required) {
    found.push({ change: 'changed', kind: 'required', ...about, ours: yesNo(our.required), theirs: yesNo(their.required) })
  }
  if (!sameTypes(our.types, their.types)) {
    found.push({ change: 'changed', kind: 'type', ...about, ours: typeText(our.types), theirs: typeText(their.types) })
  }
  return found
}

function compareValues(about: Pick<Difference, 'operation' | 'in' | 'name'>, our: FieldModel, their: FieldModel): Difference[] {
  const added = [...their.values].filter((value) => !our.values.has(value))
  // a vendor's field without an enum does not contradict our values
  const removed = their.values.size === 0 ? [] : [...our.values].filter((value) => !their.values.has(value))
  const nameOf = (value: string) => `${about.name}=${value}`
  return [
    ...added.map((value): Difference => ({ change: 'added', kind: 'enum', ...about, name: nameOf(value), theirs: value })),
    ...removed.map((value): Difference => ({ change: 'removed', kind: 'enum', ...about, name: nameOf(value), ours: value })),
  ]
}

function sameTypes(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): boolean {
  // generators of vendors' documents write number for integer
  const loose = (types: ReadonlySet<string>) => typeText(new Set([...types].map((type) => type.replace('integer', 'number'))))
  return isOpen(ours) || isOpen(theirs) || loose(ours) === loose(theirs)
}

function isOpen(types: ReadonlySet<string>): boolean {
  return types.size === 0 || types.has('any[]')
}

function typeText(types: ReadonlySet<string>): string {
  return [...types].sort().join(' | ') || 'any'
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
