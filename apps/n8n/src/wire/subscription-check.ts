import type { Preflight } from '@wamux/core'
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow'
import { credentialText } from './credential-text.ts'
import type { RequestContext } from './n8n-fetch.ts'

/**
 * The optional question to a service that knows the subscription, before the gateway is asked: only when the credential names its URL.
 * The service gets its own key and nothing of the gateway's. Core remembers a yes as long as the gateway is open.
 */
export function subscriptionCheck(context: RequestContext, credentials: ICredentialDataDecryptedObject): Preflight | undefined {
  const url = credentialText(credentials, 'subscriptionUrl')
  if (url === '') return undefined
  const key = credentialText(credentials, 'subscriptionApiKey')
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
  return {
    check: async () => ((await context.helpers.httpRequest(options)) as { readonly statusCode: number }).statusCode,
  }
}
