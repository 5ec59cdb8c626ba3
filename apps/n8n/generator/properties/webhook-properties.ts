import type { EventType } from '@wamux/core'
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow'
import { eventOptions } from './event-options.ts'

/** The resource Webhook of a gateway that keeps webhooks in the settings of a session. */
export function webhookProperties(types: readonly EventType[]): INodeProperties[] {
  const shown = (...operation: string[]): { displayOptions: IDisplayOptions } => ({
    displayOptions: { show: { resource: ['webhook'], ...(operation.length > 0 ? { operation } : {}) } },
  })
  const events: INodeProperties = {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    options: eventOptions(types),
    default: ['message.received'],
    description: 'Which events are posted; left out, all that there are',
  }
  const secret: INodeProperties = {
    displayName: 'Secret',
    name: 'secret',
    type: 'string',
    typeOptions: { password: true },
    default: '',
    description: 'Key that what is posted is signed with',
  }
  const newUrl: INodeProperties = {
    displayName: 'New URL',
    name: 'newUrl',
    type: 'string',
    default: '',
    placeholder: 'e.g. https://example.com/hook',
  }
  const collection = (inner: INodeProperties[], operation: string): INodeProperties => ({
    displayName: 'Webhook Options',
    name: 'webhookOptions',
    type: 'collection',
    placeholder: 'Add option',
    default: {},
    options: inner,
    ...shown(operation),
  })
  return [
    {
      displayName: 'Operation',
      name: 'operation',
      type: 'options',
      noDataExpression: true,
      options: [
        { name: 'Create', value: 'create', description: 'Adds a webhook to a session', action: 'Create a webhook' },
        { name: 'Delete', value: 'delete', description: 'Removes a webhook from a session', action: 'Delete a webhook' },
        { name: 'Get Many', value: 'list', description: 'Lists the webhooks of a session', action: 'Get many webhooks' },
        { name: 'Update', value: 'update', description: 'Changes address, events or secret of a webhook', action: 'Update a webhook' },
      ],
      default: 'list',
      ...shown(),
    },
    {
      displayName: 'Webhooks are a part of the settings of a session. Changing them restarts a running session; other webhooks stay.',
      name: 'webhookNotice',
      type: 'notice',
      default: '',
      ...shown('create', 'delete', 'update'),
    },
    {
      displayName: 'Session',
      name: 'session',
      type: 'resourceLocator',
      default: { mode: 'list', value: '' },
      required: true,
      modes: [
        { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: 'session', searchable: true } },
        { displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. default' },
      ],
      ...shown(),
    },
    {
      displayName: 'Webhook URL',
      name: 'webhookUrl',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://example.com/hook',
      description: 'Address that events are posted to; it names the webhook',
      ...shown('create', 'delete', 'update'),
    },
    collection([events, secret], 'create'),
    collection([events, newUrl, secret], 'update'),
  ]
}
