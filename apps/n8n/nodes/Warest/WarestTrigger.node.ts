import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { warest } from '../../src/gateways/warest.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { createWebhook, deleteWebhook, webhookExists } from '../../src/trigger/lifecycle.ts'
import { receive } from '../../src/trigger/receive.ts'
import { warestTrigger } from '../../src/trigger/warest.ts'
import { eventsProperty } from './generated/trigger-events.ts'
import { triggerOptions } from './trigger-options.ts'

export class WarestTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WARest Trigger',
    name: 'warestTrigger',
    icon: { light: 'file:../../icons/warest.svg', dark: 'file:../../icons/warest.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens in a WARest session',
    defaults: { name: 'WARest Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWarestApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName:
          'A session of WARest has one webhook. If it has one already, the trigger cannot be activated; it does not take the place of another one. The session has to be running then.',
        name: 'notice',
        type: 'notice',
        default: '',
      },
      {
        displayName: 'Session',
        name: 'session',
        type: 'resourceLocator',
        default: { mode: 'list', value: '' },
        required: true,
        modes: [
          {
            displayName: 'From List',
            name: 'list',
            type: 'list',
            typeOptions: { searchListMethod: 'session', searchable: true },
          },
          { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. my-session' },
        ],
      },
      eventsProperty,
      triggerOptions,
    ],
  }

  methods = { listSearch: listSearches(warest) }

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return webhookExists(this, warestTrigger)
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return createWebhook(this, warestTrigger)
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return deleteWebhook(this, warestTrigger)
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, warestTrigger)
  }
}
