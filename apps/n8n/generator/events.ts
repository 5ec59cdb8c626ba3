import type { EventType } from '@wamux/core'
import type { INodeProperties } from 'n8n-workflow'
import { EVENT_NAMES } from '../src/trigger/event-types.ts'

/** The events that a trigger offers. */
export function eventsProperty(types: readonly EventType[]): INodeProperties {
  const names: Readonly<Partial<Record<EventType, string>>> = EVENT_NAMES
  const options = types.flatMap((type) => {
    const name = names[type]
    return name === undefined ? [] : [{ name, value: type }]
  })
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
