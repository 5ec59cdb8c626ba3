import type { EventType } from '@wamux/core'
import { EmulatorError } from '../errors.ts'
import type { Account } from '../network/types.ts'
import type { GatewayId, Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { DEEDS } from './deeds.ts'
import { sendVendorEvent, VENDOR_EVENTS } from './vendor-events.ts'

const ENGINE_TYPES: readonly EventType[] = [
  'session.status',
  'session.challenge',
  'message.received',
  'message.sent',
  'message.ack',
  'message.failed',
  'message.reaction',
  'message.edited',
  'message.revoked',
  'message.undecryptable',
  'poll.vote',
  'event.response',
  'group.joined',
  'group.left',
  'group.updated',
  'group.participants',
  'group.join_request',
  'chat.archived',
  'presence.updated',
  'label.upserted',
  'label.deleted',
  'label.assigned',
  'label.unassigned',
  'call.received',
  'call.accepted',
  'call.rejected',
  'channel.message',
  'status.posted',
  'unknown',
]

/**
 * The types of events that each gateway tells, so that the emulator can cause them. What a gateway does not tell is absent: the engines tell
 * a missed call as a rejected one; WARest tells nothing of what its account sends; SparkBot tells neither calls nor presence.
 */
export const CAUSES: Readonly<Record<GatewayId, readonly EventType[]>> = {
  waha: ENGINE_TYPES,
  wawp: ENGINE_TYPES,
  warest: [
    'session.status',
    'session.challenge',
    'message.received',
    'message.reaction',
    'message.edited',
    'message.revoked',
    'group.joined',
    'group.left',
    'group.updated',
    'group.participants',
    'presence.updated',
    'call.received',
    'call.accepted',
    'call.rejected',
    'call.missed',
    'call.ended',
    'channel.message',
    'status.posted',
    'unknown',
  ],
  sparkbot: [
    'session.status',
    'message.received',
    'message.sent',
    'message.ack',
    'message.failed',
    'message.reaction',
    'message.edited',
    'message.revoked',
    'group.updated',
    'group.participants',
    'chat.updated',
    'chat.archived',
    'contact.updated',
    'channel.message',
    'status.posted',
    'unknown',
  ],
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
 * @throws {EmulatorError} `invalid`: the gateway does not tell this type
 * @throws {EmulatorError} `conflict`: no phone is paired with the session
 */
export function causeEvent(state: State, { session, type, from, text }: Cause): void {
  const { gateway, id, account } = session
  if (!CAUSES[gateway].includes(type)) {
    throw new EmulatorError('invalid', `type: ${gateway} tells ${CAUSES[gateway].join(', ')}, not ${JSON.stringify(type)}`)
  }
  if (!account || session.phase !== 'connected') throw new EmulatorError('conflict', `${gateway} session ${id} is not paired with a phone`)
  const parties = { state, session, account, from, text }
  const vendorEvent = VENDOR_EVENTS[gateway][type]
  if (vendorEvent) sendVendorEvent({ state, session }, vendorEvent(parties))
  else DEEDS[type]?.(parties)
}
