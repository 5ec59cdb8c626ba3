import type { Audience, Evidence, Operation, OperationTable, Safety } from '@wamux/core'
import { didYouMean } from '../errors/did-you-mean.ts'
import { UsageError } from '../errors/usage-error.ts'
import { idOf } from '../gateway/plugin-packages.ts'
import type { Plugins } from '../gateway/plugins.ts'
import { type Column, table } from '../print/table.ts'
import type { Paint } from '../terminal/terminal.ts'

/** One operation of one gateway; `--json` prints it. */
export interface OperationRow {
  readonly gateway: string
  readonly id: string
  readonly resource: string
  /** The label for people: `Stop Session` */
  readonly action: string
  readonly method: string
  readonly path: string
  /** Other methods that do the same on this path. */
  readonly alternateMethods?: readonly string[]
  readonly safety: Safety
  /** Who is touched: nobody but this account, others who see it, or somebody who gains access or data. */
  readonly audience: Audience
  /** The whole answer is secret. */
  readonly secretAnswer?: true
  readonly evidence: Evidence
  readonly deprecated: boolean
  /** The portable verb that calls this operation. */
  readonly capability: string | null
}

/** Which operations to list. A missing field filters nothing. */
export interface OperationFilter {
  /** Name or label of a resource. */
  readonly resource?: string | undefined
  readonly safety?: readonly string[] | undefined
  readonly audience?: readonly string[] | undefined
  readonly evidence?: readonly string[] | undefined
  /** Words that all have to occur in the texts about the operation. */
  readonly search?: string | undefined
}

/** A gateway's table, as its plugin exports it. */
export interface InstalledTable {
  readonly gateway: string
  readonly table: OperationTable
}

/** The table of one gateway, or those of all installed gateways that can be read. @throws UsageError when there is none */
export async function loadTables(gateway: string | undefined, plugins: Plugins): Promise<readonly InstalledTable[]> {
  if (gateway !== undefined) return [{ gateway, table: await plugins.operations(gateway) }]
  const ids = plugins.installed().flatMap(({ name }) => idOf(name) ?? [])
  const found = await Promise.allSettled(ids.map(async (id) => ({ gateway: id, table: await plugins.operations(id) })))
  const installed = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  if (installed.length === 0) throw new UsageError('No plugin of a gateway is installed.', 'wamux plugins add waha')
  return installed
}

/** The operations that pass the filter. @throws UsageError for a resource that none of them has */
export function operationRows(tables: readonly InstalledTable[], filter: OperationFilter): OperationRow[] {
  const names = filter.resource === undefined ? undefined : resourceNames(tables, filter.resource)
  const words = (filter.search ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  return tables.flatMap(({ gateway, table: { operations, resources } }) =>
    Object.values(operations)
      .filter(({ resource }) => names === undefined || names.has(resource))
      .filter(({ safety }) => filter.safety === undefined || filter.safety.includes(safety))
      .filter(({ audience }) => filter.audience === undefined || filter.audience.includes(audience))
      .filter(({ evidence }) => filter.evidence === undefined || filter.evidence.includes(evidence))
      .filter((operation) => {
        const label = resources.find(({ name }) => name === operation.resource)?.label
        const text = searchText(operation, label)
        return words.every((word) => text.includes(word))
      })
      .map((operation) => rowOf(gateway, operation)),
  )
}

function resourceNames(tables: readonly InstalledTable[], wanted: string): ReadonlySet<string> {
  const resources = tables.flatMap(({ table: { resources } }) => resources)
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const found = resources.filter(({ name, label }) => plain(name) === plain(wanted) || plain(label) === plain(wanted))
  if (found.length > 0) return new Set(found.map(({ name }) => name))
  const names = [...new Set(resources.map(({ name }) => name))]
  const near = didYouMean(wanted, names)
  throw new UsageError(`There is no resource "${wanted}".`, near ? `Did you mean ${near}?` : `Known are ${names.join(', ')}.`)
}

function searchText({ id, label, about, note, method, path, capability }: Operation, resource: string | undefined): string {
  return [id, label, about, note, `${method} ${path}`, capability, resource].filter(Boolean).join('\n').toLowerCase()
}

function rowOf(gateway: string, operation: Operation): OperationRow {
  const { id, resource, label, method, path, alternateMethods, safety, audience, secretAnswer, evidence, deprecated, capability } =
    operation
  return {
    gateway,
    id,
    resource,
    action: label,
    method,
    path,
    ...(alternateMethods ? { alternateMethods } : {}),
    safety,
    audience,
    ...(secretAnswer ? { secretAnswer } : {}),
    evidence,
    deprecated: deprecated === true,
    capability: capability ?? null,
  }
}

/** The rows as a table for people. */
export function operationsText(rows: readonly OperationRow[], paint: Paint, width: number | undefined): string {
  const several = new Set(rows.map(({ gateway }) => gateway)).size > 1
  const columns: readonly Column<OperationRow>[] = [
    { title: 'GATEWAY', text: ({ gateway }) => (several || width === undefined ? gateway : '') },
    { title: 'ID', text: ({ id }) => id, whole: true, paint: (cell, _row, { bold }) => bold(cell) },
    { title: 'ACTION', text: ({ action }) => action },
    { title: 'SAFETY', text: ({ safety }) => safety, paint: paintSafety },
    { title: 'TOUCHES', text: ({ audience }) => (audience === 'nobody' ? '' : audience), paint: paintAudience },
    { title: 'REQUEST', text: ({ method, path }) => `${method} ${path}` },
    { title: 'NOTE', text: noteOf, paint: (cell, _row, { yellow }) => yellow(cell) },
  ]
  return table(rows, columns, paint, width)
}

function paintSafety(cell: string, { safety }: OperationRow, paint: Paint): string {
  return safety === 'danger' ? paint.red(cell) : safety === 'send' ? paint.yellow(cell) : cell
}

function paintAudience(cell: string, { audience }: OperationRow, paint: Paint): string {
  return audience === 'access' ? paint.yellow(cell) : cell
}

function noteOf({ evidence, deprecated }: OperationRow): string {
  return [...(evidence === 'verified' ? [] : [evidence]), ...(deprecated ? ['deprecated'] : [])].join(', ')
}
