import { hmacHex } from '@wamux/core/webhooks'
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { credentialText } from '../wire/credential-text.ts'
import { isManual, type StoredWebhook, typedSecret } from './settings.ts'

/**
 * The secret of a trigger's webhook. It follows from the credential's key and the id of the webhook, so that nothing has to be kept: what a
 * workflow keeps (static data) is overwritten by executions that began before. Whoever registers the webhook by hand types the secret.
 *
 * @returns 64 hex digits, or what was typed
 * @throws InvalidParameter when it has to be typed and is not
 */
export async function webhookSecret(context: IHookFunctions | IWebhookFunctions, node: GatewayNode): Promise<string> {
  if (isManual(context)) {
    const typed = typedSecret(context)
    if (typed === '') throw new InvalidParameter('secret', 'secret: has to be filled in when you register the webhook yourself')
    return typed
  }
  const key = credentialText(await context.getCredentials(node.credential), node.keyField)
  return hmacHex('sha256', key, `wamux webhook ${webhookId(context)}`)
}

/**
 * Secrets that a delivery may be proven with: the present one, and the one that the webhook was registered with, which is another one after
 * the key of the credential was changed, until the workflow is published again.
 */
export async function acceptedSecrets(context: IWebhookFunctions, node: GatewayNode): Promise<string[]> {
  const present = await webhookSecret(context, node)
  const { secret } = context.getWorkflowStaticData('node') as StoredWebhook
  return isManual(context) || secret === undefined || secret === present ? [present] : [present, secret]
}

/** Names the webhook of this node for good, whether it is tested or published. */
export function webhookId(context: IHookFunctions | IWebhookFunctions): string {
  const { webhookId: id, id: node } = context.getNode()
  return id ?? `${context.getWorkflow().id ?? ''}/${node}`
}
