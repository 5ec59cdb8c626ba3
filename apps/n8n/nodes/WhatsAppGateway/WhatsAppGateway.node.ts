import type {
  IExecuteFunctions,
  INodeExecutionData,
  INodeType,
  INodeTypeDescription,
  IWebhookFunctions,
  IWebhookResponseData,
} from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { answerWaiting } from '../../src/composed/response-page.ts'
import { WAITING_TOOLTIP, waitingWebhooks } from '../../src/composed/send-and-wait.ts'
import { executePortable } from '../../src/portable/execute-portable.ts'
import { portableLists } from '../../src/portable/list-search.ts'
import { portableProperties } from './properties.ts'

export class WhatsAppGateway implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WhatsApp Gateway',
    name: 'whatsAppGateway',
    icon: { light: 'file:../../icons/gateway.svg', dark: 'file:../../icons/gateway.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["gateway"] + ": " + $parameter["operation"]}}',
    description: 'Send messages and look after sessions, the same way at WAHA, Wawp, WARest and SparkBot',
    defaults: { name: 'WhatsApp Gateway' },
    usableAsTool: true,
    waitingNodeTooltip: WAITING_TOOLTIP,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      { name: 'wamuxSparkbotApi', required: true, displayOptions: { show: { gateway: ['sparkbot'] } } },
      { name: 'wamuxWahaApi', required: true, displayOptions: { show: { gateway: ['waha'] } } },
      { name: 'wamuxWarestApi', required: true, displayOptions: { show: { gateway: ['warest'] } } },
      { name: 'wamuxWawpApi', required: true, displayOptions: { show: { gateway: ['wawp'] } } },
    ],
    webhooks: waitingWebhooks,
    properties: portableProperties,
  }

  methods = { listSearch: portableLists }

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return executePortable(this, portableProperties)
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return answerWaiting(this)
  }
}
