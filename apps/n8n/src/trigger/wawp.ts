import { GatewayError, type GatewayEvent } from '@wamux/core'
import { secretMatches, type WebhookRequest } from '@wamux/core/webhooks'
import { eventTypes } from '@wamux/wawp/event-types'
import { parseWebhook, type WawpSignature } from '@wamux/wawp/webhooks'
import { wawp } from '../gateways/wawp.ts'
import type { DeliveryChecks, TriggerNode } from './trigger-node.ts'

const ALL: readonly WawpSignature[] = ['hmac-sha256', 'hmac-sha512', 'secret']

/** Sources disagree on how Wawp signs. Whichever way it does, the sender has to know the secret. */
export const wawpTrigger: TriggerNode = {
  node: wawp,
  types: eventTypes,
  choosesEvents: true,
  proof: (signature) => (signature === 'address' ? 'address' : 'signature'),
  async parse(request, checks) {
    if (checks.signature === 'address') return withToken(request, checks)
    const wanted = ALL.find((one) => one === checks.signature)
    for (const signature of wanted ? [wanted] : ALL) {
      const events = await unlessUnsigned(() => parseWebhook(request, { ...checks, signature }))
      if (events) return events
    }
    throw notAuthentic()
  },
}

async function withToken(request: WebhookRequest, checks: DeliveryChecks): Promise<readonly GatewayEvent[]> {
  const address = request.url ?? ''
  const url = URL.canParse(address, 'http://localhost') ? new URL(address, 'http://localhost') : undefined
  if (!(await secretMatches(checks.secrets, url?.searchParams.get('token') ?? undefined))) throw notAuthentic()
  return parseWebhook(request, { ...checks, signature: 'none' })
}

async function unlessUnsigned<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await run()
  } catch (error) {
    if (GatewayError.is(error) && error.kind === 'auth' && error.code === 'signature') return undefined
    throw error
  }
}

function notAuthentic(): GatewayError {
  return new GatewayError('wawp webhook: the signature does not match', { kind: 'auth', gateway: 'wawp', code: 'signature' })
}
