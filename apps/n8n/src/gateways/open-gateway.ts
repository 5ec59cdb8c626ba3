import type { GatewayBase } from '@wamux/core'
import type { ICredentialDataDecryptedObject } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { betterBaseUrl } from '../wire/base-url.ts'
import { credentialText } from '../wire/credential-text.ts'
import { ignoresCertificates, n8nFetch, type RequestContext } from '../wire/n8n-fetch.ts'
import { subscriptionCheck } from '../wire/subscription-check.ts'
import type { GatewayNode, NodeSettings } from './gateway-node.ts'

/** What a node may say about its gateway besides the credential. */
export interface OpenOptions extends Pick<NodeSettings, 'paths' | 'instanceId' | 'limits'> {
  /** Deadline of one request, ms. */
  readonly timeoutMs: number
}

/** A gateway with the credential that it was opened with. */
export interface OpenGateway {
  readonly gateway: GatewayBase
  readonly credentials: ICredentialDataDecryptedObject
}

/** Gives the gateway for one item. */
export type GatewayOpener = (node: GatewayNode, options: OpenOptions, itemIndex?: number) => Promise<OpenGateway>

/**
 * Opens the gateways of one execution. Items with the same credential and options share one gateway, so that the subscription check of the
 * credential is asked once for all of them. An expression in a credential may give each item another one.
 */
export function gatewayOpener(context: RequestContext): GatewayOpener {
  const opened = new Map<string, OpenGateway>()
  return async (node, { timeoutMs, ...settings }, itemIndex) => {
    const credentials = await context.getCredentials(node.credential, itemIndex)
    const key = JSON.stringify([node.credential, credentials, timeoutMs, settings])
    const found = opened.get(key)
    if (found) return found
    checkBaseUrl(node, credentialText(credentials, 'baseUrl'))
    const preflight = subscriptionCheck(context, credentials)
    const fetch = n8nFetch(context, node.credential, node.places, { timeoutMs, ignoresCertificates: ignoresCertificates(credentials) })
    const gateway = node.create(credentials, { ...settings, fetch, ...(preflight ? { preflight } : {}) })
    opened.set(key, { gateway, credentials })
    return { gateway, credentials }
  }
}

function checkBaseUrl({ overlay, pages }: GatewayNode, given: string): void {
  const better = betterBaseUrl(given, pages)
  if (better === undefined) return
  const message = `baseUrl: it is not where the API of ${overlay.gateway} begins. Put ${better} into the credential`
  throw new InvalidParameter('baseUrl', message)
}
