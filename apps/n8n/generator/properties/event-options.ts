import type { EventType } from '@wamux/core'
import type { INodePropertyOptions } from 'n8n-workflow'
import { EVENT_NAMES } from '../../src/trigger/event-types.ts'
import { byName } from './sorted.ts'

/** The types of events that a webhook can bring, to choose from. */
export function eventOptions(types: readonly EventType[]): INodePropertyOptions[] {
  const names: Readonly<Partial<Record<EventType, string>>> = EVENT_NAMES
  const options = types.flatMap((type) => {
    const name = names[type]
    return name === undefined ? [] : [{ name, value: type }]
  })
  return options.toSorted(byName)
}
