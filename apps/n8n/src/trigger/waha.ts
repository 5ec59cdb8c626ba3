import { type EventType, eventTypes } from '@wamux/core'
import { engineEventWords } from '@wamux/engine'
import { parseWebhook } from '@wamux/waha/webhooks'
import { waha } from '../gateways/waha.ts'
import type { TriggerNode } from './trigger-node.ts'

/** Types that WAHA and what is built on it have a word for. */
export const engineTypes: readonly EventType[] = eventTypes.filter((type) => engineEventWords([type]).missing.length === 0)

/** WAHA signs the raw body, HMAC-SHA512, with the key of the webhook. */
export const wahaTrigger: TriggerNode = {
  node: waha,
  types: engineTypes,
  choosesEvents: true,
  proof: () => 'signature',
  writesWholeList: true,
  parse: (request, { secrets, toleranceMs, maxBodyBytes }) => parseWebhook(request, { secrets, toleranceMs, maxBodyBytes }),
}
