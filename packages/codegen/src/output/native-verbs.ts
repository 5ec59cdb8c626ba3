import type { OperationTable } from '@wamux/core'
import { printLiteral } from './literal.ts'

/**
 * Source of `native-verbs.ts`: every verb that an operation of the document has as its `x-wamux-capability`. The plugin's manifest takes
 * them from there and adds the verbs that are put together from several operations.
 */
export function printNativeVerbs(table: OperationTable, marker: string): string {
  const verbs = Object.values(table.operations).flatMap(({ capability }) => capability ?? [])
  const lines = verbs.map((verb) => `  ${printLiteral(verb)}: 'native',\n`)
  const type = `import type { VerbId } from '@wamux/core'\n\n`
  return `${marker}\n${type}export const nativeVerbs: Readonly<Partial<Record<VerbId, 'native'>>> = {\n${lines.join('')}}\n`
}
