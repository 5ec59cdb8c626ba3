import type { OperationTable } from '@wamux/core'
import { isRecord, record } from '../document/json.ts'
import { actionsOf, follow } from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { flatten } from '../shapes/flatten.ts'
import { printLiteral } from './literal.ts'

/**
 * Source of `answering-verbs.ts`: every verb of `native-verbs.ts` whose successful answers all have a required field, so that an answer
 * without a body, `{}` or `OK` is not what the document promises.
 */
export function printAnsweringVerbs(source: Source, table: OperationTable, marker: string): string {
  const verbs = actionsOf(source)
    .filter(({ operation }) => operation.data['x-wamux-empty-answer'] !== true && promisesFields(source, operation.data.responses))
    .flatMap(({ id }) => table.operations[id]?.capability ?? [])
  const lines = verbs.map((verb) => `  ${printLiteral(verb)},\n`)
  const about = '/** Verbs whose answer has fields: one that says nothing is not what the document promises. */\n'
  const type = `import type { VerbId } from '@wamux/core'\n\n`
  return `${marker}\n${type}${about}export const answeringVerbs: readonly VerbId[] = [\n${lines.join('')}]\n`
}

function promisesFields(source: Source, responses: unknown): boolean {
  const successes = Object.entries(record(responses)).filter(([status]) => status.startsWith('2'))
  return successes.length > 0 && successes.every(([, response]) => hasRequiredFields(source, follow(source, response).content))
}

function hasRequiredFields(source: Source, content: unknown): boolean {
  const media = isRecord(content) ? Object.values(content) : []
  const ways = media.flatMap((one) => flatten(source, { schema: record(one).schema, refs: new Set() }))
  return ways.length > 0 && ways.every(({ required }) => required.size > 0)
}
