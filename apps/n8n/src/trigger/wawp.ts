import { GatewayError } from '@wamux/core'
import { parseWebhook, type WawpSignature } from '@wamux/wawp/webhooks'
import { wawp } from '../gateways/wawp.ts'
import type { Checking, TriggerNode } from './trigger-node.ts'
import { engineTypes } from './waha.ts'

const ALL: readonly WawpSignature[] = ['hmac-sha256', 'hmac-sha512', 'secret']

/** Sources disagree on how Wawp signs. Whichever way it does, the sender has to know the secret. */
export const wawpTrigger: TriggerNode = {
  node: wawp,
  types: engineTypes,
  choosesEvents: true,
  proof: 'signature',
  async parse(request, checking) {
    const wanted = ALL.find((one) => one === checking.signature)
    for (const signature of wanted ? [wanted] : ALL) {
      const events = await tried(() => parseWebhook(request, optionsFor(signature, checking)))
      if (events) return events
    }
    throw new GatewayError('wawp webhook: the signature does not match', { kind: 'auth', gateway: 'wawp' })
  },
}

function optionsFor(signature: WawpSignature, { secret, toleranceMs }: Checking) {
  return { signature, secrets: [secret], toleranceMs }
}

async function tried<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await run()
  } catch (error) {
    if (GatewayError.is(error) && error.kind === 'auth' && error.code === 'signature') return undefined
    throw error
  }
}
