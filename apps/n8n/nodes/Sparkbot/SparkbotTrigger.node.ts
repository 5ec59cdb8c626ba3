import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { sparkbot } from '../../src/gateways/sparkbot.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { createWebhook, deleteWebhook, webhookExists } from '../../src/trigger/lifecycle.ts'
import { receive } from '../../src/trigger/receive.ts'
import { sparkbotTrigger } from '../../src/trigger/sparkbot.ts'
import { eventsProperty } from './generated/trigger-events.ts'
import { triggerOptions } from './trigger-options.ts'

export class SparkbotTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'SparkBot Trigger',
    name: 'sparkbotTrigger',
    icon: { light: 'file:../../icons/sparkbot.svg', dark: 'file:../../icons/sparkbot.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens with a WhatsApp number at SparkBot',
    defaults: { name: 'SparkBot Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxSparkbotApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName:
          'SparkBot does not sign what it sends. The address that it gets holds a random secret, so that nobody else can send there; the content is not protected. Which events come depends on the plan.',
        name: 'notice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'WhatsApp Number',
        name: 'session',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        required: true,
        modes: [
          {
            displayName: 'From List',
            name: 'list',
            type: 'list',
            typeOptions: { searchListMethod: 'device', searchable: true },
          },
          { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 507f1f77bcf86cd799439011' },
        ],
      },
      eventsProperty,
      triggerOptions,
    ],
  }

  methods = { listSearch: listSearches(sparkbot) }

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return webhookExists(this, sparkbotTrigger)
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return createWebhook(this, sparkbotTrigger)
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return deleteWebhook(this, sparkbotTrigger)
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, sparkbotTrigger)
  }
}
