import { parseWebhook } from '@wamux/warest/webhooks'
import { warest } from '../gateways/warest.ts'
import type { TriggerNode } from './trigger-node.ts'

/** WARest signs the raw body, its time included. It sends everything, and a session has one webhook only. */
export const warestTrigger: TriggerNode = {
  node: warest,
  types: [
    'session.status',
    'session.challenge',
    'message.received',
    'message.sent',
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
  ],
  choosesEvents: false,
  proof: () => 'signature',
  hasOneWebhook: true,
  parse: (request, { secrets, toleranceMs, maxBodyBytes }) => parseWebhook(request, { secrets, toleranceMs, maxBodyBytes }),
}
