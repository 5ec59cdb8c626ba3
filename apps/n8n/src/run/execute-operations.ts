import type { GatewayBase, GatewayResponse, Operation } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { composedOperation } from '../composed/composed-operation.ts'
import { formFor, type OperationForm } from '../controls/control.ts'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { operationOf } from '../controls/operation-value.ts'
import { readInput } from '../controls/read-input.ts'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { type GatewayOpener, gatewayOpener, type OpenOptions } from '../gateways/open-gateway.ts'
import { sessionParameterOf } from '../overlay/session-parameter.ts'
import { binaryReader } from './binary-reader.ts'
import { eachItem } from './each-item.ts'
import { deletes, fileOf, itemsOf, simplified } from './output.ts'
import { type Pace, paceOf } from './pacing.ts'
import { fetchEntries } from './paging.ts'

const DEFAULT_TIMEOUT_MS = 60_000

/** Runs the node: one operation for each item, in order. */
export async function executeOperations(
  context: IExecuteFunctions,
  node: GatewayNode,
  properties: readonly INodeProperties[],
): Promise<INodeExecutionData[][]> {
  const open = gatewayOpener(context)
  return eachItem(context, properties, (index) => runItem(context, node, open, index))
}

interface Options extends Pace {
  readonly timeoutMs: number
  readonly outputField: string
  readonly extra: Record<string, unknown> | undefined
  readonly path: string
  readonly instanceId: string
}

async function runItem(context: IExecuteFunctions, node: GatewayNode, open: GatewayOpener, index: number): Promise<INodeExecutionData[]> {
  // n8n throws for a parameter that is not there, unless it gets something else to give
  const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback ?? null)
  const [resource, value] = [String(parameter('resource', '')), String(parameter('operation', ''))]
  const composed = composedOperation(node.overlay, resource, value)
  if (composed) {
    const options = readOptions(parameter('nodeOptions', {}))
    const opened = await open(node, openOptions(undefined, options), index)
    const sessionParameter = sessionParameterOf(node.overlay)
    const { deadlineMs: timeoutMs, outputField } = options
    return composed({ ...opened, context, node, index, sessionParameter, timeoutMs, outputField })
  }
  const operation = operationOf(node.table, node.overlay, resource, value)
  if (!operation) throw new InvalidParameter('operation', `operation: ${node.overlay.gateway} has no operation of this name`)
  const form = formFor(operation, node.overlay)
  const options = readOptions(parameter('nodeOptions', {}), { form, slowMs: node.overlay.slow?.[operation.id] })
  const input = await readInput(form, { overlay: node.overlay, operation: operation.id, parameter, binary: binaryReader(context, index) })
  if (hasFile(input)) asForm(input, options)
  const { gateway } = await open(node, openOptions(operation, options), index)
  const call = (given: Record<string, unknown>) => callOnce(context, gateway, operation, given, options)
  const fields = node.overlay.simplifyOf(operation)
  const simple = fields !== undefined && parameter('simplify', true) === true
  const finish = (item: IDataObject) => (simple ? simplified(item, fields) : item)
  const paging = node.overlay.pagingOf(operation)
  if (paging) {
    const limit = parameter('returnAll', false) === true ? Number.POSITIVE_INFINITY : readLimit(parameter('limit', 50))
    const entries = await fetchEntries(operation, paging, input, limit, async (given) => {
      const found = node.unwrap(operation, (await call(given)).data)
      return Array.isArray(found) ? found : found === undefined || found === null || found === '' ? [] : [found]
    })
    return entries.flatMap((entry) => itemsOf(entry)).map((item) => ({ json: finish(item) }))
  }
  const answer = await call(input)
  const file = await fileOf(context, operation, answer, options.outputField)
  if (file) return [file]
  // done in part: what was not done stands beside what was
  const partly = answer.status === 207
  const items = partly ? itemsOf(answer.data) : itemsOf(node.unwrap(operation, answer.data), deletes(operation))
  return items.map((item) => ({ json: finish(item) }))
}

function openOptions(operation: Operation | undefined, { path, instanceId, timeoutMs, limits }: Options): OpenOptions {
  return {
    timeoutMs,
    ...(limits ? { limits } : {}),
    ...(path === '' || !operation ? {} : { paths: { [operation.id]: path } }),
    ...(instanceId === '' ? {} : { instanceId }),
  }
}

function callOnce(
  context: IExecuteFunctions,
  gateway: GatewayBase,
  operation: Operation,
  input: Record<string, unknown>,
  { deadlineMs: timeoutMs, extra }: Options,
): Promise<GatewayResponse> {
  const signal = context.getExecutionCancelSignal?.()
  return gateway.call(operation.id, input, { timeoutMs, ...(signal ? { signal } : {}), ...(extra ? { extra } : {}) })
}

interface Known {
  readonly form?: OperationForm
  readonly slowMs?: number | undefined
}

function readOptions(value: unknown, { form, slowMs = DEFAULT_TIMEOUT_MS }: Known = {}): Options {
  const options = (value ?? {}) as Record<string, unknown>
  const seconds = Number(options.timeout ?? 0)
  const timeoutMs = seconds > 0 ? seconds * 1_000 : slowMs
  return {
    timeoutMs,
    ...paceOf(options, timeoutMs),
    outputField: typeof options.outputField === 'string' && options.outputField !== '' ? options.outputField : 'data',
    extra: form?.openBody ? readExtra(options.extraFields) : undefined,
    path: typeof options.path === 'string' ? options.path.trim() : '',
    instanceId: typeof options.instanceId === 'string' ? options.instanceId.trim() : '',
  }
}

function readExtra(value: unknown): Record<string, unknown> | undefined {
  if (value === undefined || value === '' || value === null) return undefined
  let extra = value
  try {
    extra = typeof value === 'string' ? JSON.parse(value) : value
  } catch {
    throw new InvalidParameter('extraFields', 'extraFields: expected valid JSON')
  }
  if (typeof extra !== 'object' || extra === null || Array.isArray(extra)) {
    throw new InvalidParameter('extraFields', 'extraFields: expected a JSON object')
  }
  return Object.keys(extra).length > 0 ? (extra as Record<string, unknown>) : undefined
}

function readLimit(value: unknown): number {
  const limit = Number(value)
  if (!Number.isInteger(limit) || limit < 1) throw new InvalidParameter('limit', 'limit: expected a whole number of at least 1')
  return limit
}

function hasFile(input: Record<string, unknown>): boolean {
  return Object.values(input).some((value) => [value].flat().some((one) => one instanceof Blob))
}

// a form has no lists of texts: the gateway takes them separated by commas there; and no fields that the document does not know
function asForm(input: Record<string, unknown>, { extra }: Options): void {
  if (extra) throw new InvalidParameter('extraFields', 'extraFields: cannot go with a file from a binary field; give its address or base64')
  if (Array.isArray(input.to)) input.to = input.to.join(',')
}
