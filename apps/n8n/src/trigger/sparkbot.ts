import { parseWebhook } from '@wamux/sparkbot/webhooks'
import { sparkbot } from '../gateways/sparkbot.ts'
import type { TriggerNode } from './trigger-node.ts'

/** SparkBot signs nothing: the address that it is given has the secret in it. */
export const sparkbotTrigger: TriggerNode = {
  node: sparkbot,
  types: [
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
  ],
  choosesEvents: true,
  proof: () => 'address',
  parse: (request, { secrets, maxBodyBytes }) => parseWebhook(request, { verify: 'path-token', secrets, maxBodyBytes }),
}
