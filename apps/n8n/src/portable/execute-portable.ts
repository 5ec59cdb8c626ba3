import type { Media } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { composedOperation } from '../composed/composed-operation.ts'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { mimeTypeOf } from '../controls/mime-types.ts'
import { ownValue } from '../controls/own-value.ts'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { gatewayNodes } from '../gateways/gateway-nodes.ts'
import { type GatewayOpener, gatewayOpener } from '../gateways/open-gateway.ts'
import { binaryReader } from '../run/binary-reader.ts'
import { eachItem } from '../run/each-item.ts'
import { paceOf } from '../run/pacing.ts'
import { credentialText } from '../wire/credential-text.ts'
import { type PortableInput, portableOperations } from './operations.ts'

// a reset may wait 2 minutes for the session
const TIMEOUT_MS = 150_000

/** Runs the portable node: one verb for each item, at whichever gateway was chosen. */
export async function executePortable(context: IExecuteFunctions, properties: readonly INodeProperties[]): Promise<INodeExecutionData[][]> {
  const open = gatewayOpener(context)
  return eachItem(context, properties, (index) => runItem(context, open, index))
}

async function runItem(context: IExecuteFunctions, open: GatewayOpener, index: number): Promise<INodeExecutionData[]> {
  const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback)
  const node = ownValue(gatewayNodes, String(parameter('gateway', '')))
  if (!node) throw new InvalidParameter('gateway', 'gateway: choose one')
  const [resource, operation] = [String(parameter('resource', '')), String(parameter('operation', ''))]
  const { limits, deadlineMs: timeoutMs } = paceOf(parameter('nodeOptions', {}), TIMEOUT_MS)
  const opened = await open(node, { timeoutMs: TIMEOUT_MS, ...(limits ? { limits } : {}) }, index)
  const composed = composedOperation({}, resource, operation)
  if (composed) return composed({ ...opened, context, node, index, sessionParameter: 'session', timeoutMs, outputField: 'data' })
  const run = ownValue(portableOperations, `${resource}.${operation}`)
  if (!run) throw new InvalidParameter('operation', 'operation: choose one')
  const { gateway, credentials } = opened
  // the credential of Wawp names the instance
  const input = readPortable(context, index, node, credentialText(credentials, 'instanceId'))
  const items = itemsOf(await run(gateway, input, { timeoutMs }), parameter('simplify', true) === true)
  return items.map((json) => ({ json }))
}

function readPortable(context: IExecuteFunctions, index: number, { overlay }: GatewayNode, ownSession: string): PortableInput {
  const parameter = (name: string, fallback: unknown) => plain(context.getNodeParameter(name, index, fallback))
  const more = (context.getNodeParameter('additionalFields', index, {}) ?? {}) as Record<string, unknown>
  const text = (name: string) => String(parameter(name, '') ?? '').trim()
  const session = text('session')
  return {
    session: session === '' && overlay.gateway === 'Wawp' ? ownSession : session,
    text,
    number(name) {
      const value = Number(parameter(name, Number.NaN))
      if (Number.isNaN(value)) throw new InvalidParameter(name, `${name}: expected a number`)
      return value
    },
    flag: (name) => parameter(name, false) === true,
    texts: (name) =>
      [parameter(name, [])]
        .flat(2)
        .map(String)
        .filter((one) => one !== ''),
    more: (name) => more[name],
    file: () => readFile(context, index, text),
  }
}

async function readFile(context: IExecuteFunctions, index: number, text: (name: string) => string): Promise<Media> {
  const source = text('fileSource')
  if (source === 'url') {
    const url = text('fileUrl')
    const mimetype = mimeTypeOf(url)
    return { url, ...(mimetype ? { mimetype } : {}) }
  }
  if (source === 'base64') return { base64: text('fileBase64') }
  const { bytes, mimeType, fileName } = await binaryReader(context, index).read(text('fileBinaryField') || 'data')
  return { data: bytes, mimetype: mimeType, ...(fileName ? { filename: fileName } : {}) }
}

function plain(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'value' in value && 'mode' in value ? value.value : value
}

function itemsOf(result: unknown, simple: boolean): IDataObject[] {
  return [result].flat().map((one) => {
    const { raw, ...rest } = one as Record<string, unknown>
    return (simple ? rest : { ...rest, raw }) as IDataObject
  })
}
