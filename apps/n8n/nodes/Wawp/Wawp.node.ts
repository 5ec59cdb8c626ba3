import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { wawp } from '../../src/gateways/wawp.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { executeOperations } from '../../src/run/execute-operations.ts'
import { operationProperties } from './generated/index.ts'
import { wawpOptions } from './options.ts'

export class Wawp implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Wawp',
    name: 'wawp',
    icon: { light: 'file:../../icons/wawp.svg', dark: 'file:../../icons/wawp.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["resource"] + ": " + $parameter["operation"]}}',
    description: 'Call every operation of the WhatsApp gateway Wawp',
    defaults: { name: 'Wawp' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWawpApi', required: true }],
    properties: [...operationProperties, wawpOptions],
  }

  methods = { listSearch: listSearches(wawp) }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executeOperations(this, wawp, operationProperties)
  }
}
