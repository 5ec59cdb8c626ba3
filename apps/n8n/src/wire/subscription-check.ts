import type { Preflight } from '@wamux/core'
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow'
import { credentialText } from '../gateways/gateway-node.ts'
import type { RequestContext } from './n8n-fetch.ts'

const HOLDS_MS = 5 * 60_000
const goodUntil = new Map<string, number>()

/**
 * The optional question to a service that knows the subscription, before the gateway is asked: only when the credential names its URL.
 * It gets its own key and nothing of the gateway's. A yes holds 5 minutes, over all executions of this n8n.
 */
export function subscriptionCheck(context: RequestContext, credentials: ICredentialDataDecryptedObject): Preflight | undefined {
  const url = credentialText(credentials, 'subscriptionUrl')
  if (url === '') return undefined
  const key = credentialText(credentials, 'subscriptionApiKey')
  return {
    async check() {
      const asked = `${url} ${key}`
      if ((goodUntil.get(asked) ?? 0) > Date.now()) return true
      const options: IHttpRequestOptions = {
        url,
        method: 'GET',
        headers: { accept: 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
        json: false,
        returnFullResponse: true,
        ignoreHttpStatusErrors: true,
        disableFollowRedirect: true,
        timeout: 10_000,
      }
      const { statusCode } = (await context.helpers.httpRequest(options)) as { readonly statusCode: number }
      if (statusCode >= 200 && statusCode < 300) goodUntil.set(asked, Date.now() + HOLDS_MS)
      return statusCode
    },
  }
}
