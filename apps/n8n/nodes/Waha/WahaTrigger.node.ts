import type { IHookFunctions, INodeType, INodeTypeDescription, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow'
import { NodeConnectionTypes } from 'n8n-workflow'
import { waha } from '../../src/gateways/waha.ts'
import { listSearches } from '../../src/lists/list-search.ts'
import { createWebhook, deleteWebhook, webhookExists } from '../../src/trigger/lifecycle.ts'
import { receive } from '../../src/trigger/receive.ts'
import { wahaTrigger } from '../../src/trigger/waha.ts'
import { eventsProperty } from './generated/trigger-events.ts'
import { triggerOptions } from './trigger-options.ts'

export class WahaTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'WAHA Trigger',
    name: 'wahaTrigger',
    icon: { light: 'file:../../icons/waha.svg', dark: 'file:../../icons/waha.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when something happens in a WAHA session',
    defaults: { name: 'WAHA Trigger' },
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'wamuxWahaApi', required: true }],
    webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' }],
    properties: [
      {
        displayName:
          'The webhook is a part of the settings of the session: registering it restarts a running session. Webhooks of others stay.',
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
          { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. default' },
        ],
      },
      eventsProperty,
      triggerOptions,
    ],
  }

  methods = { listSearch: listSearches(waha) }

  webhookMethods = {
    default: {
      async checkExists(this: IHookFunctions): Promise<boolean> {
        return webhookExists(this, wahaTrigger)
      },
      async create(this: IHookFunctions): Promise<boolean> {
        return createWebhook(this, wahaTrigger)
      },
      async delete(this: IHookFunctions): Promise<boolean> {
        return deleteWebhook(this, wahaTrigger)
      },
    },
  }

  async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
    return receive(this, wahaTrigger)
  }
}
