import type { Fetch, FetchInit, Manifest } from '@wamux/core'
import type { Values } from '../command/values.ts'
import type { Access } from '../gateway/connection.ts'
import { baseUrlVariable } from '../gateway/variables.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** A request that was built and not sent. */
export interface CapturedRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: FetchInit['body'] | undefined
}

/** True with `--dry-run` or `--curl`: the request is shown instead of sent. */
export function isDryRun(values: Values): boolean {
  return values.is('dry-run') || values.is('curl')
}

/**
 * Stands for a secret. It has only characters that URL, header and JSON leave as they are, and a part that nobody can guess, so that no
 * text of a message is taken for it.
 */
export function placeholder(variable: string): string {
  // made when it is first needed: cryptography takes a while to load
  unguessable ??= crypto.randomUUID()
  return `WAMUX-SECRET-${unguessable}-${variable.replaceAll('_', '-')}`
}

let unguessable: string | undefined

/**
 * Base URL and credentials for a dry run. No secret is read: a placeholder stands for each, so that none can be printed.
 *
 * @param known what a profile says about it, without secrets
 */
export function placeholderAccess(
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

/**
 * A fetch that keeps the first request, sends nothing, and ends the call.
 *
 * @returns the fetch, a signal for the call, and `captured`, which returns the request after the call
 */
export function capturingFetch(): {
  readonly fetch: Fetch
  readonly signal: AbortSignal
  readonly captured: () => CapturedRequest | undefined
} {
  let request: CapturedRequest | undefined
  const end = new AbortController()
  return {
    signal: end.signal,
    captured: () => request,
    async fetch(url, { method, headers, body }) {
      request ??= { method, url, headers, body }
      // a verb that polls would otherwise send the next request
      end.abort()
      throw new NotSent()
    },
  }
}

/** Ends the call of a dry run. */
class NotSent extends Error {
  override readonly name = 'NotSent'
  // core reads this code as: nothing was sent
  readonly code = 'ECONNREFUSED'
}
