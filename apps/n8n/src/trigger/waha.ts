import { eventTypes } from '@wamux/waha/event-types'
import { parseWebhook } from '@wamux/waha/webhooks'
import { waha } from '../gateways/waha.ts'
import type { TriggerNode } from './trigger-node.ts'

/** WAHA signs the raw body, HMAC-SHA512, with the key of the webhook. */
export const wahaTrigger: TriggerNode = {
  node: waha,
  types: eventTypes,
  choosesEvents: true,
  proof: () => 'signature',
  writesWholeList: true,
  parse: (request, { secrets, toleranceMs, maxBodyBytes }) => parseWebhook(request, { secrets, toleranceMs, maxBodyBytes }),
}
