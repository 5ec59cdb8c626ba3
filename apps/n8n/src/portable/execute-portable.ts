import type { GatewayBase, Media } from '@wamux/core'
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { mimeTypeOf } from '../controls/mime-types.ts'
import { ownValue } from '../controls/own-value.ts'
import { credentialText, type GatewayNode } from '../gateways/gateway-node.ts'
import { gatewayNodes } from '../gateways/gateway-nodes.ts'
import { binaryReader } from '../run/binary-reader.ts'
import { errorJson, reportError } from '../run/report-error.ts'
import { titleOf } from '../run/title-of.ts'
import { n8nFetch } from '../wire/n8n-fetch.ts'
import { subscriptionCheck } from '../wire/subscription-check.ts'
import { type PortableInput, portableOperations } from './operations.ts'

// a reset may wait 2 minutes for the session
const TIMEOUT_MS = 150_000

/** Runs the portable node: one verb for each item, at whichever gateway was chosen. */
export async function executePortable(context: IExecuteFunctions, properties: readonly INodeProperties[]): Promise<INodeExecutionData[][]> {
  const output: INodeExecutionData[] = []
  for (let index = 0; index < context.getInputData().length; index++) {
    try {
      const items = await runItem(context, index)
      for (const json of items) output.push({ json, pairedItem: { item: index } })
    } catch (cause) {
      const error = reportError(context.getNode(), cause, index, (field) => titleOf(properties, field))
      if (!context.continueOnFail()) throw error
      output.push({ json: errorJson(error, cause), error, pairedItem: { item: index } })
    }
  }
  return [output]
}

async function runItem(context: IExecuteFunctions, index: number): Promise<IDataObject[]> {
  const parameter = (name: string, fallback: unknown) => context.getNodeParameter(name, index, fallback)
  const node = ownValue(gatewayNodes, String(parameter('gateway', '')))
  if (!node) throw new InvalidParameter('gateway', 'gateway: choose one')
  const id = `${String(parameter('resource', ''))}.${String(parameter('operation', ''))}`
  const run = ownValue(portableOperations, id)
  if (!run) throw new InvalidParameter('operation', 'operation: choose one')
  const credentials = await context.getCredentials(node.credential, index)
  const preflight = subscriptionCheck(context, credentials)
  const fetch = n8nFetch(context, node.credential, node.places, TIMEOUT_MS)
  const gateway = node.create(credentials, { fetch, ...(preflight ? { preflight } : {}) })
  // the credential of Wawp names the instance
  const input = readPortable(context, index, node, credentialText(credentials, 'instanceId'))
  return itemsOf(await run(gateway as GatewayBase, input, { timeoutMs: TIMEOUT_MS }), parameter('simplify', true) === true)
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
