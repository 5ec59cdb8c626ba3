import type { OperationTable } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import type { Overlay } from '../../src/overlay/overlay.ts'
import { titleCase } from './words.ts'

/** Our documents name operations by their ids; people in n8n know them by their labels. */
export function withOperationLabels(table: OperationTable, overlay: Overlay, properties: readonly INodeProperties[]): INodeProperties[] {
  const labelled = (text: string) =>
    text.replace(/\b[a-z][A-Za-z]*\.[a-z][A-Za-z0-9]*\b/g, (id) => {
      const operation = Object.hasOwn(table.operations, id) ? table.operations[id] : undefined
      return operation ? `<b>${titleCase(overlay.labels?.[id] ?? operation.label)}</b>` : id
    })
  const change = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'description' || key === 'displayName' ? labelled(value) : value
    if (Array.isArray(value)) return value.map((one) => change(one, ''))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, change(inner, name)]))
  }
  return change(properties, '') as INodeProperties[]
}
