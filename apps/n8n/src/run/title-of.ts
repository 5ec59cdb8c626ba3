import type { INodeProperties } from 'n8n-workflow'
import { parameterName } from '../controls/names.ts'

/** What the node calls an input: of a nested one, the part that is found first. */
export function titleOf(properties: readonly INodeProperties[], field: string): string | undefined {
  if (field === 'extraFields') return 'Extra Body Fields'
  const path = field.replace(/\[\d+\]/g, '').split('.')
  const all = properties.flatMap((one) => [one, ...((one.options ?? []) as INodeProperties[])])
  for (let length = path.length; length > 0; length--) {
    const name = parameterName(path.slice(0, length))
    const found = all.find((one) => one.name === name && one.displayName) ?? all.find((one) => one.name === `${name}Source`)
    if (found) return found.displayName
  }
  return undefined
}
