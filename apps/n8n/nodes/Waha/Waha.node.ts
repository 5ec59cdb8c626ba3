import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { waha } from '../../src/gateways/waha.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { executeOperations } from '../../src/run/execute-operations.ts'
import { operationProperties } from './generated/index.ts'
import { wahaOptions } from './options.ts'

export class Waha implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WAHA',
    name: 'waha',
    icon: { light: 'file:../../icons/waha.svg', dark: 'file:../../icons/waha.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["resource"] + ": " + $parameter["operation"]}}',
    description: 'Call every operation of WAHA, the WhatsApp HTTP API',
    defaults: { name: 'WAHA' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWahaApi', required: true }],
    properties: [...operationProperties, wahaOptions],
  }

  methods = { listSearch: listSearches(waha) }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executeOperations(this, waha, operationProperties)
  }
}
