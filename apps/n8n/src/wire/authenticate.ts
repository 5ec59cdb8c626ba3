import type { IHttpRequestOptions } from 'n8n-workflow'
import { betterBaseUrl } from './base-url.ts'

/** Parts of a path at which a page or the API begins, so that they are in no base URL, by gateway; lower case. */
export const PAGES = {
  sparkbot: ['dashboard', 'docs'],
  waha: ['dashboard', 'swagger', 'docs', 'api'],
  warest: ['dashboard', 'swagger', 'docs', 'api'],
  wawp: ['dashboard', 'docs', 'v2'],
} as const

/** What goes into a request to prove who asks. */
export interface Proof {
  readonly headers?: Readonly<Record<string, unknown>>
  readonly qs?: Readonly<Record<string, unknown>>
}

/**
 * Adds a credential to a request. The credential's test goes through here as well, so that it can say what a wrong base URL should be.
 *
 * @throws Error with the base URL to give, when the one that is there cannot work
 */
export function authenticated(
  options: IHttpRequestOptions,
  baseUrl: unknown,
  gateway: keyof typeof PAGES,
  proof: Proof,
): IHttpRequestOptions {
  const better = betterBaseUrl(String(baseUrl ?? ''), PAGES[gateway])
  if (better !== undefined) throw new Error(`This base URL cannot work. Put ${better} there`)
  return {
    ...options,
    ...(proof.headers ? { headers: { ...options.headers, ...proof.headers } as NonNullable<IHttpRequestOptions['headers']> } : {}),
    ...(proof.qs ? { qs: { ...options.qs, ...proof.qs } as NonNullable<IHttpRequestOptions['qs']> } : {}),
  }
}
