import type { Gateway, Operation, OperationTable } from '@wamux/core'
import { type Facts, factsOf, type Permission, permissionsFor } from '../../operation/consent.ts'
import { operationRows } from '../../operation/operations-table.ts'
import { withoutSecretAnswer } from '../../operation/secret-answer.ts'

/** What agents may do besides reading. */
export type Allowed = ReadonlySet<Permission>

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
  const found = rows
    .slice(0, MAX_RESULTS)
    .map(({ gateway: id, id: operation, action, safety, audience, evidence, deprecated, secretAnswer }) => ({
      gateway: id,
      operation,
      action,
      safety,
      ...(audience === 'nobody' ? {} : { audience }),
      ...(evidence === 'verified' ? {} : { evidence }),
      ...(deprecated ? { deprecated } : {}),
      ...(isAllowed({ safety, audience, ...(secretAnswer ? { secretAnswer } : {}) }, allowed) ? {} : { allowed: false }),
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
  return json({ ...found, allowed: isAllowed(found, allowed) })
}

/** Calls one operation, where that is allowed. */
export async function callOperation(
  reachable: Reachable,
  allowed: Allowed,
  { gateway, operation, input = {} }: { readonly gateway: string; readonly operation: string; readonly input?: object },
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const found = await findOperation(reachable, gateway, operation)
  const facts = factsOf(found, input as Readonly<Record<string, unknown>>)
  if (!isAllowed(facts, allowed)) throw notAllowed(operation, facts, allowed)
  const open = await reachable.connect(gateway)
  const { data, contentType } = await open.call(operation, input as never, { signal })
  const shown = withoutSecretAnswer(data, found)
  if (shown instanceof Uint8Array) return bytes(shown, contentType)
  return shown === undefined || shown === '' ? text('Done.') : json(shown)
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

/** True when everything is allowed that the operation needs. */
export function isAllowed(facts: Facts, allowed: Allowed): boolean {
  return permissionsFor(facts).every((one) => allowed.has(one))
}

const WHY: Readonly<Record<Permission, string>> = {
  change: 'is more than reading',
  send: 'is seen by other people',
  access: 'gives access or shows data',
  danger: 'cannot be undone',
}

function notAllowed(id: string, facts: Facts, allowed: Allowed): Error {
  const missing = permissionsFor(facts).filter((one) => !allowed.has(one))
  const flags = missing.filter((one) => one !== 'change').map((one) => `--allow-${one}`)
  const way = missing.includes('change')
    ? 'This server only looks (--read-only).'
    : `Only the person who runs wamux can allow it: wamux mcp ${flags.join(' ')}`
  return new Error(`${id} ${missing.map((one) => WHY[one]).join(' and ')}, which is not allowed here. Nothing was sent. ${way}`)
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
