import { eventTypes } from '@wamux/sparkbot/event-types'
import { parseWebhook } from '@wamux/sparkbot/webhooks'
import { sparkbot } from '../gateways/sparkbot.ts'
import type { TriggerNode } from './trigger-node.ts'

/** SparkBot signs nothing: the address that it is given has the secret in it. */
export const sparkbotTrigger: TriggerNode = {
  node: sparkbot,
  types: eventTypes,
  choosesEvents: true,
  proof: () => 'address',
  parse: (request, { secrets, maxBodyBytes }) => parseWebhook(request, { verify: 'path-token', secrets, maxBodyBytes }),
}
