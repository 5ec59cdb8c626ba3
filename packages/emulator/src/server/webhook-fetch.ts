import { DeliveryRefused } from '../errors.ts'
import type { Deliver } from '../webhooks/webhooks.ts'
import { isLoopback } from './admission.ts'
import { namedPlaces } from './named-places.ts'

/**
 * Performs webhook requests with the platform's `fetch`, to this machine only: whoever reaches the emulator must not reach other machines
 * through it. Redirects are not followed.
 *
 * @param allowed `host` or `host:port` of further receivers; `*` allows all
 */
export function createWebhookFetch(allowed: readonly string[]): Deliver {
  const isNamed = namedPlaces(allowed)
  const isAllowed = (url: URL) => isNamed(url) || (/^https?:$/.test(url.protocol) && isLoopback(url.hostname))

  return (target, init) => {
    const url = URL.canParse(target) ? new URL(target) : undefined
    if (!url || !isAllowed(url)) {
      throw new DeliveryRefused(`webhooks go to this machine only; allow ${url?.host || 'the receiver'} with allowWebhooksTo`)
    }
    return fetch(url, { ...init, redirect: 'manual' })
  }
}
