import type { EventType } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import type { GeneratedNode } from '../gateways.ts'
import { eventOptions } from './event-options.ts'
import { sorted } from './sorted.ts'
import { TRIGGER_OPTIONS } from './trigger-options.ts'

/** All parameters of a gateway's trigger. */
export function triggerProperties({ trigger, triggerNotice, manualNotice, session, triggerOptions }: GeneratedNode): INodeProperties[] {
  return [
    {
      displayName: triggerNotice,
      name: 'notice',
      type: 'notice',
      default: '',
      displayOptions: { show: { registration: ['automatic'] } },
    },
    sessionProperty(session),
    eventsProperty(trigger.types),
    REGISTRATION,
    {
      displayName: manualNotice,
      name: 'manualNotice',
      type: 'notice',
      default: '',
      displayOptions: { show: { registration: ['manual'] } },
    },
    SECRET,
    {
      displayName: 'Options',
      name: 'nodeOptions',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: sorted([...TRIGGER_OPTIONS, ...triggerOptions]),
    },
  ]
}

const REGISTRATION: INodeProperties = {
  displayName: 'Webhook Registration',
  name: 'registration',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'By This Node',
      value: 'automatic',
      description:
        'Activating the workflow registers the webhook at the gateway, deactivating removes it. n8n asks this node for neither when it starts: if it was ended while it published the workflow, publish it again.',
    },
    {
      name: 'I Register the Webhook Myself',
      value: 'manual',
      description: 'This node calls the gateway for nothing and only takes what is delivered',
    },
  ],
  default: 'automatic',
}

const SECRET: INodeProperties = {
  displayName: 'Secret',
  name: 'secret',
  type: 'string',
  typeOptions: { password: true },
  default: '',
  required: true,
  description: 'The secret that you give to the gateway with the webhook. Make up a long random text, at least 20 characters.',
  displayOptions: { show: { registration: ['manual'] } },
}

function sessionProperty({ label, list, example, about }: GeneratedNode['session']): INodeProperties {
  const base = { displayName: label, name: 'session' }
  if (list === undefined) return { ...base, type: 'string', default: '', ...(about === undefined ? {} : { description: about }) }
  return {
    ...base,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    modes: [
      { displayName: 'From List', name: 'list', type: 'list', typeOptions: { searchListMethod: list, searchable: true } },
      { displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
    ],
  }
}

function eventsProperty(types: readonly EventType[]): INodeProperties {
  return {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    options: eventOptions(types),
    default: ['message.received'],
    description: 'What starts the workflow',
  }
}
