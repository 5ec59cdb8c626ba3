import type { OperationTable } from '@wamux/core'
import type { BudgetedGateway } from './gateways.ts'

/** The operation table of a gateway, from its sources. */
export async function tableOf({ id }: BudgetedGateway): Promise<OperationTable> {
  const { operations } = (await import(`../../../packages/${id}/src/generated/operations.ts`)) as { operations: OperationTable }
  return operations
}
