import { type Action, bodiesOf } from '../document/operations.ts'
import type { Source } from '../document/source.ts'
import { bodyNames } from './shapes.ts'

/** The names that an action uses more than once in its flat input: in two places of the parameters, or in a parameter and the body. */
export function sharedNames(source: Source, action: Action): string[] {
  const names = action.operation.parameters.map((parameter) => String(parameter.data.name))
  const inBody = bodiesOf(source, action).flatMap(({ schema }) => bodyNames(source, schema))
  return [...new Set(names.filter((name, index) => inBody.includes(name) || names.indexOf(name) !== index))]
}
