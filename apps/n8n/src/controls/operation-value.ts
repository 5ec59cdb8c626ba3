import type { Operation, OperationTable } from '@wamux/core'
import type { Overlay } from '../overlay/overlay.ts'

/** Value of an operation in the node's Operation parameter; it is unique within its resource. */
export function operationValue({ id }: Operation): string {
  return id.slice(id.indexOf('.') + 1)
}

/** The operation that resource and operation of a node mean. */
export function operationOf(table: OperationTable, overlay: Overlay, resource: string, value: string): Operation | undefined {
  return Object.values(table.operations).find((one) => overlay.resources[one.resource]?.[0] === resource && operationValue(one) === value)
}
