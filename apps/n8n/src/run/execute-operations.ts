import type { Answer, GatewayBase, Operation } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { formFor, type OperationForm } from '../controls/control.ts'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { operationOf } from '../controls/operation-value.ts'
import { readInput } from '../controls/read-input.ts'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { type GatewayOpener, gatewayOpener, type OpenOptions } from '../gateways/open-gateway.ts'
import { binaryReader } from './binary-reader.ts'
import { deletes, fileOf, itemsOf, simplified } from './output.ts'
import { fetchEntries } from './paging.ts'
import { errorJson, reportError } from './report-error.ts'
import { titleOf } from './title-of.ts'

const DEFAULT_TIMEOUT_MS = 60_000

/** Runs the node: one operation for each item, in order. What fails is one item's matter when the node is set to go on. */
export async function executeOperations(
  context: IExecuteFunctions,
  node: GatewayNode,
  properties: readonly INodeProperties[],
): Promise<INodeExecutionData[][]> {
  const output: INodeExecutionData[] = []
  const open = gatewayOpener(context)
  for (let index = 0; index < context.getInputData().length; index++) {
    try {
      const items = await runItem(context, node, open, index)
      output.push(...items.map((item) => ({ ...item, pairedItem: { item: index } })))
    } catch (cause) {
      const error = reportError(context.getNode(), cause, index, (field) => titleOf(properties, field))
      if (!context.continueOnFail()) throw error
      output.push({ json: errorJson(error, cause), pairedItem: { item: index } })
    }
  }
  return [output]
}

interface Options {
  readonly timeoutMs: number
  readonly outputField: string
  readonly extra: Record<string, unknown> | undefined
  readonly path: string
  readonly instanceId: string
}

async function runItem(context: IExecuteFunctions, node: GatewayNode, open: GatewayOpener, index: number): Promise<INodeExecutionData[]> {
  // n8n throws for a parameter that is not there, unless it gets something else to give
  const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback ?? null)
  const operation = operationOf(node.table, node.overlay, String(parameter('resource', '')), String(parameter('operation', '')))
  if (!operation) throw new InvalidParameter('operation', `operation: ${node.overlay.gateway} has no operation of this name`)
  const form = formFor(operation, node.overlay)
  const options = readOptions(parameter('nodeOptions', {}), form, node.overlay.slow?.[operation.id])
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

function openOptions({ id }: Operation, { path, instanceId, timeoutMs }: Options): OpenOptions {
  return { timeoutMs, ...(path === '' ? {} : { paths: { [id]: path } }), ...(instanceId === '' ? {} : { instanceId }) }
}

function callOnce(
  context: IExecuteFunctions,
  gateway: GatewayBase,
  operation: Operation,
  input: Record<string, unknown>,
  { timeoutMs, extra }: Options,
): Promise<Answer> {
  const signal = context.getExecutionCancelSignal?.()
  return gateway.call(operation.id, input, { timeoutMs, ...(signal ? { signal } : {}), ...(extra ? { extra } : {}) })
}

function readOptions(value: unknown, form: OperationForm, slowMs = DEFAULT_TIMEOUT_MS): Options {
  const options = (value ?? {}) as Record<string, unknown>
  const seconds = Number(options.timeout ?? 0)
  return {
    timeoutMs: seconds > 0 ? seconds * 1_000 : slowMs,
    outputField: typeof options.outputField === 'string' && options.outputField !== '' ? options.outputField : 'data',
    extra: form.openBody ? readExtra(options.extraFields) : undefined,
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
