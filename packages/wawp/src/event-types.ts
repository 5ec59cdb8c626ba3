import type { EventType } from '@wamux/core'
import { engineEventTypes } from '@wamux/engine/event-types'

/** The types of events that Wawp reports: those of its engines, which report a missed call as a rejected one. */
export const eventTypes: readonly EventType[] = engineEventTypes
