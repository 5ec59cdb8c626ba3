import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { sparkbot } from '../../src/gateways/sparkbot.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { executeOperations } from '../../src/run/execute-operations.ts'
import { operationProperties } from './generated/index.ts'
import { sparkbotOptions } from './options.ts'

export class Sparkbot implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'SparkBot',
    name: 'sparkbot',
    icon: { light: 'file:../../icons/sparkbot.svg', dark: 'file:../../icons/sparkbot.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["resource"] + ": " + $parameter["operation"]}}',
    description: 'Call every operation of the WhatsApp gateway SparkBot',
    defaults: { name: 'SparkBot' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxSparkbotApi', required: true }],
    properties: [...operationProperties, sparkbotOptions],
  }

  methods = { listSearch: listSearches(sparkbot) }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executeOperations(this, sparkbot, operationProperties)
  }
}
