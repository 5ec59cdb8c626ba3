import type { EventType } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import { EVENT_NAMES } from '../../src/trigger/event-types.ts'
import type { GeneratedNode } from '../gateways.ts'
import { sorted } from './sorted.ts'
import { TRIGGER_OPTIONS } from './trigger-options.ts'

/** All parameters of a gateway's trigger. */
export function triggerProperties({ trigger, triggerNotice, session, triggerOptions }: GeneratedNode): INodeProperties[] {
  return [
    { displayName: triggerNotice, name: 'notice', type: 'notice', default: '' },
    sessionProperty(session),
    eventsProperty(trigger.types),
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
  const options = types.flatMap((type) => (type === 'unknown' ? [] : [{ name: EVENT_NAMES[type], value: type }]))
  return {
    displayName: 'Events',
    name: 'events',
    type: 'multiOptions',
    required: true,
    options: options.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
    default: ['message.received'],
    description: 'What starts the workflow',
  }
}
