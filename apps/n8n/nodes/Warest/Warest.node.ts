import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { warest } from '../../src/gateways/warest.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { executeOperations } from '../../src/run/execute-operations.ts'
import { operationProperties } from './generated/index.ts'
import { warestOptions } from './options.ts'

export class Warest implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WARest',
    name: 'warest',
    icon: { light: 'file:../../icons/warest.svg', dark: 'file:../../icons/warest.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["resource"] + ": " + $parameter["operation"]}}',
    description: 'Call every operation of the WhatsApp gateway WARest',
    defaults: { name: 'WARest' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWarestApi', required: true }],
    properties: [...operationProperties, warestOptions],
  }

  methods = { listSearch: listSearches(warest) }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executeOperations(this, warest, operationProperties)
  }
}
