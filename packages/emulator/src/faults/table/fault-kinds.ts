import type { AccountFault, FaultArea, FaultKind, FaultName } from '../kinds.ts'
import { ACCOUNT_FAULTS } from './account.ts'
import { GATEWAY_FAULTS } from './gateway.ts'
import { WEBHOOK_FAULTS } from './webhooks.ts'
import { WIRE_FAULTS } from './wires.ts'

const named = (table: Readonly<Record<string, Omit<FaultKind, 'name'>>>): FaultKind[] =>
  Object.entries(table).map(([name, kind]) => ({ name: name as FaultKind['name'], ...kind }))

/** Everything that can go wrong. Library, control API, command line, web page and documentation are made from it. */
export const FAULT_KINDS: readonly FaultKind[] = [
  ...named(ACCOUNT_FAULTS),
  ...named(GATEWAY_FAULTS),
  ...named(WIRE_FAULTS),
  ...named(WEBHOOK_FAULTS),
]

/** What can be asked for with `control.account`. */
export function accountKind(name: unknown): (FaultKind & { readonly name: AccountFault }) | undefined {
  return find(name, (area) => area === 'account') as (FaultKind & { readonly name: AccountFault }) | undefined
}

/** What can be asked for with `control.fault`. */
export function faultKind(name: unknown): (FaultKind & { readonly name: FaultName }) | undefined {
  return find(name, (area) => area !== 'account') as (FaultKind & { readonly name: FaultName }) | undefined
}

function find(name: unknown, fits: (area: FaultArea) => boolean): FaultKind | undefined {
  return FAULT_KINDS.find((kind) => fits(kind.area) && (kind.name === name || kind.also?.includes(String(name))))
}
