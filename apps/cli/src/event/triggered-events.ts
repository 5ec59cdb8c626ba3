/** What a phone of the emulator can make happen: `wamux trigger`. */
export const TRIGGERED_EVENTS = [
  'message.received',
  'message.reaction',
  'message.edited',
  'message.revoked',
  'message.ack',
  'call.received',
  'group.joined',
  'presence.updated',
  'status.posted',
] as const

export type TriggeredEvent = (typeof TRIGGERED_EVENTS)[number]
