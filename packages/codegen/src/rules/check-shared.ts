import { list } from '../document/json.ts'
import { actionsOf } from '../document/operations.ts'
import type { Report, Source } from '../document/source.ts'
import { sharedNames } from '../shapes/shared-names.ts'

/** Checks that `x-wamux-shared` names exactly those names that stand more than once in the flat input of an operation. */
export function checkShared(source: Source, report: Report): void {
  const clashing = new Map<object, Set<string>>()
  for (const action of actionsOf(source)) {
    const { operation } = action
    const shared = list(operation.data['x-wamux-shared'])
    const known = clashing.get(operation.data) ?? new Set()
    clashing.set(operation.data, known)
    for (const name of sharedNames(source, action)) {
      known.add(name)
      if (shared.includes(name)) continue
      const parameter = operation.parameters.find(({ data }) => data.name === name)
      const message = `${name} stands more than once in the flat input, among the parameters or in the body: x-wamux-shared has to name it`
      report(parameter?.place ?? operation.place, message)
    }
  }
  for (const { operation } of actionsOf(source)) {
    for (const name of list(operation.data['x-wamux-shared'])) {
      if (clashing.get(operation.data)?.has(String(name))) continue
      report([...operation.place, 'x-wamux-shared'], `x-wamux-shared names ${String(name)}, which stands only once`)
    }
  }
}
