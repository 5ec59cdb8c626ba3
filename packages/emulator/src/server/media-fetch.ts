import type { Deliver } from '../webhooks/webhooks.ts'
import { namedPlaces } from './named-places.ts'

const MAX_FILE_BYTES = 64 * 1024 * 1024

/**
 * Fetches files that a gateway is told to send by their address. The address comes from whoever calls the emulator, so it leads to places
 * that the user named, and with `*` to the public internet, never into the private network behind the emulator, not by a redirect either.
 *
 * @param allowed `host` or `host:port`; `*` for every public address
 * @returns nothing when none is allowed: then the emulator makes files up and uses no network
 */
export function createMediaFetch(allowed: readonly string[]): Deliver | undefined {
  if (allowed.length === 0) return undefined
  const isTrusted = namedPlaces(allowed.filter((one) => one !== '*'))
  const rules = allowed.includes('*') ? {} : { checkAddress: () => 'an address that allowMediaFrom does not name' }
  return async (url) => {
    // loads TLS and all of undici, which an emulator that fetches nothing starts without
    const { fetchPublic } = await import('@wamux/core/public-url')
    const { data, contentType } = await fetchPublic(url, { allowHttp: true, isTrusted, maxBytes: MAX_FILE_BYTES, ...rules })
    return new Response(data, contentType ? { headers: { 'content-type': contentType } } : {})
  }
}
