import type { Operation } from '@wamux/core'
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow'
import { operationValue } from '../../src/controls/operation-value.ts'
import type { Overlay } from '../../src/overlay/overlay.ts'

/** When a property shows: for these operations, with other parameters as said. */
export type Shown = (operations: readonly string[], extra?: Readonly<Record<string, readonly unknown[]>>) => IDisplayOptions

/** Return All, Limit and Simplify, for the operations that have them. */
export function listProperties(operations: readonly Operation[], overlay: Overlay, shown: Shown): INodeProperties[] {
  const lists = operations.filter((one) => overlay.pagingOf(one)).map(operationValue)
  const simple = operations.filter((one) => overlay.simplifyOf(one)).map(operationValue)
  const properties: INodeProperties[] = []
  if (lists.length > 0) {
    properties.push(
      {
        displayName: 'Return All',
        name: 'returnAll',
        type: 'boolean',
        default: false,
        description: 'Whether to return all results or only up to a given limit',
        displayOptions: shown(lists),
      },
      {
        displayName: 'Limit',
        name: 'limit',
        type: 'number',
        typeOptions: { minValue: 1 },
        default: 50,
        description: 'Max number of results to return',
        displayOptions: shown(lists, { returnAll: [false] }),
      },
    )
  }
  if (simple.length > 0) {
    properties.push({
      displayName: 'Simplify',
      name: 'simplify',
      type: 'boolean',
      default: true,
      description: 'Whether to return a simplified version of the response instead of the raw data',
      displayOptions: shown(simple),
    })
  }
  return properties
}
