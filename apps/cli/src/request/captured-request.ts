import type { Fetch, FetchInit, Manifest } from '@wamux/core'
import type { Values } from '../command/parse-args.ts'
import { type Access, baseUrlVariable } from '../gateway/connection.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A request that was put together and not sent. */
export interface Trial {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: FetchInit['body'] | undefined
}

/** True when the request is to be shown instead of being sent. */
export function wantsTrial(values: Values): boolean {
  return values.is('dry-run') || values.is('curl')
}

/** Stands for a secret: nothing but letters that are written the same in a URL, a header and JSON. */
export function placeholder(variable: string): string {
  return `WAMUX-SECRET-${variable.replaceAll('_', '-')}`
}

/**
 * What a trial connects with: no secret is looked up, each is represented by the name of its variable. So none can be printed.
 *
 * @param known what is certain of the rest: a profile's base URL and plain credentials
 */
export function trialAccess(
  manifest: Manifest,
  known: { readonly baseUrl?: string | undefined; readonly credentials?: Readonly<Record<string, string>> | undefined },
  env: Terminal['env'],
): Access {
  const credentials = manifest.credentials.map(({ field, secret, env: name }) => [
    field,
    secret ? placeholder(name) : (known.credentials?.[field] ?? (env[name] || name)),
  ])
  const baseUrl = known.baseUrl ?? (env[baseUrlVariable(manifest.id)] || manifest.api.defaultBaseUrl) ?? 'https://example.invalid'
  return { ...(Object.fromEntries(credentials) as Record<string, string>), baseUrl }
}

/** A fetch that keeps the first request, sends nothing, and ends the call. */
export function trialFetch(): { readonly fetch: Fetch; readonly signal: AbortSignal; readonly seen: () => Trial | undefined } {
  let seen: Trial | undefined
  const end = new AbortController()
  return {
    signal: end.signal,
    seen: () => seen,
    async fetch(url, { method, headers, body }) {
      seen ??= { method, url, headers, body }
      // whoever waits for something would otherwise ask again
      end.abort()
      throw new NotSent()
    },
  }
}

/** Ends a call in place of an answer. */
class NotSent extends Error {
  override readonly name = 'NotSent'
  // understood by core: nothing was sent
  readonly code = 'ECONNREFUSED'
}
