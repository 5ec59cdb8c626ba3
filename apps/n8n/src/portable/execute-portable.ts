import type { Media } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { mimeTypeOf } from '../controls/mime-types.ts'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { gatewayNodes } from '../gateways/gateway-nodes.ts'
import { type GatewayOpener, gatewayOpener } from '../gateways/open-gateway.ts'
import { binaryReader } from '../run/binary-reader.ts'
import { errorJson, reportError } from '../run/report-error.ts'
import { titleOf } from '../run/title-of.ts'
import { credentialText } from '../wire/credential-text.ts'
import { type PortableInput, portableOperations } from './operations.ts'

// a reset may wait 2 minutes for the session
const TIMEOUT_MS = 150_000

/** Runs the portable node: one verb for each item, at whichever gateway was chosen. */
export async function executePortable(context: IExecuteFunctions, properties: readonly INodeProperties[]): Promise<INodeExecutionData[][]> {
  const output: INodeExecutionData[] = []
  const open = gatewayOpener(context)
  for (let index = 0; index < context.getInputData().length; index++) {
    try {
      const items = await runItem(context, open, index)
      output.push(...items.map((json) => ({ json, pairedItem: { item: index } })))
    } catch (cause) {
      const error = reportError(context.getNode(), cause, index, (field) => titleOf(properties, field))
      if (!context.continueOnFail()) throw error
      output.push({ json: errorJson(error, cause), pairedItem: { item: index } })
    }
  }
  return [output]
}

async function runItem(context: IExecuteFunctions, open: GatewayOpener, index: number): Promise<IDataObject[]> {
  const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback)
  const node = gatewayNodes[String(parameter('gateway', ''))]
  if (!node) throw new InvalidParameter('gateway', 'gateway: choose one')
  const id = `${String(parameter('resource', ''))}.${String(parameter('operation', ''))}`
  const run = portableOperations[id]
  if (!run) throw new InvalidParameter('operation', 'operation: choose one')
  const { gateway, credentials } = await open(node, { timeoutMs: TIMEOUT_MS }, index)
  // the credential of Wawp names the instance
  const input = readPortable(context, index, node, credentialText(credentials, 'instanceId'))
  return itemsOf(await run(gateway, input, { timeoutMs: TIMEOUT_MS }), parameter('simplify', true) === true)
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
