import type { OperationTable } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { type Caller, callProgram } from '../src/call-programs.ts'
import { type BudgetedGateway, gateways } from '../src/gateways.ts'
import { TYPE_RATIO } from '../src/limits.ts'
import { tableOf } from '../src/table.ts'
import { typeCost } from '../src/type-cost.ts'

const TIMEOUT_MS = 120_000

describe.each(gateways)('$id', (gateway) => {
  it('checks all operations with the typed client for little more than plain openapi-fetch', { timeout: TIMEOUT_MS }, async () => {
    const table = await tableOf(gateway)
    expect(Object.keys(table.operations).length).toBeGreaterThan(50)
    const ours = await instantiations(gateway, 'client', table)
    const plain = await instantiations(gateway, 'openapi-fetch', table)
    expect(tell(gateway, 'typed client', ours, plain)).toBeLessThanOrEqual(TYPE_RATIO)
  })

  // a whole gateway is checked with its sources here, which is not what its users have: so only what the calls add counts
  it('checks all operations with call() for little more than plain openapi-fetch', { timeout: TIMEOUT_MS }, async () => {
    const table = await tableOf(gateway)
    const ours = await added(gateway, 'call', table)
    const plain = await added(gateway, 'openapi-fetch', table)
    expect(tell(gateway, 'what call() adds', ours, plain)).toBeLessThanOrEqual(TYPE_RATIO)
  })
})

async function instantiations(gateway: BudgetedGateway, caller: Caller, table: OperationTable): Promise<number> {
  const calls = Object.keys(table.operations).length
  return (await typeCost(`${gateway.id}-${caller}-${calls}`, callProgram(gateway, caller, table))).instantiations
}

async function added(gateway: BudgetedGateway, caller: Caller, table: OperationTable): Promise<number> {
  const one = { ...table, operations: Object.fromEntries(Object.entries(table.operations).slice(0, 1)) }
  return (await instantiations(gateway, caller, table)) - (await instantiations(gateway, caller, one))
}

function tell({ id }: BudgetedGateway, what: string, ours: number, plain: number): number {
  console.log(`${id}, ${what}: ${ours} instantiations, openapi-fetch ${plain}: x${(ours / plain).toFixed(2)}`)
  return ours / plain
}
