import { eventTypes } from '@wamux/warest/event-types'
import { parseWebhook } from '@wamux/warest/webhooks'
import { warest } from '../gateways/warest.ts'
import type { TriggerNode } from './trigger-node.ts'

/** WARest signs the raw body, its time included. It sends everything, and a session has one webhook only. */
export const warestTrigger: TriggerNode = {
  node: warest,
  types: eventTypes,
  choosesEvents: false,
  proof: () => 'signature',
  hasOneWebhook: true,
  parse: (request, { secrets, toleranceMs, maxBodyBytes }) => parseWebhook(request, { secrets, toleranceMs, maxBodyBytes }),
}
