import type { EventType } from '@wamux/core'
import { eventTypes as sparkbot } from '@wamux/sparkbot/event-types'
import { eventTypes as waha } from '@wamux/waha/event-types'
import { eventTypes as warest } from '@wamux/warest/event-types'
import { eventTypes as wawp } from '@wamux/wawp/event-types'
import { EmulatorError } from '../errors.ts'
import type { Account } from '../network/types.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { DEEDS } from './deeds.ts'
import { sendVendorEvent, VENDOR_EVENTS } from './vendor-events.ts'

/** The types of events that the emulator can cause: all that the gateway reports, and one of an unknown name. */
export const CAUSES: Readonly<Record<GatewayId, readonly EventType[]>> = {
  waha: [...waha, 'unknown'],
  wawp: [...wawp, 'unknown'],
  warest: [...warest, 'unknown'],
  sparkbot: [...sparkbot, 'unknown'],
}

/** What to cause. */
export interface Cause {
  readonly session: Session
  readonly type: EventType
  readonly from: Account
  readonly text: string | undefined
}

/**
 * Makes an event of a gateway happen: a phone or the account does what leads to it; where the network has no deed for it, the gateway sends
 * an event of its own words.
 *
 * @throws {EmulatorError} `invalid`: the gateway reports no events of this type
 * @throws {EmulatorError} `conflict`: no phone is paired with the session
 */
export function causeEvent(state: State, { session, type, from, text }: Cause): void {
  const { gateway, id, account } = session
  if (!CAUSES[gateway].includes(type)) {
    throw new EmulatorError('invalid', `type: ${gateway} reports ${CAUSES[gateway].join(', ')}, not ${JSON.stringify(type)}`)
  }
  if (!account || session.phase !== 'connected') throw new EmulatorError('conflict', `${gateway} session ${id} is not paired with a phone`)
  const parties = { state, session, account, from, text }
  const vendorEvent = VENDOR_EVENTS[gateway][type]
  if (vendorEvent) sendVendorEvent({ state, session }, vendorEvent(parties))
  else DEEDS[type]?.(parties)
}
