import type { Operation, OperationTable } from '@wamux/core'
import { comparableName, kebabCase } from '../command/case.ts'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'

/** Splits the id of an operation: `sessions.stop` -> `['sessions', 'stop']` */
export function splitId(word: string): readonly [family: string, name: string] | undefined {
  const [family, name, more] = word.split('.')
  return family && name && more === undefined ? [kebabCase(family), kebabCase(name)] : undefined
}

/** The families of a table: kebab-case name -> operations. */
export function familiesOf({ operations }: OperationTable): ReadonlyMap<string, readonly Operation[]> {
  const families = new Map<string, Operation[]>()
  for (const operation of Object.values(operations)) {
    const [family = ''] = operation.id.split('.')
    const one = families.get(kebabCase(family))
    if (one) one.push(operation)
    else families.set(kebabCase(family), [operation])
  }
  return families
}

/** The name of an operation without its family: `stop`, `get-qr`. */
export function operationName({ id }: Operation): string {
  return kebabCase(id.slice(id.indexOf('.') + 1))
}

/** The operations of one family. @throws UsageError that proposes the nearest name */
export function familyOf(gateway: string, table: OperationTable, family: string): readonly Operation[] {
  const families = familiesOf(table)
  const found = [...families].find(([word]) => comparableName(word) === comparableName(family))
  if (found) return found[1]
  const near = didYouMean(family, families.keys())
  throw new UsageError(
    `There is no "${family}" in ${gateway}; there are ${[...families.keys()].join(', ')}.`,
    near ? `Did you mean wamux ${gateway} ${near}?` : `See: wamux ${gateway} --help`,
  )
}
