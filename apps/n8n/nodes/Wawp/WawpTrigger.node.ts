import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { createWebhook, deleteWebhook, webhookExists } from '../../src/trigger/lifecycle.ts'
import { receive } from '../../src/trigger/receive.ts'
import { wawpTrigger } from '../../src/trigger/wawp.ts'
import { eventsProperty } from './generated/trigger-events.ts'
import { triggerOptions } from './trigger-options.ts'

export class WawpTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Wawp Trigger',
    name: 'wawpTrigger',
    icon: { light: 'file:../../icons/wawp.svg', dark: 'file:../../icons/wawp.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens in a Wawp instance',
    defaults: { name: 'Wawp Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWawpApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName:
          'Wawp allows webhooks on paid plans only. How it signs them is not documented without doubt: the options take a signature of either kind, or the one that you choose.',
        name: 'notice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Instance ID',
        name: 'session',
        type: 'string',
        default: '',
        description: 'Left empty, the instance that the credential names',
      },
      eventsProperty,
      triggerOptions,
    ],
  }

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return webhookExists(this, wawpTrigger)
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return createWebhook(this, wawpTrigger)
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return deleteWebhook(this, wawpTrigger)
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, wawpTrigger)
  }
}
