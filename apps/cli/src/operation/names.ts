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
  const all = idsByFamily({ operations })
  return new Map([...all].map(([family, ids]) => [family, ids.flatMap((id) => operations[id] ?? [])]))
}

/** The name of an operation without its family: `stop`, `get-qr`. */
export function operationName({ id }: Pick<Operation, 'id'>): string {
  return kebabCase(id.slice(id.indexOf('.') + 1))
}

/** The operations of one family. @throws UsageError that proposes the nearest name */
export function familyOf(gateway: string, table: OperationTable, family: string): readonly Operation[] {
  return familyIds(gateway, table, family).flatMap((id) => table.operations[id] ?? [])
}

/**
 * One operation of a family. A table may make its operations when they are read, so no other one is read.
 *
 * @throws UsageError that proposes the nearest family or name
 */
export function operationOf(gateway: string, table: OperationTable, family: string, name: string): Operation {
  const ids = familyIds(gateway, table, family)
  const found = ids.find((id) => comparableName(operationName({ id })) === comparableName(name))
  const operation = found === undefined ? undefined : table.operations[found]
  if (operation) return operation
  const near = didYouMean(
    name,
    ids.map((id) => operationName({ id })),
  )
  throw new UsageError(
    `There is no operation "${family} ${name}" in ${gateway}.`,
    near ? `Did you mean wamux ${gateway} ${family} ${near}?` : `See: wamux ${gateway} ${family} --help`,
  )
}

function familyIds(gateway: string, table: OperationTable, family: string): readonly string[] {
  const families = idsByFamily(table)
  const found =
    [...families].find(([word]) => comparableName(word) === comparableName(family)) ??
    [...families].find(([word]) => comparableName(word) === `${comparableName(family)}s`)
  if (found) return found[1]
  const near = didYouMean(family, families.keys())
  throw new UsageError(
    `There is no "${family}" in ${gateway}; there are ${[...families.keys()].join(', ')}.`,
    near ? `Did you mean wamux ${gateway} ${near}?` : `See: wamux ${gateway} --help`,
  )
}

function idsByFamily({ operations }: Pick<OperationTable, 'operations'>): ReadonlyMap<string, readonly string[]> {
  const families = new Map<string, string[]>()
  for (const id of Object.keys(operations)) {
    const family = kebabCase(id.split('.', 1)[0] ?? '')
    const one = families.get(family)
    if (one) one.push(id)
    else families.set(family, [id])
  }
  return families
}
