import type { Gateway, Operation, OperationTable, Safety } from '@wamux/core'
import { operationRows } from '../../operation/operations-table.ts'

/** The safety classes that agents may use. */
export type Allowed = ReadonlySet<Safety>

/** The gateways that agents may reach, by id; each is opened when it is first used. */
export interface Reachable {
  readonly ids: readonly string[]
  table(id: string): Promise<OperationTable>
  connect(id: string): Promise<Gateway>
}

/** What a tool answers with. */
export interface ToolAnswer {
  readonly content: readonly ({ type: 'text'; text: string } | { type: 'image'; data: string; mimeType: string })[]
  readonly isError?: boolean
}

const MAX_RESULTS = 30
const MAX_TEXT_LENGTH = 100_000

/** Finds operations by words. */
export async function searchOperations(
  reachable: Reachable,
  allowed: Allowed,
  { query, gateway }: { readonly query: string; readonly gateway?: string },
): Promise<ToolAnswer> {
  const ids = gateway === undefined ? reachable.ids : [requireGateway(reachable, gateway)]
  const tables = await Promise.all(ids.map(async (id) => ({ gateway: id, table: await reachable.table(id) })))
  const rows = operationRows(tables, { search: query })
  const found = rows.slice(0, MAX_RESULTS).map(({ gateway: id, id: operation, action, safety, evidence, deprecated }) => ({
    gateway: id,
    operation,
    action,
    safety,
    ...(evidence === 'verified' ? {} : { evidence }),
    ...(deprecated ? { deprecated } : {}),
    ...(allowed.has(safety) ? {} : { allowed: false }),
  }))
  return json({ found, ...(rows.length > found.length ? { more: rows.length - found.length, hint: 'Use more words.' } : {}) })
}

/** Describes one operation: its inputs with types, what it does, and how well it is known. */
export async function describeOperation(
  reachable: Reachable,
  allowed: Allowed,
  { gateway, operation }: { readonly gateway: string; readonly operation: string },
): Promise<ToolAnswer> {
  const found = await findOperation(reachable, gateway, operation)
  return json({ ...found, allowed: allowed.has(found.safety) })
}

/** Calls one operation, where that is allowed. */
export async function callOperation(
  reachable: Reachable,
  allowed: Allowed,
  { gateway, operation, input = {} }: { readonly gateway: string; readonly operation: string; readonly input?: object },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const { safety } = await findOperation(reachable, gateway, operation)
  if (!allowed.has(safety)) throw notAllowed(operation, safety)
  const open = await reachable.connect(gateway)
  const { data, contentType } = await open.call(operation, input as never, { signal })
  if (data instanceof Uint8Array) return bytes(data, contentType)
  return data === undefined || data === '' ? text('Done.') : json(data)
}

async function findOperation(reachable: Reachable, gateway: string, operation: string): Promise<Operation> {
  const { operations } = await reachable.table(requireGateway(reachable, gateway))
  const found = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (!found) throw new Error(`${gateway} has no operation "${operation}". Search for it first.`)
  return found
}

function requireGateway({ ids }: Reachable, gateway: string): string {
  if (ids.includes(gateway)) return gateway
  throw new Error(`There is no gateway "${gateway}"; there are ${ids.join(', ') || 'none'}.`)
}

function notAllowed(operation: string, safety: Safety): Error {
  const flag = safety === 'send' ? '--allow-send' : safety === 'danger' ? '--allow-danger' : undefined
  const way = flag ? `Only the person who runs wamux can allow it: wamux mcp ${flag}` : 'This server only looks (--read-only).'
  return new Error(`${operation} is of the kind "${safety}", which is not allowed here. Nothing was sent. ${way}`)
}

function bytes(data: Uint8Array, contentType: string): ToolAnswer {
  if (contentType.startsWith('image/'))
    return { content: [{ type: 'image', data: Buffer.from(data).toString('base64'), mimeType: contentType }] }
  return text(`${data.length} bytes of ${contentType}; wamux on the command line can save them.`)
}

function json(value: unknown): ToolAnswer {
  const whole = JSON.stringify(value)
  return text(whole.length > MAX_TEXT_LENGTH ? `${whole.slice(0, MAX_TEXT_LENGTH)}… (${whole.length} characters: ask for less)` : whole)
}

function text(words: string): ToolAnswer {
  return { content: [{ type: 'text', text: words }] }
}
